"""The organisation behind the scheme: responsible leaders, partner bodies, meetings and tasks."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text
from shared.contracts.message import Sealable, define, internal, public, sealed
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, division
from shared.contracts.registry.vocabulary import PartnerKind


@define(EVENTS)
class ResponsibleLeaderAppointed:
    appointment_id: str = public(Identifier())
    division: str = public(division())
    leader_name: str = public(Text(50))
    office: str = public(Text())
    since: dt.date = public(Day())


@define(EVENTS)
class AppointmentEnded:
    appointment_id: str = public(Identifier())
    ended_on: dt.date = public(Day())
    reason: str = internal(Text(LONG))


@define(EVENTS)
class PartnerBodyRegistered:
    partner_id: str = public(Identifier())
    division: str = public(division())
    name: str = public(Text())
    kind: PartnerKind = public(OneOf(PartnerKind))
    duties: str = public(Text(LONG))
    registered_on: dt.date = public(Day())


@define(EVENTS)
class PartnershipEnded:
    partner_id: str = public(Identifier())
    ended_on: dt.date = public(Day())
    reason: str = internal(Text(LONG))


@define(EVENTS)
class CoordinationMeetingRecorded:
    meeting_id: str = public(Identifier())
    division: str = public(division())
    held_on: dt.date = public(Day())
    subject: str = public(Text())
    bodies: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    minutes: Sealable[str] = sealed(Text(LONG), under="meeting_id")


@define(EVENTS)
class MeetingTaskAssigned:
    """A task of the meeting; its owner has to the end of `due_on`."""

    meeting_id: str = public(Identifier())
    task_id: str = public(Identifier())
    owner: str = internal(Text())
    what: str = internal(Text(LONG))
    due_on: dt.date = public(Day())


@define(EVENTS)
class MeetingTaskExtended:
    meeting_id: str = public(Identifier())
    task_id: str = public(Identifier())
    due_on: dt.date = public(Day())
    reason: str = internal(Text(LONG))


@define(EVENTS)
class MeetingTaskCompleted:
    meeting_id: str = public(Identifier())
    task_id: str = public(Identifier())
    completed_on: dt.date = public(Day())
    result: str = internal(Text(LONG))


@define(EVENTS)
class MeetingTaskLapsed:
    """The task was not completed by the end of `due_on`; it is still to be done."""

    meeting_id: str = public(Identifier())
    task_id: str = public(Identifier())
    due_on: dt.date = public(Day())
