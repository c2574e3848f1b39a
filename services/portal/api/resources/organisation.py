"""The organisation behind the scheme: responsible leaders, partner bodies, meetings, tasks."""

from __future__ import annotations

from services.portal.api.binding import Bound
from services.portal.api.resources.lines import ask, do
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_APPOINTING = (Role.LEADER, Role.ADMINISTRATOR)
_BUREAU = (Role.OFFICER, Role.LEADER)
_MEETING = (Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR, Role.PARTNER)
_ONE_MEETING = "/meetings/<id:meeting_id>"
_TASK = f"{_ONE_MEETING}/tasks/<id:task_id>"

ORGANISATION: tuple[Bound, ...] = (
    ask("/responsible-leaders", queries.ListResponsibleLeaders, many=True),
    do(
        "/responsible-leaders",
        commands.AppointResponsibleLeader,
        *_APPOINTING,
        makes=("appointment_id",),
    ),
    do("/responsible-leaders/<id:appointment_id>/end", commands.EndAppointment, *_APPOINTING),
    ask("/partners", queries.ListPartnerBodies, many=True),
    do("/partners", commands.RegisterPartnerBody, *_BUREAU, makes=("partner_id",)),
    do("/partners/<id:partner_id>/end", commands.EndPartnership, *_BUREAU),
    ask("/meetings", queries.ListCoordinationMeetings, *_MEETING, many=True),
    ask(_ONE_MEETING, queries.OpenCoordinationMeeting, *_MEETING, personal=True),
    do(
        "/meetings",
        commands.RecordCoordinationMeeting,
        *_BUREAU,
        makes=("meeting_id",),
        at="/meetings/{meeting_id}",
    ),
    do(f"{_TASK}/completion", commands.CompleteMeetingTask, *_BUREAU),
    do(f"{_TASK}/extension", commands.ExtendMeetingTask, *_BUREAU),
    ask("/meeting-tasks", queries.ListMeetingTasks, *_MEETING, many=True),
)
