"""A model built aside, up to a chosen position of each source, to look at or to compare.

Readers never see it: it is generation 0, made afresh each time and removed afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from shared.contracts.days import start_of_day
from shared.contracts.stored import RecordedEvent
from shared.projections import generations, tables
from shared.projections.folding import fold
from shared.projections.generations import Connections
from shared.projections.model import Model, Row, Table
from shared.projections.projector import Feed
from shared.projections.tables import Connection

ASIDE = 0

Vector = Mapping[str, int]
"""Source -> position; written `registry=120,clues=88`."""

Progress = Callable[[int], None]
"""Told how many events were folded in since it was told last."""


@dataclass(frozen=True)
class Difference:
    """A row that is in one of two builds of a table and not in the other."""

    table: str
    aside: bool
    """True: only the build aside has it. False: only the active generation."""
    row: Row


class ModelAside:
    """A build of a model in generation 0; `vector` is how far it is."""

    def __init__(
        self,
        model: Model,
        connections: Connections,
        feeds: Mapping[str, Feed],
        progress: Progress = lambda _: None,
    ) -> None:
        self._model, self._connections = model, connections
        self._feeds, self._progress = feeds, progress
        self.vector: Vector = dict.fromkeys(model.sources, 0)

    def load(self, until: Vector) -> None:
        """Go on to the vector, a transaction a page. Raises ValueError when a log ends before."""
        for source in self._model.sources:
            while self.vector[source] < until.get(source, 0):
                with self._connections.connection() as connection, connection.transaction():
                    self._carry_page(connection, source, until[source])

    def rows(self) -> Iterator[tuple[str, Row]]:
        """All rows as (table, row), by key."""
        with self._connections.connection() as connection:
            for table in self._model.tables:
                order = sql.SQL(", ").join(map(sql.Identifier, table.key))
                statement = sql.SQL("SELECT * FROM {} ORDER BY {}").format(
                    tables.physical(self._model, table, ASIDE), order
                )
                for row in _rows(connection, statement):
                    yield table.name, row

    def differences(self, moving: bool) -> list[Difference]:
        """What the active generation and this build do not have in common.

        `moving`: first catch up with the active generation, whose row is held meanwhile, so
        that no projector changes it between; else compare what was loaded with what is shown.
        """
        with self._connections.connection() as connection, connection.transaction():
            known = generations.active(connection, self._model, lock="UPDATE" if moving else "")
            if known is None:
                raise LookupError(f"the model {self._model.name} is not installed")
            if moving:
                shown = generations.positions_of(connection, self._model, known.generation)
                for source in self._model.sources:
                    while self.vector[source] < shown[source]:
                        self._carry_page(connection, source, shown[source])
            return [
                Difference(table.name, aside, row)
                for table in self._model.tables
                for aside, one, other in (
                    (True, ASIDE, known.generation),
                    (False, known.generation, ASIDE),
                )
                for row in _rows(connection, self._except(table, one, other))
            ]

    def _carry_page(self, connection: Connection, source: str, until: int) -> None:
        after = self.vector[source]
        page: Sequence[RecordedEvent] = self._feeds[source](after)[: until - after]
        if not page:
            raise ValueError(f"{source} ends at {after}, before {until}")
        read = [event for recorded in page if (event := self._model.read(recorded)) is not None]
        fold(connection, self._model, read, ASIDE)
        self.vector = {**self.vector, source: page[-1].position}
        self._progress(len(page))

    def _except(self, table: Table, one: int, other: int) -> sql.Composed:
        return sql.SQL("SELECT * FROM {} EXCEPT SELECT * FROM {}").format(
            tables.physical(self._model, table, one), tables.physical(self._model, table, other)
        )


@contextmanager
def opened(
    model: Model,
    connections: Connections,
    feeds: Mapping[str, Feed],
    progress: Progress = lambda _: None,
) -> Iterator[ModelAside]:
    """An empty build of the model, one at a time; removed when this is closed."""
    with generations.only_one(connections, model):
        with connections.connection() as connection, connection.transaction():
            generations.begin(connection, model, ASIDE)
        try:
            yield ModelAside(model, connections, feeds, progress)
        finally:
            with connections.connection() as connection, connection.transaction():
                generations.remove(connection, model, ASIDE)


def shown(model: Model, connections: Connections) -> Vector:
    """The vector at which the active generation stands. Raises LookupError before `install`."""
    with connections.connection() as connection:
        known = generations.active(connection, model)
        if known is None:
            raise LookupError(f"the model {model.name} is not installed")
        return generations.positions_of(connection, model, known.generation)


def _rows(connection: Connection, statement: sql.Composed) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement).fetchall()


def vector_of_day(feeds: Mapping[str, Feed], day: dt.date) -> Vector:
    """Each source's last position up to the end of that day in Asia/Shanghai."""
    end = start_of_day(day + dt.timedelta(days=1))
    return {source: _last_before(feed, end) for source, feed in feeds.items()}


def parse_vector(text: str) -> Vector:
    """`registry=120,clues=88` as a vector. Raises ValueError."""
    vector = {}
    for part in text.split(","):
        source, equals, position = part.partition("=")
        if not equals or not position.isdigit() or source in vector:
            raise ValueError(f"{part!r} is not like registry=120")
        vector[source] = int(position)
    return vector


def vector_text(vector: Vector) -> str:
    """The inverse of `parse_vector`."""
    return ",".join(f"{source}={position}" for source, position in sorted(vector.items()))


def _last_before(feed: Feed, end: dt.datetime) -> int:
    last = 0
    while page := feed(last):
        within = [recorded.position for recorded in page if recorded.sequenced_at < end]
        last = within[-1] if within else last
        if len(within) < len(page):
            break
    return last
