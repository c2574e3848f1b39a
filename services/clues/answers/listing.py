"""Lists that a point has its own of, and everybody else those of their divisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from services.clues.answers.seeing import WATCHING
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked

Answer = Callable[[Asked], Any]

SHANGHAI = "AT TIME ZONE 'Asia/Shanghai'"


def listing(table: str, day: str, key: str) -> Answer:
    """A list of a table's rows that the asker may see, by a day and their id, the latest first."""
    query = (
        f"SELECT *, ({day})::date AS by_day FROM readmodel.{table}"  # noqa: S608 - ours
        " WHERE (%(point)s::text IS NULL OR point_id = %(point)s)"
        f" AND starts_with(division, %(within)s)"
        f" AND (%(id)s::text IS NULL OR (({day})::date, {key}) < (%(day)s::date, %(id)s))"
        f" ORDER BY by_day DESC, {key} DESC LIMIT %(most)s"
    )

    def answer(asked: Asked) -> Any:
        last, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
        of_point = asked.actor.role is Role.POINT
        rows = asked.rows(
            query,
            point=(asked.actor.unit or "") if of_point else None,
            within=prefix(asked.actor.division) if asked.actor.role in WATCHING else "",
            day=last,
            id=identifier,
            most=fetch(asked.query.limit),
        )
        found = page(rows, asked.query.limit, "by_day", key)
        return {**found, "items": [_without(row, "by_day") for row in found["items"]]}

    return answer


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}
