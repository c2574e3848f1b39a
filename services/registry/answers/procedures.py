"""Renewals and retirements: lists without personal data, and one opened for a purpose."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.answers.seeing import BUREAU, WATCHING, may_see_work
from services.registry.answers.seen_history import opened_history
from services.registry.handlers.aggregates import RENEWAL, RETIREMENT
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_RENEWALS = (
    "SELECT r.renewal_id, r.point_id, r.status, r.proposed_on, r.graded_on, r.grade_year,"
    " r.grade, r.held_on, r.version, p.unit_name, p.division, p.term_number, p.term_ends_on"
    " FROM readmodel.points_renewals r JOIN readmodel.points_points p USING (point_id)"
)
_RETIREMENTS = (
    "SELECT r.retirement_id, r.point_id, r.ground, r.status, r.opened_on, r.told_on, r.means,"
    " r.statement_limit, r.stated_on, r.waived_on, r.held_on, r.version, p.unit_name, p.division,"
    " p.retired_on, p.plaque_number, p.plaque_returned_on, p.plaque_limit"
    " FROM readmodel.points_retirements r JOIN readmodel.points_points p USING (point_id)"
)
_IS_OPEN = "(r.status IN ('opened', 'facts_told', 'heard', 'to_retire'))"
_PLAQUE_IS_OUT = (
    "(r.status = 'retired' AND p.plaque_number IS NOT NULL AND p.plaque_returned_on IS NULL)"
)


def list_renewals(asked: Asked) -> Any:
    cursor = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        f"{_RENEWALS} WHERE starts_with(p.division, %(within)s)"
        " AND (%(point_id)s::text IS NULL OR r.point_id = %(point_id)s)"
        " AND (%(status)s::text IS NULL OR r.status = %(status)s)"
        " AND (%(id)s::text IS NULL OR (r.proposed_on, r.renewal_id) > (%(day)s::date, %(id)s))"
        " ORDER BY r.proposed_on, r.renewal_id LIMIT %(most)s",
        within=prefix(asked.actor.division),
        point_id=asked.query.point_id,
        status=_word(asked.query.status),
        day=cursor[0],
        id=cursor[1],
        most=fetch(asked.query.limit),
    )
    return page(rows, asked.query.limit, "proposed_on", "renewal_id")


def list_retirements(asked: Asked) -> Any:
    its = asked.query
    cursor = after(its.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        f"{_RETIREMENTS} WHERE starts_with(p.division, %(within)s)"
        " AND (%(point_id)s::text IS NULL OR r.point_id = %(point_id)s)"
        " AND (%(status)s::text IS NULL OR r.status = %(status)s)"
        " AND (%(ground)s::text IS NULL OR r.ground = %(ground)s)"
        f" AND (%(open)s::boolean IS NULL OR {_IS_OPEN} = %(open)s)"
        f" AND (%(plaque_open)s::boolean IS NULL OR {_PLAQUE_IS_OUT} = %(plaque_open)s)"
        " AND (%(id)s::text IS NULL OR (r.opened_on, r.retirement_id) > (%(day)s::date, %(id)s))"
        " ORDER BY r.opened_on, r.retirement_id LIMIT %(most)s",
        within=prefix(asked.actor.division),
        point_id=its.point_id,
        status=_word(its.status),
        ground=_word(its.ground),
        open=its.open,
        plaque_open=its.plaque_open,
        day=cursor[0],
        id=cursor[1],
        most=fetch(its.limit),
    )
    return page(rows, its.limit, "opened_on", "retirement_id")


def read_renewal(asked: Asked) -> Any:
    return _read(asked, "renewal", f"{_RENEWALS} WHERE r.renewal_id = %s", RENEWAL.stream)


def read_retirement(asked: Asked) -> Any:
    statement = f"{_RETIREMENTS} WHERE r.retirement_id = %s"
    return _read(asked, "retirement", statement, RETIREMENT.stream)


def _read(asked: Asked, what: str, statement: str, stream_of: Any) -> Row:
    """One procedure with its history, in which all that was sealed is opened."""
    identifier = getattr(asked.query, f"{what}_id")
    rows = asked.rows(statement, identifier)
    if not rows or not may_see_work(asked.actor, rows[0]):
        raise NotFound(what, identifier)
    (row,) = rows
    asked.note_opening(f"point:{row['point_id']}", asked.query.purpose)
    stream = stream_of(identifier)
    history = opened_history(asked, stream, row["version"])
    if asked.actor.role is Role.POINT:
        history = [_for_point(event) for event in history]
    return {**row, "stream": stream, "history": history}


_NOT_FOR_POINTS = ("minutes", "members", "present")


def _for_point(event: Row) -> Row:
    """Not what was said in the bureau's meeting, nor by how many."""
    return {
        **event,
        **{
            part: {name: its for name, its in event[part].items() if name not in _NOT_FOR_POINTS}
            for part in ("changed", "opened")
        },
    }


def _word(value: Any) -> str | None:
    return None if value is None else str(value)


_READING = BUREAU | {Role.POINT}

QUERIES: dict[type, QueryRoute] = {
    queries.ListRenewals: QueryRoute(WATCHING, ("points",), list_renewals),
    queries.ReadRenewal: QueryRoute(_READING, ("points",), read_renewal),
    queries.ListRetirements: QueryRoute(WATCHING, ("points",), list_retirements),
    queries.ReadRetirement: QueryRoute(_READING, ("points",), read_retirement),
}
