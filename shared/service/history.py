"""What has happened, as auditors and officers read it: sealed fields stay sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from shared.contracts.days import ONE_DAY, start_of_day
from shared.contracts.operations import ShowHistory
from shared.contracts.stored import NOBODY, timestamp

Rows = Callable[..., list[dict[str, Any]]]
DEFAULT_LIMIT = 50

WINDOW = 20_000
"""Positions that one query looks through; what is seldom is looked for in several."""
WINDOWS = 10
"""How many of them one answer may take; then it gives the position to go on behind."""
_CLOCKS_DIFFER = ONE_DAY
"""An event is numbered after it happened, by the clock of another process."""

_EVENT = (
    "e.stream, e.version, e.type, e.schema_version, e.occurred_at,"
    " e.command_id::text AS command_id, encode(e.leaf, 'hex') AS leaf, e.body,"
    " l.position, l.sequenced_at"
)
_ASKED = (
    " (%(event_type)s::text IS NULL OR e.type = %(event_type)s)"
    " AND (%(since)s::timestamptz IS NULL OR e.occurred_at >= %(since)s)"
    " AND (%(until)s::timestamptz IS NULL OR e.occurred_at < %(until)s)"
    " AND (%(actor)s::text IS NULL OR e.body->'withheld'->'actor_id'->>'value' = %(actor)s)"
)


def stream_history(
    rows: Rows, stream: str, version: int, without: Collection[str] = ()
) -> list[dict[str, Any]]:
    """A stream's events up to a version, for those who work on it: when, what, in which role.

    `changed` has the values that are not sealed, as they were logged, but for those named in
    `without`; nothing says who it was.
    """
    found = rows(
        "SELECT version, type, occurred_at, body FROM eventlog.event"
        " WHERE stream = %s AND version <= %s ORDER BY version",
        stream,
        version,
    )
    return [_in_short(row, without) for row in found]


def _in_short(row: dict[str, Any], without: Collection[str]) -> dict[str, Any]:
    values = _clear(row["body"])
    return {
        "version": row["version"],
        "type": row["type"],
        "occurred_at": timestamp(row["occurred_at"]),
        "role": row["body"]["role"],
        "changed": {name: its for name, its in values.items() if name not in without},
    }


def _clear(body: dict[str, Any]) -> dict[str, Any]:
    """The values of an event that are not sealed."""
    internal = {name: kept["value"] for name, kept in body["internal"].items()}
    return {**body["public"], **internal}


def show_history(rows: Rows, asked: ShowHistory, window: int = WINDOW) -> dict[str, Any]:
    """`{"items": [...], "next": position or null}` by position, as the filters have it.

    With `latest_first` the other way round, and `next` is what the next page comes `before`. A
    page may hold less than `limit`, or nothing, and still have a `next`: so much was looked
    through. Values are those that our services see; of a sealed one it only says that it is
    there.
    """
    limit = asked.limit or DEFAULT_LIMIT
    filters = {
        "event_type": asked.event_type,
        "since": None if asked.since is None else start_of_day(_possible(asked.since)),
        "until": None if asked.until is None else start_of_day(_possible(asked.until) + ONE_DAY),
        "actor": asked.actor,
    }
    if asked.stream is not None:
        found = _of_stream(rows, asked, limit + 1, filters)
        end = None
    elif asked.latest_first:
        found, end = _backwards(rows, asked, limit + 1, filters, window)
    else:
        found, end = _of_all(rows, _begin(rows, asked), limit + 1, filters, window)
    items = [_told(row) for row in found[:limit]]
    if len(found) > limit:
        end = items[-1]["position"]
    return {"items": items, "next": end}


def _possible(day: dt.date) -> dt.date:
    """The day itself, or for one at an end of the calendar one beyond everything logged."""
    return min(max(day, dt.date(1900, 1, 1)), dt.date(9000, 1, 1))


def _of_stream(
    rows: Rows, asked: ShowHistory, most: int, filters: dict[str, Any]
) -> list[dict[str, Any]]:
    return rows(
        f"SELECT {_EVENT} FROM eventlog.event e"  # noqa: S608 - our own columns
        " JOIN eventlog.ledger l ON l.event_id = e.id"
        f" WHERE e.stream = %(stream)s AND l.position > %(after)s AND {_ASKED}"
        " AND (%(before)s::bigint IS NULL OR l.position < %(before)s)"
        f" ORDER BY l.position {'DESC' if asked.latest_first else 'ASC'} LIMIT %(most)s",
        stream=asked.stream,
        after=asked.after or 0,
        before=asked.before,
        most=most,
        **filters,
    )


def _of_all(
    rows: Rows, after: int, most: int, filters: dict[str, Any], window: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Up to `most` events behind a position, and where to go on; None at the log's end."""
    head = _head(rows)
    found: list[dict[str, Any]] = []
    for _ in range(WINDOWS):
        found += rows(
            f"SELECT {_EVENT} FROM eventlog.ledger l"  # noqa: S608 - our own columns
            " JOIN eventlog.event e ON e.id = l.event_id"
            f" WHERE l.position > %(after)s AND l.position <= %(last)s AND {_ASKED}"
            " ORDER BY l.position LIMIT %(most)s",
            after=after,
            last=after + window,
            most=most - len(found),
            **filters,
        )
        after += window
        if len(found) == most or after >= head:
            break
    return found, after if after < head else None


