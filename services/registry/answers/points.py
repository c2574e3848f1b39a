"""Points: open to everyone; who works on one sees what is open about it, too."""

from __future__ import annotations

from typing import Any

from services.registry.answers.point_work import work_on
from services.registry.answers.seeing import ANYONE, WATCHING, may_see_work, may_work
from services.registry.answers.settings import settings_in_force
from services.registry.handlers.aggregates import POINT
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import PointStanding
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, bad_cursor, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_PUBLIC = (
    "point_id, application_id, batch_id, unit_name, unit_kind, division, industry_group, size,"
    " channel, designated_on, certificate_number, term_number, term_began_on, term_ends_on,"
    " next_term, suspended_on, retired_on, ground, former_names, former_divisions, merged_into,"
    " absorbed, plaque_number, plaque_given_on, plaque_returned_on, version"
)

_STANDING = (
    "CASE WHEN retired_on IS NOT NULL THEN 'retired'"
    " WHEN term_ends_on < %(today)s AND next_term IS NULL THEN 'term_over'"
    " WHEN suspended_on IS NOT NULL THEN 'suspended' ELSE 'active' END"
)
"""How a point stands on the day `today`, as `standing` says it."""


def list_points(asked: Asked) -> Any:
    """By division and name. The cursor is a point's id, since a name is too long for one."""
    its = asked.query
    begin = _begin(asked)
    rows = asked.rows(
        f"SELECT {_PUBLIC} FROM readmodel.points_points"  # noqa: S608 - our own columns
        " WHERE (%(within)s::text IS NULL OR starts_with(division, %(within)s))"
        " AND (%(industry_group)s::text IS NULL OR industry_group = %(industry_group)s)"
        " AND (%(size)s::text IS NULL OR size = %(size)s)"
        " AND (%(unit_kind)s::text IS NULL OR unit_kind = %(unit_kind)s)"
        " AND (%(channel)s::text IS NULL OR channel = %(channel)s)"
        " AND (%(active)s::boolean IS NULL OR (retired_on IS NULL) = %(active)s)"
        " AND (%(term_over)s::boolean IS NULL"
        "  OR (term_ends_on < %(today)s AND next_term IS NULL) = %(term_over)s)"
        f" AND (%(standing)s::text IS NULL OR {_STANDING} = %(standing)s)"
        " AND (%(ends_within)s::integer IS NULL OR (retired_on IS NULL"
        "  AND next_term IS NULL"
        "  AND term_ends_on BETWEEN %(today)s AND %(today)s::date + %(ends_within)s::integer))"
        " AND (%(ends_soon)s::boolean IS NULL OR (retired_on IS NULL AND next_term IS NULL"
        "  AND term_ends_on BETWEEN %(today)s AND %(today)s::date + %(soon)s::integer)"
        "  = %(ends_soon)s)"
        " AND (%(point_id)s::text IS NULL OR (division, unit_name, point_id)"
        "  > (%(division)s, %(unit_name)s, %(point_id)s))"
        " ORDER BY division, unit_name, point_id LIMIT %(most)s",
        within=None if its.division is None else prefix(its.division),
        **{
            name: None if value is None else str(value)
            for name in ("industry_group", "size", "unit_kind", "channel", "standing")
            for value in [getattr(its, name)]
        },
        active=its.active,
        term_over=its.term_over,
        ends_within=its.ends_within,
        ends_soon=its.ends_soon,
        soon=settings_in_force(asked, asked.today).first_reminder_days - 1,
        today=asked.today,
        **begin,
        most=fetch(its.limit),
    )
    found = page(rows, its.limit, "point_id")
    return {**found, "items": [_told(asked, row) for row in found["items"]]}


def show_point(asked: Asked) -> Any:
    rows = asked.rows(
        "SELECT * FROM readmodel.points_points WHERE point_id = %s", asked.query.point_id
    )
    if not rows:
        raise NotFound("point", asked.query.point_id)
    (row,) = rows
    public = {name: row[name] for name in (name.strip() for name in _PUBLIC.split(","))}
    told = {**_told(asked, public), "stream": POINT.stream(asked.query.point_id)}
    return {**told, **work_on(asked, row)} if may_see_work(asked.actor, row) else told


def _begin(asked: Asked) -> Row:
    """Where the row stands that the cursor names. Raises Invalid when it names none."""
    cursor = after(asked.query.cursor, str)
    if cursor is None:
        return {"point_id": None, "division": None, "unit_name": None}
    rows = asked.rows(
        "SELECT division, unit_name, point_id FROM readmodel.points_points WHERE point_id = %s",
        cursor[0],
    )
    if not rows:
        raise bad_cursor()
    return rows[0]


def _told(asked: Asked, row: Row) -> Row:
    """`active` as coverage counts it: until it retires, also while its term is over."""
    told = {
        **row,
        "active": row["retired_on"] is None,
        "term_over": _is_over(asked, row),
        "standing": str(_standing(asked, row)),
    }
    if asked.actor.role in WATCHING:
        told["may_work"] = may_work(asked.actor, row["division"])
    return told


def _standing(asked: Asked, row: Row) -> PointStanding:
    if row["retired_on"] is not None:
        return PointStanding.RETIRED
    if _is_over(asked, row):
        return PointStanding.TERM_OVER
    return PointStanding.ACTIVE if row["suspended_on"] is None else PointStanding.SUSPENDED


def _is_over(asked: Asked, row: Row) -> bool:
    """Whether its term has ended and none follows."""
    return row["next_term"] is None and bool(row["term_ends_on"] < asked.today)


QUERIES: dict[type, QueryRoute] = {
    queries.ListPoints: QueryRoute(ANYONE, ("points", "settings"), list_points),
    queries.ShowPoint: QueryRoute(ANYONE, ("points", "settings"), show_point),
}
