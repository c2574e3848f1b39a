"""Who opened sealed data, whose, when and what for: recorded before it is told, kept for auditors.

A list of its own, since a log line may say neither who nor why, and the event log never forgets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from shared.access.actor import Actor
from shared.contracts.operations import ListOpenings
from shared.contracts.stored import timestamp
from shared.service.paging import DEFAULT_LIMIT

Rows = Callable[..., list[dict[str, Any]]]


def record(
    rows: Rows, actor: Actor, subject: str, purpose: str | None, query_id: str, now: dt.datetime
) -> None:
    """Put an opening on record; the data may be told once this has returned."""
    rows(
        "INSERT INTO ops.opening (query_id, subject, actor_id, role, purpose, opened_at)"
        " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
        query_id,
        subject,
        actor.id,
        str(actor.role),
        purpose,
        now,
    )


def list_openings(rows: Rows, asked: ListOpenings) -> dict[str, Any]:
    """`{"items": [...], "next": id or null}`, the latest first."""
    limit = asked.limit or DEFAULT_LIMIT
    found = rows(
        "SELECT id, query_id::text AS query_id, subject, actor_id, role, purpose, opened_at"
        " FROM ops.opening"
        " WHERE (%(subject)s::text IS NULL OR subject = %(subject)s)"
        " AND (%(actor)s::text IS NULL OR actor_id = %(actor)s)"
        " AND (%(before)s::bigint IS NULL OR id < %(before)s) ORDER BY id DESC LIMIT %(most)s",
        subject=asked.subject,
        actor=asked.actor,
        before=asked.before,
        most=limit + 1,
    )
    items = [{**row, "opened_at": timestamp(row["opened_at"])} for row in found[:limit]]
    return {"items": items, "next": items[-1]["id"] if len(found) > limit else None}
