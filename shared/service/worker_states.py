"""How the log role's workers stand, in the service's database, where every process can see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import TupleRow, class_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

MIGRATIONS = Path(__file__).parent / "migrations"

Connections = ConnectionPool[psycopg.Connection[TupleRow]]


@dataclass(frozen=True)
class WorkerState:
    """One worker at one moment.

    model, source: what it keeps and reads, where that is the point of it
    position, lag: what it has done and what is left, in events (numbering: in commands)
    trouble: why it does not go on, as `observability.telling.describe` says it
    """

    name: str
    model: str | None = None
    source: str | None = None
    position: int | None = None
    lag: int | None = None
    lag_seconds: float | None = None
    trouble: str | None = None


@dataclass(frozen=True)
class SeenState(WorkerState):
    """A worker as last told. `age` and `troubled_seconds` are real seconds."""

    age: float = 0.0
    troubled_seconds: float | None = None


class WorkerStates:
    """The table `ops.worker` of one service."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def tell(self, states: Sequence[WorkerState]) -> None:
        """Replace what was told before; a worker that stays in trouble keeps its `since`."""
        with self._connections.connection() as connection, connection.transaction():
            connection.execute(
                "DELETE FROM ops.worker WHERE name <> ALL (%s)",
                ([state.name for state in states],),
            )
            connection.execute(
                "INSERT INTO ops.worker AS kept"
                " (name, model, source, position, lag, lag_seconds, trouble, since, beat)"
                " SELECT name, model, source, position, lag, lag_seconds, trouble,"
                "  CASE WHEN trouble IS NOT NULL THEN clock_timestamp() END, clock_timestamp()"
                " FROM jsonb_to_recordset(%s) AS told(name text, model text, source text,"
                "  position bigint, lag bigint, lag_seconds double precision, trouble text)"
                " ORDER BY name"
                " ON CONFLICT (name) DO UPDATE SET"
                "  model = excluded.model, source = excluded.source,"
                "  position = excluded.position, lag = excluded.lag,"
                "  lag_seconds = excluded.lag_seconds, trouble = excluded.trouble,"
                "  since = CASE WHEN excluded.trouble IS NOT NULL"
                "          THEN coalesce(kept.since, excluded.since) END,"
                "  beat = excluded.beat",
                (Jsonb([asdict(state) for state in states]),),
            )

    def seen(self) -> list[SeenState]:
        """Every worker as last told, by name; empty before a first leader."""
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=class_row(SeenState)) as cursor,
        ):
            return cursor.execute(
                "SELECT name, model, source, position, lag, lag_seconds, trouble,"
                " extract(epoch FROM clock_timestamp() - beat)::double precision AS age,"
                " extract(epoch FROM clock_timestamp() - since)::double precision"
                "  AS troubled_seconds"
                " FROM ops.worker ORDER BY name"
            ).fetchall()


def plain(state: SeenState) -> dict[str, Any]:
    """The state as plain JSON values, seconds with one decimal."""
    return {
        name: round(value, 1) if isinstance(value, float) else value
        for name, value in asdict(state).items()
    }
