"""Terms: reminders that they end, and their renewal."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import Grade


@define(COMMANDS)
class ProposeRenewal:
    """Propose that the point goes on for another term; the point itself may."""

    renewal_id: str = public(Identifier())
    point_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class RecordRenewalGrade:
    """The assessment result that the renewal is decided on; a later one replaces it."""

    renewal_id: str = public(Identifier())
    year: int = public(Whole(1949, 9999))
    grade: Grade = internal(OneOf(Grade))
    evidence: str = sealed(Text(LONG), under="renewal_id")


@define(COMMANDS)
class DecideRenewal:
    """What the bureau's deliberation decided about a renewal."""

    renewal_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: str = sealed(Text(LONG), under="renewal_id")
    agreed: bool = internal(Flag())
    reasons: str = sealed(Text(LONG), under="renewal_id")


@define(COMMANDS)
class RenewPoint:
    """Give the point the new term that was agreed on, from the day after the present one ends."""

    renewal_id: str = public(Identifier())


@define(COMMANDS)
class RemindOfTerm:
    """Sent by the timekeeper: the day of a reminder has come."""

    point_id: str = public(Identifier())
    day: dt.date = public(Day())


@define(COMMANDS)
class EndTerm:
    """Sent by the timekeeper: the term has ended with `last_day`, the next begins if it has one."""

    point_id: str = public(Identifier())
    last_day: dt.date = public(Day())
