"""Files that nobody has attached: counted against whoever brought them, swept after a day."""

from __future__ import annotations

import datetime as dt
from threading import Event
from typing import Any

import psycopg
import structlog
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.service.uploads import UploadRules

KEPT_FOR = dt.timedelta(days=1)
"""Real time, as everything in operation: how long somebody may take to go on."""
SWEEP_SECONDS = 600.0

MOST_LOOSE_FILES = 40
MOST_LOOSE_BYTES = 400 * 1024 * 1024
"""What one account may have lying here without attaching it."""

Connections = ConnectionPool[psycopg.Connection[TupleRow]]

_log = structlog.get_logger(__name__)


class LooseFiles:
    """Those of one service, whose `rules` say which event makes a file part of something."""

    def __init__(self, connections: Connections, rules: UploadRules) -> None:
        self._connections, self._rules = connections, rules

    def too_many(self, uploader: str, file_id: str, size: int) -> bool:
        """Whether one file more, beside `file_id` itself, would be more than one may have."""
        if self._fits(uploader, file_id, size):
            return False
        self.settle()
        return not self._fits(uploader, file_id, size)

    def sweep(self, older_than: dt.timedelta = KEPT_FOR) -> int:
        """Delete what nobody has attached or touched for so long; how many files that were."""
        self.settle()
        with self._connections.connection() as connection:
            swept = connection.execute(
                "DELETE FROM files.file WHERE NOT attached"
                " AND touched_at < clock_timestamp() - %s::interval",
                (older_than,),
            ).rowcount
        if swept:
            _log.info("files.swept", number=swept)
        return swept

    def settle(self) -> None:
        """Mark what the log names by now.

        Read from the log and not told by the command, so that nothing is lost between the two.
        """
        event_type, field = self._rules.named_by
        with self._connections.connection() as connection:
            connection.execute(
                "UPDATE files.file f SET attached = true WHERE NOT attached AND EXISTS ("
                " SELECT 1 FROM eventlog.event e WHERE e.stream = f.owner AND e.type = %s"
                " AND e.body->'public'->>%s = f.file_id::text)",
                (event_type, field),
            )

    def run(self, stop: Event) -> None:
        """Sweep until the event is set."""
        while not stop.is_set():
            self.sweep()
            stop.wait(SWEEP_SECONDS)

    def _fits(self, uploader: str, file_id: str, size: int) -> bool:
        with self._connections.connection() as connection:
            row: Any = connection.execute(
                "SELECT count(*), coalesce(sum(size), 0)::bigint FROM files.file"
                " WHERE uploader = %s AND NOT attached AND file_id <> %s",
                (uploader, file_id),
            ).fetchone()
        return bool(row[0] < MOST_LOOSE_FILES and row[1] + size <= MOST_LOOSE_BYTES)
