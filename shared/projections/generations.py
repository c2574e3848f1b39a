"""The generations of a model: which one is shown, how far each is, and the swap between them.

A projector and a rebuild meet in the model's row: whoever applies to the active generation
shares a lock on it, whoever swaps generations holds it alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import structlog
from psycopg_pool import ConnectionPool

from shared.projections import tables
from shared.projections.model import Model
from shared.projections.tables import Connection

Connections = ConnectionPool[Connection]

_log = structlog.get_logger(__name__)

_LOCK_POLL_SECONDS = 0.1
_GIVE_WAY = "300ms"
"""A swap that waits longer for a reader lets go and tries again.

It is below PostgreSQL's deadlock_timeout (1 s), so a reader of two views never is the victim.
"""


@dataclass(frozen=True)
class Active:
    """The generation that readers see, and the definition that its tables were made by."""

    generation: int
    definition: str


def active(connection: Connection, model: Model, lock: str = "") -> Active | None:
    """The model's active generation, or None before its first. `lock`: "SHARE" or "UPDATE"."""
    statement = {
        "": "SELECT generation, definition FROM readmodel.model WHERE name = %s",
        "SHARE": "SELECT generation, definition FROM readmodel.model WHERE name = %s FOR SHARE",
        "UPDATE": "SELECT generation, definition FROM readmodel.model WHERE name = %s FOR UPDATE",
    }[lock]
    row = connection.execute(statement.encode(), (model.name,)).fetchone()
    return None if row is None else Active(int(row[0]), str(row[1]))


def positions_of(connection: Connection, model: Model, generation: int) -> dict[str, int]:
    """How far a generation is in each of the model's sources; 0 for one that is new to it."""
    rows = connection.execute(
        "SELECT source, position FROM readmodel.checkpoint WHERE model = %s AND generation = %s",
        (model.name, generation),
    ).fetchall()
    known = {str(row[0]): int(row[1]) for row in rows}
    return {source: known.get(source, 0) for source in model.sources}


def move(
    connection: Connection, model: Model, generation: int, source: str, before: int, after: int
) -> bool:
    """Move a checkpoint on; False, and nothing done, when it is not at `before`."""
    moved = connection.execute(
        "UPDATE readmodel.checkpoint SET position = %s WHERE model = %s"
        " AND generation = %s AND source = %s AND position = %s",
        (after, model.name, generation, source, before),
    )
    return moved.rowcount == 1


def pass_over(connection: Connection, model: Model, source: str, before: int, after: int) -> bool:
    """As `move` of the active generation, with its lock, in one statement: no row is touched.

    False, and nothing done, also when the model is not installed or has another shape by now.
    """
    moved = connection.execute(
        "WITH known AS (SELECT generation FROM readmodel.model"
        "  WHERE name = %(model)s AND definition = %(definition)s FOR SHARE)"
        " UPDATE readmodel.checkpoint c SET position = %(after)s FROM known"
        " WHERE c.model = %(model)s AND c.generation = known.generation"
        " AND c.source = %(source)s AND c.position = %(before)s",
        {
            "model": model.name,
            "definition": model.definition(),
            "source": source,
            "before": before,
            "after": after,
        },
    )
    return moved.rowcount == 1


def begin(connection: Connection, model: Model, generation: int) -> None:
    """Empty tables and checkpoints of a new generation; what a killed rebuild left is removed."""
    remove(connection, model, generation)
    tables.create(connection, model, generation)
    for source in model.sources:
        connection.execute(
            "INSERT INTO readmodel.checkpoint VALUES (%s, %s, %s, 0)",
            (model.name, generation, source),
        )


def show_first(connection: Connection, model: Model) -> None:
    """Show generation 1 of a model that was not known before."""
    connection.execute(
        "INSERT INTO readmodel.model VALUES (%s, 1, %s)", (model.name, model.definition())
    )
    tables.show(connection, model, 1)


def swap(connection: Connection, model: Model, old: int, new: int, backwards: bool) -> None:
    """Show `new` in the place of `old`, and remove `old`; `backwards`: see keep_readers_out."""
    tables.keep_readers_out(connection, model, old, backwards)
    tables.show(connection, model, new)
    connection.execute(
        "UPDATE readmodel.model SET generation = %s, definition = %s WHERE name = %s",
        (new, model.definition(), model.name),
    )
    remove(connection, model, old)


def remove(connection: Connection, model: Model, generation: int) -> None:
    """Drop a generation's tables and forget its checkpoints."""
    tables.drop(connection, model, generation)
    connection.execute(
        "DELETE FROM readmodel.checkpoint WHERE model = %s AND generation = %s",
        (model.name, generation),
    )


@contextmanager
def giving_way(connections: Connections, model: Model) -> Iterator[Connection]:
    """A transaction that fails with LockNotAvailable rather than let a reader wait for long."""
    with connections.connection() as connection, connection.transaction():
        connection.execute(f"SET LOCAL lock_timeout = '{_GIVE_WAY}'".encode())
        try:
            yield connection
        except psycopg.errors.LockNotAvailable:
            _log.info("projection.swap_gives_way", model=model.name)
            raise


@contextmanager
def only_one(connections: Connections, model: Model) -> Iterator[None]:
    """One process at a time makes or rebuilds a model; a killed one's lock ends with its session.

    Asked for again and again, since a statement that waits would run into the time limit that
    every connection has, and a rebuild may take longer.
    """
    key = f"model {model.name}"
    with connections.connection() as connection:
        while not _got(connection, key):
            time.sleep(_LOCK_POLL_SECONDS)
        try:
            yield
        finally:
            connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", (key,))


def _got(connection: Connection, key: str) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(hashtext(%s))", (key,)).fetchone()
    return bool(row and row[0])