def _backwards(
    rows: Rows, asked: ShowHistory, most: int, filters: dict[str, Any], window: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Up to `most` events before a position or the log's end, and before which to go on."""
    first = _begin(rows, asked)
    before = min(asked.before or _head(rows) + 1, _head(rows) + 1)
    found: list[dict[str, Any]] = []
    for _ in range(WINDOWS):
        found += rows(
            f"SELECT {_EVENT} FROM eventlog.ledger l"  # noqa: S608 - our own columns
            " JOIN eventlog.event e ON e.id = l.event_id"
            f" WHERE l.position < %(before)s AND l.position > %(behind)s AND {_ASKED}"
            " ORDER BY l.position DESC LIMIT %(most)s",
            before=before,
            behind=max(first, before - 1 - window),
            most=most - len(found),
            **filters,
        )
        before -= window
        if len(found) == most or before - 1 <= first:
            break
    return found, before if before - 1 > first else None


def _begin(rows: Rows, asked: ShowHistory) -> int:
    """Behind which position to look: nothing that lies before it can be of the day `since`.

    `sequenced_at` never decreases with the position, so that is found by halving.
    """
    after = asked.after or 0
    if asked.since is None:
        return after
    moment = start_of_day(_possible(asked.since) - _CLOCKS_DIFFER)
    earlier, later = after, _head(rows) + 1
    while later - earlier > 1:
        middle = (earlier + later) // 2
        (row,) = rows(
            "SELECT sequenced_at < %s AS earlier FROM eventlog.ledger WHERE position = %s",
            moment,
            middle,
        )
        earlier, later = (middle, later) if row["earlier"] else (earlier, middle)
    return earlier


def _head(rows: Rows) -> int:
    (row,) = rows("SELECT coalesce(max(position), 0) AS head FROM eventlog.ledger")
    return int(row["head"])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    body = row["body"]
    withheld = {name: kept["value"] for name, kept in body["withheld"].items()}
    told = _plainly(row, body, withheld)
    if body["role"] == NOBODY:
        # Its moments and its chain would lead, by log lines, to who it was.
        days = {name: _midnight(told[name]) for name in ("sequenced_at", "occurred_at")}
        return {**told, **days, "correlation_id": None}
    return told


def _midnight(moment: str) -> str:
    """The beginning, in UTC, of a timestamp's day."""
    return f"{moment[:10]}T00:00:00.000000Z"


def _plainly(row: dict[str, Any], body: dict[str, Any], withheld: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("position", "stream", "version", "type")},
        "schema_version": row["schema_version"],
        "sequenced_at": timestamp(row["sequenced_at"]),
        "occurred_at": timestamp(row["occurred_at"]),
        "role": body["role"],
        "actor_id": withheld["actor_id"],
        "command_id": row["command_id"],
        "correlation_id": withheld["correlation_id"],
        "causation_id": withheld["causation_id"],
        "public": body["public"],
        "internal": {name: kept["value"] for name, kept in body["internal"].items()},
        "sealed": sorted(body["sealed"]),
        "leaf": row["leaf"],
    }
