"""Opinions, boxes, symposia, themes, proposals, totals of earlier years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from services.clues.answers.seeing import ANYONE, BUREAU, WATCHING, WITH_POINTS, may_see
from services.clues.handlers.aggregates import OPINION
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

Answer = Callable[[Asked], Any]


def listing(table: str, day: str, key: str, where: str = "TRUE") -> Answer:
    """A list of a table's rows that the asker may see, by a day and their id, the latest first.

    where: a condition on the query's `status`, given as `%(status)s`
    """
    query = (
        f"SELECT *, ({day})::date AS by_day FROM readmodel.{table}"  # noqa: S608 - ours
        " WHERE (%(point)s::text IS NULL OR point_id = %(point)s)"
        f" AND starts_with(division, %(within)s) AND ({where})"
        f" AND (%(id)s::text IS NULL OR (({day})::date, {key}) < (%(day)s::date, %(id)s))"
        f" ORDER BY by_day DESC, {key} DESC LIMIT %(most)s"
    )

    def answer(asked: Asked) -> Any:
        last, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
        of_point = asked.actor.role is Role.POINT
        status = getattr(asked.query, "status", None)
        rows = asked.rows(
            query,
            point=(asked.actor.unit or "") if of_point else None,
            within=prefix(asked.actor.division) if asked.actor.role in WATCHING else "",
            status=None if status is None else str(status),
            day=last,
            id=identifier,
            most=fetch(asked.query.limit),
        )
        found = page(rows, asked.query.limit, "by_day", key)
        return {**found, "items": [_without(row, "by_day") for row in found["items"]]}

    return answer


_SHANGHAI = "AT TIME ZONE 'Asia/Shanghai'"
_BY_STATUS = "%(status)s::text IS NULL OR status = %(status)s"


def open_opinion(asked: Asked) -> Any:
    """One opinion with its words; a name only for the bureau, and only if given openly."""
    rows = asked.rows(
        "SELECT * FROM readmodel.opinions_opinions WHERE opinion_id = %s", asked.query.entry_id
    )
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound("opinion", asked.query.entry_id)
    row = rows[0]
    asked.note_opening(f"opinion:{row['opinion_id']}", asked.query.purpose)
    openly = row["reporting"] == "named" and asked.actor.role is not Role.POINT
    hide = () if openly else ("reporter_name", "reporter_phone")
    stream = OPINION.stream(row["opinion_id"])
    types = [its.name for its in EVENTS]
    records = recorded(asked, EVENTS, stream, types, row["version"], hide)
    if asked.actor.role is Role.POINT:
        records = [
            {**its, "values": _only(its["values"], *_FOR_POINTS)}
            for its in records
            if its["type"] != "AlarmRaised"
        ]
    return {**row, "stream": stream, "records": records}


_FOR_POINTS = ("text", "topics", "body", "answer", "resolution", "relayed_on", "means")


def list_boxes(asked: Asked) -> Any:
    """Those that are there: place and contact; how many slips were in them is the bureau's."""
    last, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        "SELECT * FROM readmodel.collecting_boxes WHERE removed_on IS NULL"
        " AND (%s::text IS NULL OR (placed_on, box_id) > (%s::date, %s))"
        " ORDER BY placed_on, box_id LIMIT %s",
        *(identifier, last, identifier, fetch(asked.query.limit)),
    )
    found = page(rows, asked.query.limit, "placed_on", "box_id")
    return {**found, "items": [_box(asked, row) for row in found["items"]]}


def _box(asked: Asked, row: Row) -> Row:
    if may_see(asked.actor, row):
        return row
    return _only(row, "box_id", "point_id", "division", "place", "contact", "placed_on")


def list_themes(asked: Asked) -> Any:
    """The latest first."""
    last, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
    status = None if asked.query.status is None else str(asked.query.status)
    rows = asked.rows(
        "SELECT * FROM readmodel.themes_themes WHERE starts_with(division, %s)"
        " AND (%s::text IS NULL OR status = %s)"
        " AND (%s::text IS NULL OR (last_on, theme_id) < (%s::date, %s))"
        " ORDER BY last_on DESC, theme_id DESC LIMIT %s",
        *(prefix(asked.actor.division), status, status),
        *(identifier, last, identifier, fetch(asked.query.limit)),
    )
    return page(rows, asked.query.limit, "last_on", "theme_id")


def show_baseline(asked: Asked) -> Any:
    return {
        "items": asked.rows(
            "SELECT * FROM readmodel.collecting_baselines WHERE starts_with(division, %s)"
            " ORDER BY year DESC, division",
            prefix(asked.actor.division),
        )
    }


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}


QUERIES: dict[type, QueryRoute] = {
    queries.ListOpinionsFiled: QueryRoute(
        WITH_POINTS,
        ("opinions",),
        listing("opinions_opinions", f"filed_at {_SHANGHAI}", "opinion_id", _BY_STATUS),
    ),
    queries.OpenOpinionFiled: QueryRoute(BUREAU | {Role.POINT}, ("opinions",), open_opinion),
    queries.ListBoxes: QueryRoute(ANYONE, ("collecting",), list_boxes),
    queries.ListSymposia: QueryRoute(
        WITH_POINTS,
        ("collecting",),
        listing("collecting_symposia", "planned_on", "symposium_id"),
    ),
    queries.ListProposals: QueryRoute(
        WITH_POINTS,
        ("opinions",),
        listing("opinions_proposals", f"opened_at {_SHANGHAI}", "proposal_id"),
    ),
    queries.ListThemes: QueryRoute(WATCHING, ("themes",), list_themes),
    queries.ShowBaseline: QueryRoute(WATCHING, ("collecting",), show_baseline),
}
