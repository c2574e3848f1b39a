"""Keeps a model up to date: a batch of events, the rows they touch, one transaction.

Rows and checkpoint change together, and only if the checkpoint still is where the batch began;
so two projectors at once, a batch delivered twice or a crash in the middle change nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psycopg
import structlog

from shared.contracts.stored import RecordedEvent
from shared.projections import generations
from shared.projections.folding import fold
from shared.projections.generations import Connections
from shared.projections.model import Model, ReadEvent
from shared.projections.tables import Connection

MIGRATIONS = Path(__file__).parent / "migrations"

_log = structlog.get_logger(__name__)

Feed = Callable[[int], Sequence[RecordedEvent]]
"""The next events of one source behind a position, in order; empty at its head."""


class Overtaken(Exception):
    """The checkpoint is not where the batch begins: another projector was faster."""


class Superseded(LookupError):
    """The model's tables have another shape than this code knows: a newer process rebuilt it."""


class FeedBehind(Exception):
    """A source's feed ends before the position that readers see already; nothing is swapped."""


class Projector:
    """Folds events into the active generation of a model."""

    def __init__(self, model: Model, connections: Connections) -> None:
        self.model = model
        self._connections = connections

    def install(self, feeds: Mapping[str, Feed]) -> None:
        """Make the model's tables, or rebuild them when their shape has changed."""
        with generations.only_one(self._connections, self.model):
            known = self._make_or_find()
            if known is not None and known.definition != self.model.definition():
                _log.info("projection.rebuild", model=self.model.name, because="its shape changed")
                self._rebuild(known.generation, feeds)

    def rebuild(self, feeds: Mapping[str, Feed]) -> None:
        """Build a new generation beside the active one, then show it in its place.

        Readers see the old rows until they see all of the new ones. `feeds` has every source
        of the model. Raises FeedBehind when the logs do not reach what is shown already.
        """
        with generations.only_one(self._connections, self.model):
            self._rebuild(self.generation(), feeds)

    def apply(self, source: str, batch: Sequence[RecordedEvent]) -> int:
        """Fold a batch that begins right behind the checkpoint; returns the new checkpoint.

        Raises Overtaken when it does not begin there (any more), Superseded when newer code
        has rebuilt the model, ValueError when the batch is not a gapless run of this source's
        events, Invalid when an event cannot be read; then nothing has changed.
        """
        events = self._read(source, batch)
        if not events and self._passed_over(source, batch):
            return batch[-1].position
        with self._connections.connection() as connection, connection.transaction():
            # Shared with other projectors, so that no swap of generations comes in between.
            known = generations.active(connection, self.model, lock="SHARE")
            if known is None:
                raise LookupError(f"the model {self.model.name} is not installed")
            if known.definition != self.model.definition():
                raise Superseded(f"{self.model.name} was rebuilt in another shape by other code")
            self._carry(connection, source, batch, events, known.generation)
        return batch[-1].position

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
        """The number of the active generation. Raises LookupError before `install`."""
        with self._connections.connection() as connection:
            known = generations.active(connection, self.model)
        if known is None:
            raise LookupError(f"the model {self.model.name} is not installed")
        return known.generation

    def _make_or_find(self) -> generations.Active | None:
        with self._connections.connection() as connection, connection.transaction():
            known = generations.active(connection, self.model)
            if known is None:
                generations.begin(connection, self.model, 1)
                generations.show_first(connection, self.model)
        return known

    def _rebuild(self, old: int, feeds: Mapping[str, Feed]) -> None:
        new = old + 1
        with self._connections.connection() as connection, connection.transaction():
            generations.begin(connection, self.model, new)
        for attempt in itertools.count():
            self._bulk_load(new, feeds)
            if self._caught_up_and_swapped(old, new, feeds, backwards=attempt % 2 == 1):
                return

    def _bulk_load(self, new: int, feeds: Mapping[str, Feed]) -> None:
        """Everything the feeds have, a transaction a page."""
        with self._connections.connection() as connection:
            positions = generations.positions_of(connection, self.model, new)
        for source, after in positions.items():
            while batch := feeds[source](after):
                events = self._read(source, batch)
                with self._connections.connection() as connection, connection.transaction():
                    self._carry(connection, source, batch, events, new)
                after = batch[-1].position

    def _caught_up_and_swapped(
        self, old: int, new: int, feeds: Mapping[str, Feed], backwards: bool
    ) -> bool:
        """With the model's row locked: what came since the bulk load, then the swap.

        No projector applies to `old` meanwhile, so nothing that readers have seen is missing
        from `new`. False when a reader was in the way; then nothing has changed.
        """
        try:
            with generations.giving_way(self._connections, self.model) as connection:
                known = generations.active(connection, self.model, lock="UPDATE")
                if known is None or known.generation != old:
                    raise Overtaken(f"{self.model.name} is no longer at generation {old}")
                self._catch_up(connection, old, new, feeds)
                generations.swap(connection, self.model, old, new, backwards)
        except psycopg.errors.LockNotAvailable:
            return False
        return True

    def _catch_up(
        self, connection: Connection, old: int, new: int, feeds: Mapping[str, Feed]
    ) -> None:
        shown = generations.positions_of(connection, self.model, old)
        for source, after in generations.positions_of(connection, self.model, new).items():
            while after < shown[source]:
                batch = feeds[source](after)
                if not batch:
                    raise FeedBehind(f"{source} ends at {after}, before {shown[source]}")
                self._carry(connection, source, batch, self._read(source, batch), new)
                after = batch[-1].position

    def _passed_over(self, source: str, batch: Sequence[RecordedEvent]) -> bool:
        """Whether its place alone could be moved: nothing in the batch is for this model."""
        before, after = batch[0].position - 1, batch[-1].position
        with self._connections.connection() as connection:
            return generations.pass_over(connection, self.model, source, before, after)

    def _read(self, source: str, batch: Sequence[RecordedEvent]) -> list[ReadEvent]:
        first = batch[0].position
        for place, recorded in enumerate(batch):
            if recorded.event.log != source or recorded.position != first + place:
                raise ValueError(
                    f"{recorded.event.log}={recorded.position} stands where"
                    f" {source}={first + place} should"
                )
        return [read for recorded in batch if (read := self.model.read(recorded)) is not None]

    def _carry(
        self,
        connection: Connection,
        source: str,
        batch: Sequence[RecordedEvent],
        events: Sequence[ReadEvent],
        generation: int,
    ) -> None:
        before, after = batch[0].position - 1, batch[-1].position
        if not generations.move(connection, self.model, generation, source, before, after):
            raise Overtaken(f"{self.model.name} is not at {source}={before}")
        fold(connection, self.model, events, generation)


def positions(connections: Connections) -> list[dict[str, object]]:
    """Where every active model stands: `{"model", "source", "position"}`."""
    with connections.connection() as connection:
        rows = connection.execute(
            "SELECT m.name, c.source, c.position FROM readmodel.model m"
            " JOIN readmodel.checkpoint c ON c.model = m.name AND c.generation = m.generation"
            " ORDER BY m.name, c.source"
        ).fetchall()
    return [{"model": row[0], "source": row[1], "position": row[2]} for row in rows]
