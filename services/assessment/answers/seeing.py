"""Which points, and things of points, an asker sees."""

from __future__ import annotations

from shared.access.actor import Actor
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.query_bus import Asked, Rows

BUREAU = frozenset({Role.OFFICER, Role.LEADER})
WATCHING = BUREAU | {Role.AUDITOR}
"""Those who see the bureau's work, without anybody's words."""
WITH_POINTS = WATCHING | {Role.POINT}


def may_see(actor: Actor, row: Row) -> bool:
    """A point its own, everybody else what lies in their divisions."""
    if actor.role is Role.POINT:
        return row.get("point_id") is not None and bool(row["point_id"] == actor.unit)
    return actor.role in WATCHING and covers(actor.division, row["division"])


def point_row(asked: Asked, point_id: str) -> Row:
    """The point as it is known here. Raises NotFound for one that the asker may not see."""
    rows = asked.rows("SELECT * FROM readmodel.duty_things_points WHERE point_id = %s", point_id)
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound("point", point_id)
    return rows[0]


def whose(asked: Asked) -> dict[str, str | None]:
    """`point` and `within` of a list: a point's own, everybody else's by their divisions."""
    if asked.actor.role is Role.POINT:
        return {"point": asked.actor.unit or "", "within": ""}
    return {"point": None, "within": prefix(asked.actor.division)}


_FIRST = (
    "SELECT body->'public'->>'division' AS division,"
    " body->'internal'->'division'->>'value' AS kept_division,"
    " coalesce(body->'internal'->'point_id'->>'value', body->'public'->>'point_id') AS point_id"
    " FROM eventlog.event WHERE stream = %s AND version = 1"
)
"""From the log, since who waits for a model waits because it may not show the row yet."""


def may_follow(actor: Actor, rows: Rows, stream: str, _: int) -> bool:
    """Whether the actor may know that the stream has got so far."""
    return any(
        may_see(actor, {**row, "division": row["division"] or row["kept_division"] or "-"})
        for row in rows(_FIRST, stream)
    )
