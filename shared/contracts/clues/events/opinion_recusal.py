"""Who stays out of an opinion."""

from __future__ import annotations

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.vocabulary import TieKind
from shared.contracts.fields import Identifier, OneOf, Text
from shared.contracts.message import Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RecusedFromOpinion:
    """Somebody of the bureau stays out of the opinion from here on, and of what becomes of it."""

    opinion_id: str = public(Identifier())
    account_id: str = internal(Text())
    tie: TieKind = internal(OneOf(TieKind))
    reasons: Sealable[str] = sealed(Text(LONG), under="opinion_id")
