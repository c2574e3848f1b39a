"""Who answers for the scheme in a division: appointed from a day on, until it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.day import refuse_day
from shared.contracts.errors import Invalid
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


class AppointmentStatus(StrEnum):
    ABSENT = "absent"
    APPOINTED = "appointed"
    ENDED = "ended"


@dataclass(frozen=True)
class Appointment:
    status: AppointmentStatus = AppointmentStatus.ABSENT
    division: str = ""
    since: dt.date = dt.date.min


LONGEST_AHEAD = dt.timedelta(days=366)
"""A day behind it is a slip of the pen: nobody is appointed more than a year ahead."""


def appoint(
    _: Appointment, command: commands.AppointResponsibleLeader, context: Context
) -> list[Any]:
    latest = context.today + LONGEST_AHEAD
    if command.since > latest:
        raise Invalid.one("since", "out_of_range", f"must not lie behind {latest}")
    return [
        events.ResponsibleLeaderAppointed(
            appointment_id=command.appointment_id,
            division=command.division,
            leader_name=command.leader_name,
            office=command.office,
            since=command.since,
        )
    ]


def end(state: Appointment, command: commands.EndAppointment, context: Context) -> list[Any]:
    """One that has not begun is taken back today, so that another can be made."""
    refuse_day("ended_on", command.ended_on, min(state.since, context.today), context)
    return [
        events.AppointmentEnded(
            appointment_id=command.appointment_id, ended_on=command.ended_on, reason=command.reason
        )
    ]


TRANSITIONS: Transitions = {
    **correcting(AppointmentStatus),
    (AppointmentStatus.ABSENT, commands.AppointResponsibleLeader): appoint,
    (AppointmentStatus.APPOINTED, commands.EndAppointment): end,
}


def decide(state: Appointment, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Appointment, event: Any) -> Appointment:
    match event:
        case events.ResponsibleLeaderAppointed():
            return Appointment(AppointmentStatus.APPOINTED, event.division, event.since)
        case events.AppointmentEnded():
            return replace(state, status=AppointmentStatus.ENDED)
        case events.RecordCorrected():
            return state
    raise TypeError(f"an appointment knows nothing of {type(event).__name__}")
