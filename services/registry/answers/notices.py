"""Notices, open to everyone, and what the bureau sees of the objections to them."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Any

from services.registry.answers.designating import held_back
from services.registry.answers.seeing import ANYONE, WATCHING, may_work
from services.registry.handlers.aggregates import NOTICE
from services.registry.views import SOURCE
from shared.contracts.days import days_left
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import happened

_NOTICES = (
    "SELECT n.notice_id, n.batch_id, n.text, n.published_on, n.first_day, n.last_day, n.units,"
    " n.first_shown, n.designated, n.departed, n.runs_until, n.corrections, n.corrected, n.version,"
    " b.division AS bureau, b.title AS batch_title FROM readmodel.notices_notices n"
    " JOIN readmodel.batches_batches b USING (batch_id)"
)
"""`bureau` is the division whose bureau runs the batch, and so the notice; `batch_title` is what
tells the notices of one day apart.
"""


def list_notices(asked: Asked) -> Any:
    """The latest first."""
    cursor = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        f"{_NOTICES} WHERE (%s::text IS NULL OR batch_id = %s)"
        " AND (%s::boolean IS NULL OR (runs_until >= %s) = %s)"
        " AND (%s::text IS NULL OR (published_on, notice_id) < (%s::date, %s))"
        " ORDER BY published_on DESC, notice_id DESC LIMIT %s",
        *(asked.query.batch_id, asked.query.batch_id),
        *(asked.query.running, asked.today, asked.query.running),
        *(cursor[1], *cursor, fetch(asked.query.limit)),
    )
    found = page(rows, asked.query.limit, "published_on", "notice_id")
    return {**found, "items": [_told(asked, row) for row in found["items"]]}


def show_notice(asked: Asked) -> Any:
    """For the bureau that runs it also which units cannot be designated as they stand there."""
    rows = asked.rows(f"{_NOTICES} WHERE notice_id = %s", asked.query.notice_id)
    if not rows:
        raise NotFound("notice", asked.query.notice_id)
    told = {**_told(asked, rows[0]), "stream": NOTICE.stream(asked.query.notice_id)}
    if asked.actor.role in WATCHING:
        told["events"] = happened(asked, told["stream"], rows[0]["version"])
        told["held_back"] = held_back(asked, rows[0]) if told["may_work"] else {}
    return told


def list_objections(asked: Asked) -> Any:
    """The longest there first; the cursor's day is that of the last one seen."""
    cursor = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        f"{_OBJECTIONS} WHERE (%s::text IS NULL OR o.notice_id = %s)"
        " AND (%s::boolean IS NULL OR (o.outcome IS NULL) = %s)"
        " AND starts_with(u.unit->>'division', %s)"
        " AND (%s::text IS NULL OR (o.raised_on, o.objection_id) > (%s::date, %s))"
        " ORDER BY o.raised_on, o.objection_id LIMIT %s",
        *(asked.query.notice_id, asked.query.notice_id),
        *(asked.query.open, asked.query.open, prefix(asked.actor.division)),
        *(cursor[1], *cursor, fetch(asked.query.limit)),
    )
    found = page(rows, asked.query.limit, "raised_on", "objection_id")
    return {**found, "items": [_for_bureau(asked, row) for row in found["items"]]}


def open_objection(asked: Asked) -> Any:
    """One objection with its facts and, unless anonymous, who to ask; once decided, why so."""
    rows = asked.rows(f"{_OBJECTIONS} WHERE o.objection_id = %s", asked.query.objection_id)
    if not rows or not covers(asked.actor.division, rows[0]["division"]):
        raise NotFound("objection", asked.query.objection_id)
    row = _for_bureau(asked, rows[0])
    asked.note_opening(f"objection:{asked.query.objection_id}", asked.query.purpose)
    stream = NOTICE.stream(row["notice_id"])
    (kept,) = asked.rows(
        "SELECT o.sealed, o.reasons, n.version FROM readmodel.notices_objections o"
        " JOIN readmodel.notices_notices n USING (notice_id) WHERE objection_id = %s",
        asked.query.objection_id,
    )
    personal = {
        name: asked.personal(SOURCE, stream, "NoticeObjected", name, kept["sealed"][name])
        for name in ("facts", "contact_name", "contact_phone")
    }
    reasons = asked.personal(SOURCE, stream, "ObjectionDecided", "reasons", kept["reasons"])
    at = {"stream": stream, "version": kept["version"]}
    return {**row, **personal, "reasons": reasons, **at}


