"""Terms: when each begins and ends, reminders, and renewal.

What is not decided yet is nobody's business: which point a procedure is about is internal, and
its stream is named by the procedure.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import (
    Part,
    Sealable,
    define,
    internal,
    part,
    public,
    sealed,
    value,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import Grade


@value
class TermReminder:
    """On `day` the term has `days_left` days to run, that day included."""

    days_left: int = part(Whole(1, 3_650))
    day: dt.date = part(Day())


@define(EVENTS)
class TermBegun:
    """A point's term, the first by designation, a later one by renewal.

    reminders: those still to come, in order
    """

    point_id: str = public(Identifier())
    number: int = public(Whole(1))
    first_day: dt.date = public(Day())
    last_day: dt.date = public(Day())
    reminders: tuple[TermReminder, ...] = public(Many(Part(TermReminder)))


@define(EVENTS)
class NextTermSet:
    """The point is renewed: its next term begins by itself when the present one is over."""

    point_id: str = public(Identifier())
    number: int = public(Whole(1))
    first_day: dt.date = public(Day())
    last_day: dt.date = public(Day())


@define(EVENTS)
class TermReminderDue:
    """The point and its bureau are to be told that the term ends soon.

    next_on: the day of the next reminder of this term
    """

    point_id: str = public(Identifier())
    last_day: dt.date = public(Day())
    days_left: int = public(Whole(1, 3_650))
    next_on: dt.date | None = public(Day(allow_none=True))


@define(EVENTS)
class RenewalProposed:
    renewal_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    proposed_on: dt.date = public(Day())
    reasons: str = internal(Text(LONG))


@define(EVENTS, schema_version=2)
class RenewalGraded:
    """The assessment result that the renewal is decided on.

    graded_on: the day on which it was put on record; null in events from before this was kept
    """

    renewal_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    graded_on: dt.date | None = internal(Day(allow_none=True))
    year: int = internal(Whole(1949, 9999))
    grade: Grade = internal(OneOf(Grade))
    evidence: Sealable[str] = sealed(Text(LONG), under="point_id")


@EVENTS.upcaster("RenewalGraded", 1)
def _graded_on_an_unknown_day(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "graded_on": None}


@define(EVENTS)
class RenewalDecided:
    """What the bureau's deliberation decided."""

    renewal_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: Sealable[str] = sealed(Text(LONG), under="point_id")
    agreed: bool = internal(Flag())
    reasons: Sealable[str] = sealed(Text(LONG), under="point_id")


@define(EVENTS)
class RenewalCompleted:
    """The new term is the point's; it begins when the present one is over."""

    renewal_id: str = public(Identifier())
    point_id: str = internal(Identifier())


@define(EVENTS)
class RenewalLapsed:
    """The point retired before a renewal took effect."""

    renewal_id: str = public(Identifier())
    point_id: str = internal(Identifier())
