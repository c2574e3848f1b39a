"""Points: open to everyone."""

from __future__ import annotations

from typing import Any

from services.registry.answers.seeing import ANYONE
from services.registry.handlers import POINT
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_LISTED = (
    "point_id, application_id, batch_id, unit_name, unit_kind, division, industry_group, size,"
    " channel, designated_on, term_ends_on, retired_on, ground, version"
)


def list_points(asked: Asked) -> Any:
    """By division and name."""
    its = asked.query
    cursor = after(its.cursor, str, str, str) or [None, None, None]
    filters = [
        None if value is None else str(value)
        for value in (its.division, its.industry_group, its.size, its.unit_kind, its.channel)
        for _ in range(2)
    ]
    rows = asked.rows(
        f"SELECT {_LISTED} FROM readmodel.points_points"  # noqa: S608 - our own columns
        " WHERE (%s::text IS NULL OR division = %s) AND (%s::text IS NULL OR industry_group = %s)"
        " AND (%s::text IS NULL OR size = %s) AND (%s::text IS NULL OR unit_kind = %s)"
        " AND (%s::text IS NULL OR channel = %s)"
        " AND (%s::boolean IS NULL OR (retired_on IS NULL AND term_ends_on >= %s) = %s)"
        " AND (%s::text IS NULL OR (division, unit_name, point_id) > (%s, %s, %s))"
        " ORDER BY division, unit_name, point_id LIMIT %s",
        *filters,
        *(its.active, asked.today, its.active),
        *(cursor[2], *cursor, fetch(its.limit)),
    )
    found = page(rows, its.limit, "division", "unit_name", "point_id")
    return {**found, "items": [_told(asked, row) for row in found["items"]]}


def show_point(asked: Asked) -> Any:
    rows = asked.rows(
        f"SELECT {_LISTED} FROM readmodel.points_points WHERE point_id = %s",  # noqa: S608 - ours
        asked.query.point_id,
    )
    if not rows:
        raise NotFound("point", asked.query.point_id)
    return {**_told(asked, rows[0]), "stream": POINT.stream(asked.query.point_id)}


def _told(asked: Asked, row: Row) -> Row:
    active = row["retired_on"] is None and row["term_ends_on"] >= asked.today
    return {**row, "active": active}


QUERIES: dict[type, QueryRoute] = {
    queries.ListPoints: QueryRoute(ANYONE, ("points",), list_points),
    queries.ShowPoint: QueryRoute(ANYONE, ("points",), show_point),
}
