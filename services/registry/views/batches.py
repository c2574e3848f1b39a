"""Batches with their deliberations."""

from __future__ import annotations

from services.registry.views.folding import SOURCE, corrected
from shared.contracts.registry.events import EVENTS
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_BATCHES = Table(
    "batches",
    SOURCE,
    key=("batch_id",),
    columns={
        "batch_id": "text",
        "division": "text NOT NULL",
        "title": "text NOT NULL",
        "places": "integer NOT NULL",
        "opens_on": "date NOT NULL",
        "closes_on": "date NOT NULL",
        "deliberations": "jsonb NOT NULL",
        "listed": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
    indexes=(("opens_on", "batch_id"),),
)


def _opened(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("batch_id", "division", "title", "places", "opens_on", "closes_on")
    copied = {name: event.data[name] for name in named}
    return {**copied, "deliberations": [], "listed": [], "version": event.version}


def _deliberated(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    held = {name: event.data[name] for name in ("deliberation_id", "held_on", "listed")}
    return {
        **row,
        "deliberations": [*row["deliberations"], held],
        "listed": [*row["listed"], *event.data["listed"]],
        "version": event.version,
    }


def _freed(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    kept = [each for each in row["listed"] if each != event.data["application_id"]]
    return {**row, "listed": kept, "version": event.version}


BATCHES = Model(
    name="batches",
    tables=[_BATCHES],
    rules=[
        corrected("batches", "batch"),
        Rule("BatchOpened", "batches", by("batch_id"), _opened),
        Rule("DeliberationRecorded", "batches", by("batch_id"), _deliberated),
        Rule("PlaceFreed", "batches", by("batch_id"), _freed),
    ],
    vocabularies={SOURCE: EVENTS},
)
