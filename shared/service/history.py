"""What has happened, as auditors and officers read it: sealed fields stay sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from shared.contracts.days import ONE_DAY, start_of_day
from shared.contracts.operations import ShowHistory
from shared.contracts.stored import timestamp

Rows = Callable[..., list[dict[str, Any]]]
DEFAULT_LIMIT = 50

_EVENT = (
    "e.stream, e.version, e.type, e.occurred_at, e.command_id::text AS command_id, e.body,"
    " l.position, l.sequenced_at"
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


def show_history(rows: Rows, asked: ShowHistory) -> dict[str, Any]:
    """`{"items": [...], "next": position or null}` by position, as the filters have it.

    Values are those that our services see; of a sealed one it only says that it is there.
    """
    limit = asked.limit or DEFAULT_LIMIT
    found = rows(
        f"SELECT {_EVENT} FROM eventlog.ledger l"  # noqa: S608 - our own columns
        " JOIN eventlog.event e ON e.id = l.event_id WHERE l.position > %s"
        " AND (%s::text IS NULL OR e.stream = %s) AND (%s::text IS NULL OR e.type = %s)"
        " AND (%s::timestamptz IS NULL OR e.occurred_at >= %s)"
        " AND (%s::timestamptz IS NULL OR e.occurred_at < %s)"
        " AND (%s::text IS NULL OR e.body->'withheld'->'actor_id'->>'value' = %s)"
        " ORDER BY l.position LIMIT %s",
        asked.after or 0,
        *(asked.stream, asked.stream, asked.event_type, asked.event_type),
        *(_start(asked.since), _start(asked.since), _end(asked.until), _end(asked.until)),
        *(asked.actor, asked.actor, limit + 1),
    )
    items = [_told(row) for row in found[:limit]]
    more = len(found) > limit
    return {"items": items, "next": items[-1]["position"] if more else None}


def _start(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else start_of_day(day)


def _end(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else start_of_day(day + ONE_DAY)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    body = row["body"]
    withheld = {name: kept.get("value") for name, kept in body["withheld"].items()}
    return {
        "position": row["position"],
        "sequenced_at": timestamp(row["sequenced_at"]),
        "stream": row["stream"],
        "version": row["version"],
        "type": row["type"],
        "occurred_at": timestamp(row["occurred_at"]),
        "role": body["role"],
        "actor_id": withheld.get("actor_id"),
        "command_id": row["command_id"],
        "correlation_id": withheld.get("correlation_id"),
        "public": body["public"],
        "internal": {name: kept.get("value") for name, kept in body["internal"].items()},
        "sealed": sorted(body["sealed"]),
    }
