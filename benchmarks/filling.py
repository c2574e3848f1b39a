"""Fills a log by COPY, with the rows that append and relay would leave.

Without the rows of `command`: their results are read by nobody who is measured here.
"""

from __future__ import annotations

from collections.abc import Iterable

import orjson
import psycopg

from benchmarks.history import NOON
from shared.contracts.stored import StoredEvent, leaf
from shared.postgres.connect import connect

_LONGEST_MS = 600_000


def fill_numbered(owner_url: str, events: Iterable[StoredEvent]) -> int:
    """Events with their places in the ledger, into an empty log; returns how many."""
    with connect(owner_url, "bench filling", longest_ms=_LONGEST_MS) as connection:
        size = _copy_events(connection, events)
        connection.execute(
            "INSERT INTO eventlog.ledger SELECT id, id, %s FROM eventlog.event ORDER BY id", (NOON,)
        )
        connection.execute("VACUUM ANALYZE eventlog.event, eventlog.ledger")
    return size


def fill_waiting(owner_url: str, events: Iterable[StoredEvent]) -> int:
    """Events of one command each that wait for the relay, behind what the log has already."""
    with connect(owner_url, "bench filling", longest_ms=_LONGEST_MS) as connection:
        row = connection.execute("SELECT coalesce(max(id), 0) FROM eventlog.event").fetchone()
        before = int(row[0]) if row else 0
        size = _copy_events(connection, events, before)
        connection.execute(
            "INSERT INTO eventlog.unsequenced SELECT nextval('eventlog.unsequenced_id'), ARRAY[id]"
            " FROM eventlog.event WHERE id > %s ORDER BY id",
            (before,),
        )
        connection.execute("VACUUM ANALYZE eventlog.event, eventlog.unsequenced")
    return size


def _copy_events(
    connection: psycopg.Connection[tuple[object, ...]],
    events: Iterable[StoredEvent],
    before: int = 0,
) -> int:
    number = before
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY eventlog.event (id, stream, version, type, schema_version, occurred_at,"
            " command_id, body, leaf) FROM STDIN"
        ) as rows,
    ):
        for number, event in enumerate(events, before + 1):
            rows.write_row(
                (
                    number,
                    event.stream,
                    event.version,
                    event.type,
                    event.schema_version,
                    event.occurred_at,
                    event.command_id,
                    orjson.dumps(event.body()).decode(),
                    leaf(event),
                )
            )
    connection.execute("SELECT setval('eventlog.event_id', %s)", (max(number, 1),))
    return number - before
