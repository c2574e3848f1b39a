"""What came of deliberation beside the list: reserves, who was left out, meetings in vain."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.fields import Day, Flag, Identifier, Many, Text, Whole
from shared.contracts.message import Sealable, define, internal, public, sealed
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG


@define(EVENTS, schema_version=2)
class UnitQualified:
    """The review group found the unit qualified: the batch's deliberation must account for it, at
    a meeting on that day or later.
    """

    batch_id: str = public(Identifier())
    application_id: str = public(Identifier())
    qualified_on: dt.date | None = public(Day(allow_none=True))


@EVENTS.upcaster("UnitQualified", 1)
def _without_a_day(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "qualified_on": None}


@define(EVENTS)
class CandidateLeft:
    """A qualified unit or a reserve is no candidate any more: taken back, or struck off."""

    batch_id: str = public(Identifier())
    application_id: str = public(Identifier())


@define(EVENTS)
class DeliberationAdjourned:
    """Too few were present to decide."""

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(0, 100))
    minutes: Sealable[str] = sealed(Text(LONG), under="deliberation_id")


@define(EVENTS)
class ReservePromoted:
    """A reserve took a freed place. `deviates`: others stood before it, `reasons` says why."""

    batch_id: str = public(Identifier())
    application_id: str = public(Identifier())
    deviates: bool = internal(Flag())
    reasons: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="application_id")


@define(EVENTS)
class ReservesClosed:
    """The bureau keeps no reserves of the batch any longer; why is with the units' applications."""

    batch_id: str = public(Identifier())
    application_ids: tuple[str, ...] = public(Many(Identifier(), least=1, distinct=True))


@define(EVENTS)
class ApplicationReserved:
    """The bureau keeps the application as a reserve, the `rank`-th of its batch that became one."""

    application_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    rank: int = internal(Whole(1, 500))


@define(EVENTS)
class ApplicationLeftOut:
    """Qualified, and neither listed nor (any longer) a reserve; why is told to the applicant.

    deliberation_id: the meeting that left it out, or that had made it a reserve
    """

    application_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class StrikingOffRecorded:
    """A meeting of the bureau struck a unit off the batch after the review; why is with the unit's
    application, and what it held becomes free.
    """

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    application_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: Sealable[str] = sealed(Text(LONG), under="deliberation_id")
