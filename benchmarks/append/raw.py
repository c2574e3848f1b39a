"""The limit: INSERT of the same rows, with nothing checked and nothing beside them."""

from __future__ import annotations

from typing import Any

import orjson
import psycopg

from benchmarks.servers import RUNTIME
from shared.contracts.stored import StoredEvent, leaf
from shared.postgres.connect import connect

_INSERT = (
    b"INSERT INTO raw_event"
    b" VALUES (nextval('raw_event_id'), %s, %s, %s, %s, %s, %s, %s::text::jsonb, %b)"
)


class Writer:
    """A connection that commits each command."""

    def __init__(self, url: str) -> None:
        self._connection = connect(url, "bench raw")

    @staticmethod
    def make_tables(owner_url: str) -> None:
        """The columns of `eventlog.event`, and its primary key."""
        with psycopg.connect(owner_url, autocommit=True) as connection:
            connection.execute("CREATE TABLE raw_event (LIKE eventlog.event, PRIMARY KEY (id))")
            connection.execute("CREATE SEQUENCE raw_event_id")
            connection.execute(f"GRANT ALL ON raw_event, raw_event_id TO {RUNTIME}".encode())

    def prepare(self, command: list[StoredEvent]) -> list[tuple[StoredEvent, bytes]]:
        """Events with their leaves: a bare insert hashes nothing."""
        return [(event, leaf(event)) for event in command]

    def append(self, prepared: list[tuple[StoredEvent, bytes]]) -> None:
        """One row by one statement, several by one pipeline and one transaction."""
        rows = [_row(event, its_leaf) for event, its_leaf in prepared]
        if len(rows) == 1:
            self._connection.execute(_INSERT, rows[0])
            return
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)


def _row(event: StoredEvent, its_leaf: bytes) -> tuple[Any, ...]:
    return (
        event.stream,
        event.version,
        event.type,
        event.schema_version,
        event.occurred_at,
        event.command_id,
        orjson.dumps(event.body()).decode(),
        its_leaf,
    )
