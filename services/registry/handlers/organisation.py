"""Who is responsible, who works along, and what they agreed on."""

from __future__ import annotations

from typing import Any

from services.registry.handlers.aggregates import APPOINTMENT, MEETING, PARTNER
from services.registry.handlers.common import BUREAU, known, of
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.contracts.spelling import spelling
from shared.reference.divisions import Divisions
from shared.service.command_bus import Route
from shared.service.work import Work

RESPONSIBLE_FOR = "responsible_for"
PARTNER_NAME = "partner_name"
FORMER_PARTNER = "former_partner"
"""Names of bodies that worked along, and do so no more."""


def appoint(work: Work, command: commands.AppointResponsibleLeader) -> None:
    _within(work, command.division)
    work.decide(APPOINTMENT, command.appointment_id, command)
    work.claim(
        RESPONSIBLE_FOR,
        (command.division,),
        APPOINTMENT.stream(command.appointment_id),
        Reason.RESPONSIBLE_ALREADY,
        "division",
    )


def end_appointment(work: Work, command: commands.EndAppointment) -> None:
    known(work, APPOINTMENT, command.appointment_id)
    work.decide(APPOINTMENT, command.appointment_id, command)
    work.release(RESPONSIBLE_FOR, APPOINTMENT.stream(command.appointment_id))


def register_partner(work: Work, command: commands.RegisterPartnerBody) -> None:
    _within(work, command.division)
    work.decide(PARTNER, command.partner_id, command)
    work.claim(
        PARTNER_NAME,
        (command.division, spelling(command.name)),
        PARTNER.stream(command.partner_id),
        Reason.ALREADY_EXISTS,
        "name",
    )
    former = work.holder_of(FORMER_PARTNER, (command.division, spelling(command.name)))
    if former is not None:
        work.release(FORMER_PARTNER, former)


def end_partnership(work: Work, command: commands.EndPartnership) -> None:
    known(work, PARTNER, command.partner_id)
    work.decide(PARTNER, command.partner_id, command)
    stream, ended = PARTNER.stream(command.partner_id), work.state(PARTNER, command.partner_id)
    work.release(PARTNER_NAME, stream)
    named = (ended.division, spelling(ended.name))
    work.claim(FORMER_PARTNER, named, stream, Reason.ALREADY_EXISTS, "partner_id")


def refuse_former_partner(work: Work, name: str, division: str) -> None:
    """Raise Refused for a body whose partnership has ended, and goes on nowhere around here."""
    around = (division, f"{division[:4]}00", f"{division[:2]}0000")
    held = {
        scope: any(work.holder_of(scope, (each, spelling(name))) for each in around)
        for scope in (PARTNER_NAME, FORMER_PARTNER)
    }
    if held[FORMER_PARTNER] and not held[PARTNER_NAME]:
        raise Refused(Reason.PARTNERSHIP_ENDED, "the body works along no more")


def record_meeting(work: Work, command: commands.RecordCoordinationMeeting) -> None:
    _within(work, command.division)
    work.decide(MEETING, command.meeting_id, command)


def about_meeting(work: Work, command: Any) -> None:
    known(work, MEETING, command.meeting_id)
    work.decide(MEETING, command.meeting_id, command)


def let_lapse(work: Work, command: commands.LetMeetingTaskLapse) -> None:
    work.decide(MEETING, command.meeting_id, command)


def _within(work: Work, division: str) -> None:
    if not Divisions.for_year(work.context.today.year).is_known(division):
        raise Invalid.one("division", "unknown_division", "is not in the table of divisions")
    work.within(division)


_APPOINTING = {Role.LEADER, Role.ADMINISTRATOR}
_MEETING = of(MEETING, "meeting_id")
ROUTES: dict[type, Route] = {
    commands.AppointResponsibleLeader: Route(
        _APPOINTING, of(APPOINTMENT, "appointment_id"), appoint
    ),
    commands.EndAppointment: Route(_APPOINTING, of(APPOINTMENT, "appointment_id"), end_appointment),
    commands.RegisterPartnerBody: Route(BUREAU, of(PARTNER, "partner_id"), register_partner),
    commands.EndPartnership: Route(BUREAU, of(PARTNER, "partner_id"), end_partnership),
    commands.RecordCoordinationMeeting: Route(BUREAU, _MEETING, record_meeting),
    commands.CompleteMeetingTask: Route(BUREAU, _MEETING, about_meeting),
    commands.ExtendMeetingTask: Route(BUREAU, _MEETING, about_meeting),
    commands.LetMeetingTaskLapse: Route({Role.SYSTEM}, _MEETING, let_lapse),
}