def follow_objection(asked: Asked) -> Any:
    """What came of it, with the reasons, for the objector alone: whoever has its receipt code.

    Of several objections with one number the code tells which is meant. Raises Invalid when none
    is named.
    """
    its = asked.query
    if its.objection_id is None and its.objection_number is None:
        raise Invalid.one("objection_number", "missing", "name the objection by its number or id")
    rows = asked.rows(
        f"{_FOLLOWED} WHERE o.objection_id = %(id)s"
        " OR %(id)s::text IS NULL AND starts_with(o.objection_id, %(number)s)"
        " ORDER BY o.objection_id",
        id=its.objection_id,
        number=its.objection_number,
    )
    found = next((row for row in rows if _holds_receipt(asked, row)), None)
    if found is None:
        raise NotFound("objection", str(its.objection_id or its.objection_number))
    stream = NOTICE.stream(found["notice_id"])
    asked.note_opening(f"objection:{found['objection_id']}", "objector")
    named = ("objection_id", "notice_id", "unit_name", "raised_on", "due_on", "extended")
    reasons = found["kept_reasons"]
    return {
        **{name: found[name] for name in (*named, "outcome", "decided_on")},
        "reasons": asked.personal(SOURCE, stream, "ObjectionDecided", "reasons", reasons),
    }


def _holds_receipt(asked: Asked, objection: Row) -> bool:
    stream = NOTICE.stream(objection["notice_id"])
    its = objection["sealed"].get("receipt_code")
    code = asked.clear(SOURCE, stream, "NoticeObjected", "receipt_code", its)
    given = asked.query.receipt_code.encode()
    return code is not None and hmac.compare_digest(code.encode(), given)


_OBJECTION = (
    "o.objection_id, o.notice_id, o.application_id, o.anonymous, o.outcome, o.raised_on,"
    " o.due_on, o.provisional, o.extended, o.overdue, o.decided_on,"
    " u.unit->>'unit_name' AS unit_name, u.unit->>'division' AS division, b.division AS bureau"
)
_RAISED = (
    " FROM readmodel.notices_objections o JOIN readmodel.notices_notices n USING (notice_id)"
    " JOIN readmodel.batches_batches b USING (batch_id)"
    " JOIN LATERAL (SELECT unit FROM jsonb_array_elements(n.units) AS unit"
    "  WHERE unit->>'application_id' = o.application_id) u ON true"
)
_OBJECTIONS = f"SELECT {_OBJECTION}{_RAISED}"
_FOLLOWED = f"SELECT {_OBJECTION}, o.sealed, o.reasons AS kept_reasons{_RAISED}"


def _for_bureau(asked: Asked, row: Row) -> Row:
    """With `may_work`: a unit's own division sees what the bureau of the batch decides."""
    return {**row, "may_work": may_work(asked.actor, row["bureau"])}


def runs_from(notice: Row) -> dt.date:
    """The first of the days that end with `runs_until`, which may be those of a correction."""
    until = notice["runs_until"]
    anew = [
        dt.date.fromisoformat(its["first_day"])
        for its in notice["corrections"]
        if until > notice["last_day"] and its["last_day"] == until.isoformat()
    ]
    return max(anew, default=notice["first_day"])


def _told(asked: Asked, notice: Row) -> Row:
    """As the public sees it; the bureau also which objections are there, and nothing of who."""
    began, until = runs_from(notice), notice["runs_until"]
    told = {**notice, "runs_from": began, "running": asked.today <= until}
    told["days_left"] = days_left(began, until, asked.today)
    if asked.actor.role not in WATCHING:
        del told["version"]  # it moves at the moment at which somebody objects
    else:
        objections = asked.rows(
            f"{_OBJECTIONS} WHERE o.notice_id = %s AND starts_with(u.unit->>'division', %s)"
            " ORDER BY o.raised_on, o.objection_id",
            notice["notice_id"],
            prefix(asked.actor.division),
        )
        told["objections"] = [_for_bureau(asked, row) for row in objections]
        told = _for_bureau(asked, told)
    return told


_MODELS = ("notices", "batches")

QUERIES: dict[type, QueryRoute] = {
    queries.ListNotices: QueryRoute(ANYONE, _MODELS, list_notices),
    queries.ShowNotice: QueryRoute(
        ANYONE, (*_MODELS, "applications", "points", "settings"), show_notice
    ),
    queries.ListObjections: QueryRoute(WATCHING, _MODELS, list_objections),
    queries.FollowObjection: QueryRoute(ANYONE, _MODELS, follow_objection),
    queries.OpenObjection: QueryRoute({Role.OFFICER, Role.LEADER}, _MODELS, open_objection),
}
