"""Keeps a model up to date: a batch of events, the rows they touch, one transaction.

Rows and checkpoint change together, and only if the checkpoint still is where the batch began;
so two projectors at once, a batch delivered twice or a crash in the middle change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
import structlog
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.contracts.stored import RecordedEvent
from shared.projections import tables
from shared.projections.model import Key, Model, ReadEvent, Row

MIGRATIONS = Path(__file__).parent / "migrations"

_log = structlog.get_logger(__name__)

Connection = psycopg.Connection[TupleRow]
Connections = ConnectionPool[Connection]
Feed = Callable[[int], Sequence[RecordedEvent]]
"""The next events of one source behind a position, in order; empty at its head."""


class Overtaken(Exception):
    """The checkpoint is not where the batch begins: another projector was faster."""


class Projector:
    """Folds events into the active generation of a model."""

    def __init__(self, model: Model, connections: Connections) -> None:
        self.model = model
        self._connections = connections

    def install(self, feeds: dict[str, Feed]) -> None:
        """Make the model's tables, or rebuild them when their shape has changed."""
        with self._connections.connection() as connection, connection.transaction():
            connection.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s))", (f"model {self.model.name}",)
            )
            known = connection.execute(
                "SELECT definition FROM readmodel.model WHERE name = %s", (self.model.name,)
            ).fetchone()
            if known is None:
                self._begin(connection, 1)
                connection.execute(
                    "INSERT INTO readmodel.model VALUES (%s, 1, %s)",
                    (self.model.name, self.model.definition()),
                )
                tables.show(connection, self.model, 1)
        if known is not None and known[0] != self.model.definition():
            _log.info("projection.rebuild", model=self.model.name, because="its shape changed")
            self.rebuild(feeds)

    def rebuild(self, feeds: dict[str, Feed]) -> None:
        """Build a new generation beside the active one, then show it in its place."""
        old = self.generation()
        new = old + 1
        with self._connections.connection() as connection, connection.transaction():
            tables.drop(connection, self.model, new)
            self._forget(connection, new)
            self._begin(connection, new)
        for source, feed in feeds.items():
            after = 0
            while batch := feed(after):
                after = self.apply(source, batch, new)
        with self._connections.connection() as connection, connection.transaction():
            tables.show(connection, self.model, new)
            connection.execute(
                "UPDATE readmodel.model SET generation = %s, definition = %s WHERE name = %s",
                (new, self.model.definition(), self.model.name),
            )
            tables.drop(connection, self.model, old)
            self._forget(connection, old)

    def apply(
        self, source: str, batch: Sequence[RecordedEvent], generation: int | None = None
    ) -> int:
        """Fold a batch that begins right behind the checkpoint; returns the new checkpoint.

        Raises Overtaken when it does not begin there (any more), Invalid when an event cannot
        be read; then nothing has changed.
        """
        events = [read for recorded in batch if (read := self.model.read(recorded)) is not None]
        before, after = batch[0].position - 1, batch[-1].position
        with self._connections.connection() as connection, connection.transaction():
            generation = generation or self._generation(connection)
            moved = connection.execute(
                "UPDATE readmodel.checkpoint SET position = %s WHERE model = %s"
                " AND generation = %s AND source = %s AND position = %s",
                (after, self.model.name, generation, source, before),
            )
            if moved.rowcount != 1:
                raise Overtaken(f"{self.model.name} is not at {source}={before}")
            self._fold(connection, events, generation)
        return after

    def checkpoint(self, source: str) -> int:
        """The last position of the source that is in the active generation."""
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT c.position FROM readmodel.checkpoint c JOIN readmodel.model m"
                " ON m.name = c.model AND m.generation = c.generation"
                " WHERE m.name = %s AND c.source = %s",
                (self.model.name, source),
            ).fetchone()
        return int(row[0]) if row else 0

    def generation(self) -> int:
        """The number of the active generation."""
        with self._connections.connection() as connection:
            return self._generation(connection)

    def _fold(self, connection: Connection, events: Sequence[ReadEvent], generation: int) -> None:
        touched = self._touched(events)
        held: dict[str, dict[Key, Row | None]] = {}
        for name, keys in touched.items():
            table = self.model.table(name)
            found = tables.rows_of(connection, self.model, table, generation, list(keys))
            held[name] = {key: found.get(key) for key in keys}
        for event in events:
            for rule in self.model.rules_for(event.source, event.type):
                rows = held[rule.table]
                for key in rule.keys(event):
                    rows[key] = rule.fold(rows[key], event, key)
        for name, rows in held.items():
            tables.write(connection, self.model, self.model.table(name), generation, rows)

    def _touched(self, events: Sequence[ReadEvent]) -> dict[str, dict[Key, None]]:
        touched: dict[str, dict[Key, None]] = {}
        for event in events:
            for rule in self.model.rules_for(event.source, event.type):
                touched.setdefault(rule.table, {}).update(dict.fromkeys(rule.keys(event)))
        return touched

    def _generation(self, connection: Connection) -> int:
        row = connection.execute(
            "SELECT generation FROM readmodel.model WHERE name = %s", (self.model.name,)
        ).fetchone()
        if row is None:
            raise LookupError(f"the model {self.model.name} is not installed")
        return int(row[0])

    def _begin(self, connection: Connection, generation: int) -> None:
        tables.create(connection, self.model, generation)
        for source in self.model.sources:
            connection.execute(
                "INSERT INTO readmodel.checkpoint VALUES (%s, %s, %s, 0)",
                (self.model.name, generation, source),
            )

    def _forget(self, connection: Connection, generation: int) -> None:
        connection.execute(
            "DELETE FROM readmodel.checkpoint WHERE model = %s AND generation = %s",
            (self.model.name, generation),
        )


def positions(connections: Connections) -> list[dict[str, object]]:
    """Where every active model stands: `{"model", "source", "position"}`."""
    with connections.connection() as connection:
        rows = connection.execute(
            "SELECT m.name, c.source, c.position FROM readmodel.model m"
            " JOIN readmodel.checkpoint c ON c.model = m.name AND c.generation = m.generation"
            " ORDER BY m.name, c.source"
        ).fetchall()
    return [{"model": row[0], "source": row[1], "position": row[2]} for row in rows]
