"""EventLog.append over a pool of one connection, with the settings of a service."""

from __future__ import annotations

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.contracts.stored import StoredEvent
from shared.eventlog.store import Append, EventLog
from shared.postgres.connect import settings


class Writer:
    """Appends as the command bus does."""

    def __init__(self, url: str) -> None:
        pool: ConnectionPool[psycopg.Connection[TupleRow]] = ConnectionPool(
            url, kwargs={"autocommit": True, **settings("bench")}, min_size=1, max_size=1, open=True
        )
        pool.wait()
        self._log = EventLog("registry", pool)

    @staticmethod
    def make_tables(owner_url: str) -> None:
        """The log's schema is all."""

    def prepare(self, command: list[StoredEvent]) -> Append:
        """A decided command; its leaves and its JSON are made by the append."""
        first = command[0]
        return Append(
            command_id=first.command_id,
            fingerprint=bytes(32),
            result={
                "stream": first.stream,
                "version": command[-1].version,
                "events": [event.type for event in command],
            },
            expected={first.stream: first.version - 1},
            events=command,
        )

    def append(self, prepared: Append) -> None:
        """One function call, one transaction."""
        self._log.append(prepared)
