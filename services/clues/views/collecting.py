"""Opinion boxes, symposia, imports, totals of earlier years, and the points that are known."""

from __future__ import annotations

from typing import Any

from services.clues.views.folding import SOURCE, changes, new_row
from shared.contracts.clues.events import EVENTS
from shared.projections.columns import occurred_at, of_event
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_BOXES = Table(
    "boxes",
    SOURCE,
    key=("box_id",),
    columns={
        "box_id": "text",
        "point_id": "text",
        "division": "text NOT NULL",
        "place": "text NOT NULL",
        "contact": "text NOT NULL",
        "placed_on": "date NOT NULL",
        "removed_on": "date",
        "emptied_on": "date",
        "emptyings": "integer NOT NULL",
        "entries": "integer NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("placed_on", "box_id"),),
)

_EMPTYINGS = Table(
    "emptyings",
    SOURCE,
    key=("emptying_id",),
    columns={
        "emptying_id": "text",
        "box_id": "text NOT NULL",
        "emptied_on": "date NOT NULL",
        "number": "integer NOT NULL",
    },
    indexes=(("box_id", "emptied_on"),),
)

_SYMPOSIA = Table(
    "symposia",
    SOURCE,
    key=("symposium_id",),
    columns={
        "symposium_id": "text",
        "status": "text NOT NULL",
        "point_id": "text",
        "division": "text NOT NULL",
        "planned_on": "date NOT NULL",
        "place": "text NOT NULL",
        "subject": "text NOT NULL",
        "held_on": "date",
        "attendees": "integer",
        "entries": "integer NOT NULL",
        "reasons": "text",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("planned_on", "symposium_id"),),
)

_IMPORTS = Table(
    "imports",
    SOURCE,
    key=("import_id",),
    columns={
        "import_id": "text",
        "division": "text NOT NULL",
        "filed": "integer NOT NULL",
        "known": "integer NOT NULL",
        "imported_at": "timestamptz NOT NULL",
    },
)

_BASELINES = Table(
    "baselines",
    SOURCE,
    key=("division", "year"),
    columns={
        "division": "text",
        "year": "integer",
        "complaints": "bigint NOT NULL",
        "shares": "jsonb NOT NULL",
        "source": "text NOT NULL",
    },
)

_POINTS = Table(
    "points",
    SOURCE,
    key=("point_id",),
    columns={
        "point_id": "text",
        "standing": "text NOT NULL",
        "division": "text NOT NULL",
        "unit_name": "text NOT NULL",
    },
)


def _emptied(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    return {
        **row,
        "emptied_on": event.data["emptied_on"],
        "emptyings": row["emptyings"] + 1,
        "entries": row["entries"] + event.data["number"],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _number_of_entries(event: ReadEvent) -> Any:
    return len(event.data["entry_ids"])


COLLECTING = Model(
    name="collecting",
    tables=[_BOXES, _EMPTYINGS, _SYMPOSIA, _IMPORTS, _BASELINES, _POINTS],
    rules=[
        Rule("BoxPlaced", "boxes", by("box_id"), new_row(_BOXES, emptyings=0, entries=0)),
        Rule("BoxEmptied", "boxes", by("box_id"), _emptied),
        Rule("BoxEmptied", "emptyings", by("emptying_id"), new_row(_EMPTYINGS)),
        changes("BoxRemoved", "boxes", "box_id", removed_on=of_event("removed_on")),
        Rule(
            "SymposiumScheduled",
            "symposia",
            by("symposium_id"),
            new_row(_SYMPOSIA, status="scheduled", entries=0),
        ),
        changes(
            "SymposiumHeld",
            "symposia",
            "symposium_id",
            status="held",
            held_on=of_event("held_on"),
            attendees=of_event("attendees"),
            entries=_number_of_entries,
        ),
        changes(
            "SymposiumCancelled",
            "symposia",
            "symposium_id",
            status="cancelled",
            reasons=of_event("reasons"),
        ),
        Rule(
            "HotlineImported",
            "imports",
            by("import_id"),
            new_row(_IMPORTS, imported_at=occurred_at),
        ),
        Rule("BaselineRecorded", "baselines", by("division", "year"), new_row(_BASELINES)),
        Rule("PointNoted", "points", by("point_id"), new_row(_POINTS)),
    ],
    vocabularies={SOURCE: EVENTS},
)
