"""Batches with their deliberations."""

from __future__ import annotations

from services.registry.views.folding import SOURCE, corrected
from shared.contracts.days import business_date
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
        "freed_on": "date",
        "listed": "jsonb NOT NULL",
        "plan": "jsonb",
        "proposal": "jsonb",
        "qualified": "jsonb NOT NULL",
        "reserves": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
    indexes=(("opens_on", "batch_id"),),
)


def _opened(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("batch_id", "division", "title", "places", "opens_on", "closes_on")
    copied = {name: event.data[name] for name in named}
    empty: Row = {"deliberations": [], "listed": [], "qualified": [], "reserves": []}
    nothing: Row = {"plan": None, "proposal": None, "freed_on": None}
    return {**copied, **empty, **nothing, "version": event.version}


def _planned(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    plan = {side: event.data[side] for side in ("districts", "groups", "sizes")}
    return {**row, "plan": plan, "proposal": event.data["proposal"], "version": event.version}


def _qualified(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    qualified = [*row["qualified"], event.data["application_id"]]
    return {**row, "qualified": qualified, "version": event.version}


def _left(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    unit = event.data["application_id"]
    kept = {name: _without(row[name], unit) for name in ("qualified", "reserves")}
    return {**row, **kept, "version": event.version}


def _deliberated(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """A meeting: when, whether it decided, and the units that it put into each list."""
    if row is None:
        return None
    listed = event.data["listed"]
    reserves, left_out = (event.data[name] or [] for name in ("reserves", "left_out"))
    held = {
        **{name: event.data[name] for name in ("deliberation_id", "held_on")},
        **{"decided": True, "listed": listed, "reserves": reserves, "left_out": left_out},
        "struck_off": [],
    }
    return {
        **row,
        "deliberations": [*row["deliberations"], held],
        "listed": [*row["listed"], *listed],
        "qualified": _without(row["qualified"], *listed, *reserves, *left_out),
        "reserves": [*row["reserves"], *reserves],
        "version": event.version,
    }


def _adjourned(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    held = {
        **{name: event.data[name] for name in ("deliberation_id", "held_on")},
        **{"decided": False, "listed": [], "reserves": [], "left_out": [], "struck_off": []},
    }
    return {**row, "deliberations": [*row["deliberations"], held], "version": event.version}


def _struck_off(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    held = {
        **{name: event.data[name] for name in ("deliberation_id", "held_on")},
        **{"decided": True, "listed": [], "reserves": [], "left_out": []},
        "struck_off": [event.data["application_id"]],
    }
    return {**row, "deliberations": [*row["deliberations"], held], "version": event.version}


def _promoted(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    unit = event.data["application_id"]
    return {
        **row,
        "listed": [*row["listed"], unit],
        "reserves": _without(row["reserves"], unit),
        "version": event.version,
    }


def _freed(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """`freed_on` is the last day on which a unit that held a place left."""
    if row is None:
        return None
    kept = _without(row["listed"], event.data["application_id"])
    day = business_date(event.occurred_at)
    return {**row, "listed": kept, "freed_on": day, "version": event.version}


def _without(ids: list[str], *gone: str) -> list[str]:
    return [each for each in ids if each not in gone]


BATCHES = Model(
    name="batches",
    tables=[_BATCHES],
    rules=[
        corrected("batches", "batch"),
        Rule("BatchOpened", "batches", by("batch_id"), _opened),
        Rule("DeliberationRecorded", "batches", by("batch_id"), _deliberated),
        Rule("CandidateLeft", "batches", by("batch_id"), _left),
        Rule("UnitQualified", "batches", by("batch_id"), _qualified),
        Rule("DeliberationAdjourned", "batches", by("batch_id"), _adjourned),
        Rule("StrikingOffRecorded", "batches", by("batch_id"), _struck_off),
        Rule("ReservePromoted", "batches", by("batch_id"), _promoted),
        Rule(
            "ReservesClosed",
            "batches",
            by("batch_id"),
            changed(reserves=lambda _: [], version=version),
        ),
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
