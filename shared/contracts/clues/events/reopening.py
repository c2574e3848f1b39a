"""A leader's decision that a case is handled anew."""

from __future__ import annotations

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.fields import Identifier, Text
from shared.contracts.message import Precision, Sealable, define, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ReopeningDecided:
    """Why it is handled anew though the reporter's days for it were over; ClueReopened follows."""

    clue_id: str = public(Identifier())
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")
