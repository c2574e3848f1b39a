"""Batches with their deliberations."""

from __future__ import annotations

from services.registry.views.folding import SOURCE, corrected
from shared.contracts.registry.events import EVENTS
from shared.projections.columns import of_event, version
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

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
        "plan": "jsonb",
        "proposal": "jsonb",
        "version": "integer NOT NULL",
    },
    indexes=(("opens_on", "batch_id"),),
)


def _opened(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("batch_id", "division", "title", "places", "opens_on", "closes_on")
    copied = {name: event.data[name] for name in named}
    empty: Row = {"deliberations": [], "listed": [], "plan": None, "proposal": None}
    return {**copied, **empty, "version": event.version}


def _planned(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    plan = {side: event.data[side] for side in ("districts", "groups", "sizes")}
    return {**row, "plan": plan, "proposal": event.data["proposal"], "version": event.version}


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
        Rule("BatchPlanned", "batches", by("batch_id"), _planned),
        Rule(
            "BatchExtended",
            "batches",
            by("batch_id"),
            changed(closes_on=of_event("closes_on"), version=version),
        ),
        Rule("CandidatesRanked", "batches", by("batch_id"), changed(version=version)),
    ],
    vocabularies={SOURCE: EVENTS},
)
