"""Verification of a clue by the bureau, up to its finding."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import (
    ClueFinding,
    ClueLimit,
    PauseGround,
    VerificationMeans,
)
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.limits import LONGEST_LIMIT
from shared.contracts.message import Part, Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY)
class VerificationStarted:
    clue_id: str = public(Identifier())
    verification: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class VerificationStepTaken:
    clue_id: str = public(Identifier())
    step_id: str = internal(Identifier())
    taken_on: dt.date = internal(Day())
    means: VerificationMeans = internal(OneOf(VerificationMeans))
    account: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ClueVerificationExtended:
    """It has this limit instead, counted from the same day."""

    clue_id: str = public(Identifier())
    verification: WatchedLimit = internal(Part(WatchedLimit))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class CaseExtended:
    """The whole case has this limit instead, counted from the same day."""

    clue_id: str = public(Identifier())
    overall: WatchedLimit = internal(Part(WatchedLimit))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, schema_version=2, precision=Precision.DAY)
class VerificationPaused:
    """The limits that it stops do not run on; what was used of them is kept.

    days_left: of each of these limits, working days or days as the limit counts them
    """

    clue_id: str = public(Identifier())
    paused_on: dt.date = internal(Day())
    stops: tuple[ClueLimit, ...] = internal(Many(OneOf(ClueLimit), least=1, distinct=True))
    days_left: tuple[int, ...] = internal(Many(Whole(1, LONGEST_LIMIT), least=1))
    ground: PauseGround = internal(OneOf(PauseGround))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@EVENTS.upcaster("VerificationPaused", 1)
def _of_fewer_limits(values: dict[str, Any]) -> dict[str, Any]:
    """Written when questions and follow-ups had no limits yet, which it never stops."""
    return values


@define(EVENTS, precision=Precision.DAY)
class VerificationResumed:
    """What was left of the limits runs from here on; null for one that was not stopped."""

    clue_id: str = public(Identifier())
    verification: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))
    overall: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY)
class ClueVerified:
    clue_id: str = public(Identifier())
    finding: ClueFinding = public(OneOf(ClueFinding))
    facts: Sealable[str] = sealed(Text(LONG), under="clue_id")
    basis: Sealable[str] = sealed(Text(LONG), under="clue_id")
