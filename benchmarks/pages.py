"""The leanest reading of a log that we know: keyset pages of 1,000, binary, parsed by orjson."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from psycopg.types.json import set_json_loads

from shared.postgres.connect import connect

PAGE = 1_000

Row = tuple[Any, ...]
"""stream, version, type, schema version, occurred_at, command id, body, position, sequenced_at,
leaf."""


def pages(url: str) -> Iterator[list[Row]]:
    """All rows of the ledger in order."""
    after = 0
    with connect(url, "bench pages") as connection:
        set_json_loads(orjson.loads, connection)
        while True:
            rows = connection.execute(
                "SELECT e.stream, e.version, e.type, e.schema_version, e.occurred_at,"
                " e.command_id, e.body, l.position, l.sequenced_at, e.leaf"
                " FROM eventlog.ledger l JOIN eventlog.event e ON e.id = l.event_id"
                " WHERE l.position > %s ORDER BY l.position LIMIT %s",
                (after, PAGE),
                binary=True,
            ).fetchall()
            if not rows:
                return
            yield rows
            after = rows[-1][7]
