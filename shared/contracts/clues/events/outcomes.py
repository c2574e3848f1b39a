"""What a clue that was substantiated leads to, and the closing of its case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import ClueFinding, OutcomeKind
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Part, Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY)
class OutcomeRecorded:
    """What was done or ordered.

    document_number: of a notice, supervision opinion or decision
    persons: how many were disciplined
    complying: within which a supervision opinion is to be followed, a decision reported on
    supersedes: of a decision, the opinions whose place it takes
    """

    clue_id: str = public(Identifier())
    outcome_id: str = internal(Identifier())
    kind: OutcomeKind = public(OneOf(OutcomeKind))
    document_number: str | None = internal(Text(60, allow_none=True))
    persons: int | None = internal(Whole(1, 1_000, allow_none=True))
    supersedes: tuple[str, ...] = internal(Many(Identifier(), distinct=True))
    details: Sealable[str] = sealed(Text(LONG), under="clue_id")
    complying: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ComplianceRecorded:
    """The body has corrected as the opinion asks, or reported on the decision."""

    clue_id: str = public(Identifier())
    outcome_id: str = internal(Identifier())
    complied_on: dt.date = internal(Day())
    account: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, schema_version=2, precision=Precision.DAY, unpublished_with="main_clue_id")
class ClueClosed:
    """The case is done; whoever told it is still to be told.

    One that was joined is closed beside its main case, so that it is not published with it.

    main_clue_id: of a clue that was joined, the case that it was handled with
    feedback: within which the bureau tells the point or the reporter
    """

    clue_id: str = public(Identifier())
    main_clue_id: str | None = internal(Identifier(allow_none=True))
    finding: ClueFinding = public(OneOf(ClueFinding))
    outcomes: tuple[OutcomeKind, ...] = public(Many(OneOf(OutcomeKind), distinct=True))
    summary: Sealable[str] = sealed(Text(LONG), under="clue_id")
    feedback: WatchedLimit = internal(Part(WatchedLimit))


@EVENTS.upcaster("ClueClosed", 1)
def _without_main_case(values: dict[str, Any]) -> dict[str, Any]:
    """The first form did not say with which case one that was joined was closed."""
    return {**values, "main_clue_id": None}
