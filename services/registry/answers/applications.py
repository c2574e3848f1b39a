"""Applications: lists without personal data, and one opened for a purpose."""

from __future__ import annotations

from typing import Any

from services.registry.answers.seeing import BUREAU, WATCHING, may_see_application
from services.registry.domain.next_steps import Facts, Step, next_steps
from services.registry.handlers import APPLICATION, ROUTES
from services.registry.views import SOURCE
from shared.access.scope import prefix
from shared.contracts.errors import NotFound
from shared.contracts.reasons import Reason
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import ApplicationStatus, Check, Finding, UnitKind
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.history import stream_history
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_SEALED = ("unit_name", "credit_code", "address", "contact_name", "contact_phone")
_LISTED = (
    "application_id, batch_id, status, channel, recommender, unit_kind, division,"
    " industry_group, size, findings, rejected_at, grounds, notice_id, point_id, filed_at,"
    " version, changed_at"
)
_COMMANDS = {command.__name__: command for command in ROUTES}


def list_applications(asked: Asked) -> Any:
    """By id; an applicant's own over all batches, everybody else's within their divisions."""
    cursor = after(asked.query.cursor, str) or [None]
    own = asked.actor.id if asked.actor.role is Role.APPLICANT else None
    status = None if asked.query.status is None else str(asked.query.status)
    rows = asked.rows(
        f"SELECT {_LISTED} FROM readmodel.applications_applications"  # noqa: S608 - our own columns
        " WHERE (%s::text IS NULL OR batch_id = %s) AND (%s::text IS NULL OR status = %s)"
        " AND (%s::text IS NULL OR filed_by = %s) AND (%s::text IS NOT NULL"
        "  OR starts_with(division, %s))"
        " AND (%s::text IS NULL OR application_id > %s) ORDER BY application_id LIMIT %s",
        *(asked.query.batch_id, asked.query.batch_id, status, status),
        *(own, own, own, prefix(asked.actor.division)),
        *(cursor[0], cursor[0], fetch(asked.query.limit)),
    )
    found = page(rows, asked.query.limit, "application_id")
    if own is not None:
        found["items"] = [_for_applicant(row) for row in found["items"]]
    return found


def open_application(asked: Asked) -> Any:
    """One application with its sealed fields, sealed anew to the asker."""
    row = _row(asked)
    asked.note_opening(f"application:{asked.query.application_id}")
    told = {
        **{name: row[name] for name in (name.strip() for name in _LISTED.split(","))},
        **_personal(asked, "ApplicationSubmitted", _SEALED, row["sealed"]),
        "stream": _stream(asked),
        "reasons": None,
        "history": stream_history(asked.rows, _stream(asked)),
        "steps": [],
    }
    if row["reasons"] is not None:
        told |= _personal(asked, "ApplicationRejected", ("reasons",), {"reasons": row["reasons"]})
    if asked.actor.role is Role.APPLICANT:
        return _for_applicant(told)
    told["checks"] = _checks(asked)
    told["steps"] = [_step(asked, step) for step in next_steps(_facts(asked, row))]
    return told


def _row(asked: Asked) -> Row:
    rows = asked.rows(
        "SELECT * FROM readmodel.applications_applications WHERE application_id = %s",
        asked.query.application_id,
    )
    if not rows or not may_see_application(asked, rows[0]):
        raise NotFound("application", asked.query.application_id)
    return rows[0]


def _for_applicant(row: Row) -> Row:
    """Not what the reviewers found while they are still at it."""
    return {**row, "findings": {}}


def _personal(asked: Asked, event: str, names: tuple[str, ...], sealed: Row) -> Row:
    stream = _stream(asked)
    return {name: asked.personal(SOURCE, stream, event, name, sealed[name]) for name in names}


def _checks(asked: Asked) -> list[Row]:
    """Each check made, with its evidence: the last of each kind holds."""
    rows = asked.rows(
        "SELECT occurred_at, body->'public'->>'check' AS check,"
        " body->'internal'->'finding'->>'value' AS finding,"
        " body->'sealed'->'evidence' AS evidence FROM eventlog.event"
        " WHERE stream = %s AND type = 'ReviewCheckRecorded' ORDER BY version",
        _stream(asked),
    )
    last = {row["check"]: row for row in rows}
    return [
        {
            "check": str(check),
            "made_at": last[check]["occurred_at"],
            "finding": last[check]["finding"],
            **_personal(asked, "ReviewCheckRecorded", ("evidence",), last[check]),
        }
        for check in Check
        if check in last
    ]


def _facts(asked: Asked, row: Row) -> Facts:
    notices = asked.rows(
        "SELECT last_day FROM readmodel.notices_notices WHERE notice_id = %s", row["notice_id"]
    )
    (objections,) = asked.rows(
        "SELECT count(*) AS open FROM readmodel.notices_objections"
        " WHERE application_id = %s AND outcome IS NULL",
        row["application_id"],
    )
    return Facts(
        status=ApplicationStatus(row["status"]),
        unit_kind=UnitKind(row["unit_kind"]),
        findings={Check(name): Finding(its) for name, its in row["findings"].items()},
        today=asked.today,
        notice_ends=notices[0]["last_day"] if notices else None,
        objections=objections["open"],
    )


def _step(asked: Asked, step: Step) -> Row:
    roles = sorted(str(role) for role in ROUTES[_COMMANDS[step.command]].roles)
    mine = str(asked.actor.role) in roles
    reason = step.reason if mine or not step.possible else Reason.WRONG_ROLE
    return {
        "command": step.command,
        "variant": step.variant,
        "possible": step.possible and mine,
        "reason": None if reason is None else str(reason),
        "needs": list(step.needs),
        "roles": roles,
    }


def _stream(asked: Asked) -> str:
    return APPLICATION.stream(asked.query.application_id)


QUERIES: dict[type, QueryRoute] = {
    queries.ListApplications: QueryRoute(
        WATCHING | {Role.APPLICANT}, ("applications",), list_applications
    ),
    queries.OpenApplication: QueryRoute(
        BUREAU | {Role.APPLICANT}, ("applications", "notices"), open_application
    ),
}
