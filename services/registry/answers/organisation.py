"""Who is responsible and who works along is for everyone; meetings are for those who meet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.answers.partners import GOES_ON, partnership_of
from services.registry.answers.seeing import ANYONE, WATCHING
from services.registry.handlers.aggregates import APPOINTMENT, MEETING, PARTNER
from services.registry.views.folding import SOURCE
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_MEETING = WATCHING | {Role.PARTNER}


def list_leaders(asked: Asked) -> Any:
    """By division, the present one of each first."""
    its = asked.query
    cursor = after(its.cursor, str, str) or [None, None]
    rows = asked.rows(
        "SELECT * FROM readmodel.organisation_leaders"
        " WHERE (%(within)s::text IS NULL OR starts_with(division, %(within)s))"
        " AND (%(in_office)s::boolean IS NULL OR (ended_on IS NULL) = %(in_office)s)"
        " AND (%(id)s::text IS NULL OR (division, appointment_id) > (%(division)s, %(id)s))"
        " ORDER BY division, appointment_id LIMIT %(most)s",
        within=None if its.division is None else prefix(its.division),
        in_office=its.in_office,
        division=cursor[0],
        id=cursor[1],
        most=fetch(its.limit),
    )
    found = page(rows, its.limit, "division", "appointment_id")
    return _with_streams(found, APPOINTMENT.prefix, "appointment_id")


def list_partners(asked: Asked) -> Any:
    """By division."""
    its = asked.query
    cursor = after(its.cursor, str, str) or [None, None]
    rows = asked.rows(
        "SELECT * FROM readmodel.organisation_partners"
        " WHERE (%(active)s::boolean IS NULL OR (ended_on IS NULL) = %(active)s)"
        " AND (%(id)s::text IS NULL OR (division, partner_id) > (%(division)s, %(id)s))"
        " ORDER BY division, partner_id LIMIT %(most)s",
        active=its.active,
        division=cursor[0],
        id=cursor[1],
        most=fetch(its.limit),
    )
    found = page(rows, its.limit, "division", "partner_id")
    return _with_streams(found, PARTNER.prefix, "partner_id")


def list_meetings(asked: Asked) -> Any:
    """Those of the asker's divisions, the latest first, without their minutes.

    A partner reads along until its partnership ends.
    """
    cursor = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        "SELECT meeting_id, division, held_on, subject, bodies, version"  # noqa: S608 - our own text
        " FROM readmodel.organisation_meetings WHERE starts_with(division, %(within)s)"
        f" AND {GOES_ON}"
        " AND (%(id)s::text IS NULL OR (held_on, meeting_id) < (%(day)s::date, %(id)s))"
        " ORDER BY held_on DESC, meeting_id DESC LIMIT %(most)s",
        within=prefix(asked.actor.division),
        day=cursor[0],
        id=cursor[1],
        most=fetch(asked.query.limit),
        **partnership_of(asked).parameters(),
    )
    found = page(rows, asked.query.limit, "held_on", "meeting_id")
    return _with_streams(found, MEETING.prefix, "meeting_id")


def open_meeting(asked: Asked) -> Any:
    """One meeting with its minutes and its tasks. Raises NotFound."""
    rows = asked.rows(
        "SELECT * FROM readmodel.organisation_meetings WHERE meeting_id = %s",
        asked.query.meeting_id,
    )
    if not rows or not covers(asked.actor.division, rows[0]["division"]):
        raise NotFound("meeting", asked.query.meeting_id)
    if partnership_of(asked).has_ended_for(rows[0]["division"]):
        raise NotFound("meeting", asked.query.meeting_id)
    row, stream = rows[0], MEETING.stream(asked.query.meeting_id)
    asked.note_opening(row["sealed"]["minutes"]["subject"], asked.query.purpose)
    minutes = asked.personal(
        SOURCE, stream, "CoordinationMeetingRecorded", "minutes", row["sealed"]["minutes"]
    )
    tasks = asked.rows(
        "SELECT task_id, owner, what, due_on, standing, completed_on, result"
        " FROM readmodel.organisation_tasks WHERE meeting_id = %s ORDER BY due_on, task_id",
        asked.query.meeting_id,
    )
    told = {name: its for name, its in row.items() if name != "sealed"}
    return {**told, "stream": stream, "minutes": minutes, "tasks": tasks}


def list_tasks(asked: Asked) -> Any:
    """Tasks of the meetings of the asker's divisions, the earliest day first."""
    cursor = after(asked.query.cursor, dt.date, str) or [None, None]
    standing = None if asked.query.standing is None else str(asked.query.standing)
    rows = asked.rows(
        "SELECT t.*, m.division, m.subject FROM readmodel.organisation_tasks t"  # noqa: S608 - ours
        " JOIN readmodel.organisation_meetings m USING (meeting_id)"
        " WHERE starts_with(m.division, %(within)s)"
        f" AND {GOES_ON}"
        " AND (%(standing)s::text IS NULL OR t.standing = %(standing)s)"
        " AND (%(id)s::text IS NULL OR (t.due_on, t.task_id) > (%(day)s::date, %(id)s))"
        " ORDER BY t.due_on, t.task_id LIMIT %(most)s",
        within=prefix(asked.actor.division),
        standing=standing,
        day=cursor[0],
        id=cursor[1],
        most=fetch(asked.query.limit),
        **partnership_of(asked).parameters(),
    )
    return page(rows, asked.query.limit, "due_on", "task_id")


def _with_streams(found: dict[str, Any], kind: str, identifier: str) -> dict[str, Any]:
    def told(row: Row) -> Row:
        return {**row, "stream": f"{kind}-{row[identifier]}"}

    return {**found, "items": [told(row) for row in found["items"]]}


_MODELS = ("organisation",)
QUERIES: dict[type, QueryRoute] = {
    queries.ListResponsibleLeaders: QueryRoute(ANYONE, _MODELS, list_leaders),
    queries.ListPartnerBodies: QueryRoute(ANYONE, _MODELS, list_partners),
    queries.ListCoordinationMeetings: QueryRoute(_MEETING, _MODELS, list_meetings),
    queries.OpenCoordinationMeeting: QueryRoute(_MEETING, _MODELS, open_meeting),
    queries.ListMeetingTasks: QueryRoute(_MEETING, _MODELS, list_tasks),
}
