"""What follows from a finding, and the closing of the case."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import OutcomeKind
from shared.contracts.fields import Day, Identifier, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class RecordOutcome:
    """Put on record what was done or ordered; a refund has commands of its own."""

    clue_id: str = public(Identifier())
    outcome_id: str = internal(Identifier())
    kind: OutcomeKind = public(OneOf(OutcomeKind))
    document_number: str | None = internal(Text(60, allow_none=True))
    persons: int | None = internal(Whole(1, 1_000, allow_none=True))
    details: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class RecordCompliance:
    clue_id: str = public(Identifier())
    outcome_id: str = internal(Identifier())
    complied_on: dt.date = internal(Day())
    account: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class CloseClue:
    """Close the case. Refused while an ordered refund is unpaid, or an order is not followed.

    unordered_reasons: why money that was verified is not ordered, where there is such
    """

    clue_id: str = public(Identifier())
    summary: str = sealed(Text(LONG), under="clue_id")
    unordered_reasons: str | None = sealed(Text(LONG, allow_none=True), under="clue_id")
