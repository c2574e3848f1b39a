"""The organisation behind the scheme (speech, section 5): who is responsible, who works along."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text
from shared.contracts.message import Part, define, internal, part, public, sealed, value
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, division
from shared.contracts.registry.vocabulary import PartnerKind


@define(COMMANDS)
class AppointResponsibleLeader:
    """Put on record who answers for the scheme in a division, from a day on.

    An official in their office, whom the bureau makes public: no personal data.
    """

    appointment_id: str = public(Identifier())
    division: str = public(division())
    leader_name: str = public(Text(50))
    office: str = public(Text())
    since: dt.date = public(Day())


@define(COMMANDS)
class EndAppointment:
    appointment_id: str = public(Identifier())
    ended_on: dt.date = public(Day())
    reason: str = internal(Text(LONG))


@define(COMMANDS)
class RegisterPartnerBody:
    """A body that works along: it reads and recommends within its division."""

    partner_id: str = public(Identifier())
    division: str = public(division())
    name: str = public(Text())
    kind: PartnerKind = public(OneOf(PartnerKind))
    duties: str = public(Text(LONG))


@define(COMMANDS)
class EndPartnership:
    partner_id: str = public(Identifier())
    reason: str = internal(Text(LONG))


@value
class TaskGiven:
    """A task that a meeting gives: what, to whom, by which day."""

    task_id: str = part(Identifier())
    owner: str = part(Text())
    what: str = part(Text(LONG))
    due_on: dt.date = part(Day())


@define(COMMANDS)
class RecordCoordinationMeeting:
    """A coordination meeting of the bodies that work on the scheme, with the tasks it gave."""

    meeting_id: str = public(Identifier())
    division: str = public(division())
    held_on: dt.date = public(Day())
    subject: str = public(Text())
    bodies: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    minutes: str = sealed(Text(LONG), under="meeting_id")
    tasks: tuple[TaskGiven, ...] = internal(Many(Part(TaskGiven)))


@define(COMMANDS)
class CompleteMeetingTask:
    meeting_id: str = public(Identifier())
    task_id: str = public(Identifier())
    result: str = internal(Text(LONG))


@define(COMMANDS)
class ExtendMeetingTask:
    """Give a task more time, also when its day is past."""

    meeting_id: str = public(Identifier())
    task_id: str = public(Identifier())
    due_on: dt.date = public(Day())
    reason: str = internal(Text(LONG))


@define(COMMANDS)
class LetMeetingTaskLapse:
    """The day of a task is over and it is not completed; the timekeeper's alone."""

    meeting_id: str = public(Identifier())
    task_id: str = public(Identifier())
