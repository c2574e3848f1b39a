"""Batches: open to everyone; how many applications are where is for the bureau."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.answers.seeing import WATCHING
from services.registry.handlers import BATCH
from shared.access.scope import prefix
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute


def list_batches(asked: Asked) -> Any:
    cursor = after(asked.query.cursor, str, str) or [None, None]
    rows = asked.rows(
        "SELECT * FROM readmodel.batches_batches"
        " WHERE %s::text IS NULL OR (opens_on, batch_id) < (%s::date, %s)"
        " ORDER BY opens_on DESC, batch_id DESC LIMIT %s",
        cursor[1],
        *cursor,
        fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "opens_on", "batch_id")
    return {**found, "items": [_told(row, asked.today) for row in found["items"]]}


def show_batch(asked: Asked) -> Any:
    rows = asked.rows(
        "SELECT * FROM readmodel.batches_batches WHERE batch_id = %s", asked.query.batch_id
    )
    if not rows:
        raise NotFound("batch", asked.query.batch_id)
    told = {**_told(rows[0], asked.today), "stream": BATCH.stream(asked.query.batch_id)}
    if asked.actor.role in WATCHING:
        told["deliberations"] = rows[0]["deliberations"]
        told["applications"] = _counts(asked)
    return told


def _counts(asked: Asked) -> dict[str, int]:
    rows = asked.rows(
        "SELECT status, count(*) AS number FROM readmodel.applications_applications"
        " WHERE batch_id = %s AND starts_with(division, %s) GROUP BY status",
        asked.query.batch_id,
        prefix(asked.actor.division),
    )
    return {row["status"]: row["number"] for row in rows}


def _told(row: Row, today: dt.date) -> Row:
    named = ("batch_id", "division", "title", "places", "opens_on", "closes_on", "version")
    return {**{name: row[name] for name in named}, "phase": phase(row, today)}


def phase(row: Row, today: dt.date) -> str:
    """Whether a batch takes applications on the day: `coming`, `open` or `closed`."""
    if today < row["opens_on"]:
        return "coming"
    return "open" if today <= row["closes_on"] else "closed"


QUERIES: dict[type, QueryRoute] = {
    queries.ListBatches: QueryRoute(set(Role) - {Role.SYSTEM}, ("batches",), list_batches),
    queries.ShowBatch: QueryRoute(
        set(Role) - {Role.SYSTEM}, ("batches", "applications"), show_batch
    ),
}
