"""Themes, and units that were inspected more often than they should."""

from __future__ import annotations

from services.clues.views.folding import SOURCE, changes
from shared.contracts.clues.events import EVENTS
from shared.projections.columns import occurred_at, of_event
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_THEMES = Table(
    "themes",
    SOURCE,
    key=("theme_id",),
    columns={
        "theme_id": "text",
        "status": "text NOT NULL",
        "kind": "text NOT NULL",
        "division": "text NOT NULL",
        "body": "text NOT NULL",
        "counted": "integer NOT NULL",
        "clue_ids": "jsonb NOT NULL",
        "raised_at": "timestamptz",
        "first_on": "date",
        "last_on": "date NOT NULL",
        "measures": "text",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("status", "last_on", "theme_id"),),
)

_INSPECTIONS = Table(
    "inspections",
    SOURCE,
    key=("inspections_id",),
    columns={
        "inspections_id": "text",
        "year": "integer NOT NULL",
        "division": "text NOT NULL",
        "number": "integer NOT NULL",
        "inspection_ids": "jsonb NOT NULL",
        "most": "integer",
    },
    indexes=(("year", "number"),),
)


def _counted(row: Row | None, event: ReadEvent, _: Key) -> Row:
    """`clue_ids` are those since it was concluded last."""
    same = {name: event.data[name] for name in ("theme_id", "kind", "body", "division")}
    before: Row = row or {**dict.fromkeys(_THEMES.columns), "counted": 0, "clue_ids": []}
    watched = row is None or row["status"] == "concluded"
    return {
        **before,
        **same,
        "status": "watched" if watched else before["status"],
        "counted": before["counted"] + 1,
        "clue_ids": [*before["clue_ids"], event.data["clue_id"]],
        "last_on": event.data["counted_on"],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _one_more(row: Row | None, event: ReadEvent, _: Key) -> Row:
    before: Row = row or {"inspection_ids": [], "most": None}
    same = {name: event.data[name] for name in ("inspections_id", "year", "division", "number")}
    ids = [*before["inspection_ids"], event.data["inspection_id"]]
    return {**before, **same, "inspection_ids": ids}


def _too_often(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    return None if row is None else {**row, "most": event.data["most"]}


THEMES = Model(
    name="themes",
    tables=[_THEMES, _INSPECTIONS],
    rules=[
        Rule("ClueCounted", "themes", by("theme_id"), _counted),
        changes(
            "ThemeRaised",
            "themes",
            "theme_id",
            status="raised",
            raised_at=occurred_at,
            first_on=of_event("first_on"),
        ),
        changes(
            "ThemeConcluded",
            "themes",
            "theme_id",
            status="concluded",
            clue_ids=lambda _: [],
            measures=of_event("measures"),
        ),
        Rule("InspectionCounted", "inspections", by("inspections_id"), _one_more),
        Rule("InspectedTooOften", "inspections", by("inspections_id"), _too_often),
    ],
    vocabularies={SOURCE: EVENTS},
)
