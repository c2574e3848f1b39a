"""Batches: open to everyone; how many applications are where is for the bureau."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.answers.documents import papers_asked
from services.registry.answers.seeing import ANYONE, WATCHING, may_work
from services.registry.answers.settings import settings_in_force
from services.registry.handlers.aggregates import BATCH
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import happened


def list_batches(asked: Asked) -> Any:
    """The latest first."""
    cursor = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        "SELECT * FROM readmodel.batches_batches"
        " WHERE %s::text IS NULL OR (opens_on, batch_id) < (%s::date, %s)"
        " ORDER BY opens_on DESC, batch_id DESC LIMIT %s",
        cursor[1],
        *cursor,
        fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "opens_on", "batch_id")
    counts = _counts(asked, [row["batch_id"] for row in found["items"]])
    return {**found, "items": [_told(asked, row, counts) for row in found["items"]]}


def show_batch(asked: Asked) -> Any:
    rows = asked.rows(
        "SELECT * FROM readmodel.batches_batches WHERE batch_id = %s", asked.query.batch_id
    )
    if not rows:
        raise NotFound("batch", asked.query.batch_id)
    told = _told(asked, rows[0], _counts(asked, [asked.query.batch_id]))
    told["plan"] = rows[0]["plan"]
    told["papers"] = papers_asked(settings_in_force(asked, asked.today))
    if asked.actor.role in WATCHING:
        told["proposal"] = rows[0]["proposal"]
        told |= {name: rows[0][name] for name in ("deliberations", "qualified", "reserves")}
        told["events"] = happened(asked, told["stream"], rows[0]["version"])
        told["places_left"] = rows[0]["places"] - len(rows[0]["listed"])
    return told


def _counts(asked: Asked, batch_ids: list[str]) -> dict[str, dict[str, int]]:
    """How many applications of each batch are where, within the asker's divisions."""
    if asked.actor.role not in WATCHING:
        return {}
    counts: dict[str, dict[str, int]] = {batch_id: {} for batch_id in batch_ids}
    for row in asked.rows(
        "SELECT batch_id, status, count(*) AS number FROM readmodel.applications_applications"
        " WHERE batch_id = ANY (%s) AND starts_with(division, %s) GROUP BY batch_id, status",
        batch_ids,
        prefix(asked.actor.division),
    ):
        counts[row["batch_id"]][row["status"]] = row["number"]
    return counts


def _told(asked: Asked, row: Row, counts: dict[str, dict[str, int]]) -> Row:
    named = ("batch_id", "division", "title", "places", "opens_on", "closes_on")
    told = {
        **{name: row[name] for name in named},
        "stream": BATCH.stream(row["batch_id"]),
        "phase": phase(row, asked.today),
    }
    if asked.actor.role in WATCHING:  # it moves when an objection is sustained
        told["version"] = row["version"]
    if row["batch_id"] in counts:
        told["applications"] = counts[row["batch_id"]]
        told["may_work"] = may_work(asked.actor, row["division"])
    return told


def phase(row: Row, today: dt.date) -> str:
    """Whether a batch takes applications on the day: `coming`, `open` or `closed`."""
    if today < row["opens_on"]:
        return "coming"
    return "open" if today <= row["closes_on"] else "closed"


QUERIES: dict[type, QueryRoute] = {
    queries.ListBatches: QueryRoute(ANYONE, ("batches", "applications"), list_batches),
    queries.ShowBatch: QueryRoute(ANYONE, ("batches", "applications"), show_batch),
}
