"""Folds a batch of events into a generation's rows: read the rows touched, fold, write once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shared.projections import tables
from shared.projections.model import Fold, Key, Model, ReadEvent, Row
from shared.projections.summing import summarise


def fold(
    connection: tables.Connection, model: Model, events: Sequence[ReadEvent], generation: int
) -> None:
    """Apply the events in order, inside the caller's transaction."""
    steps = [
        _Step(rule.table, key, rule.fold, event)
        for event in events
        for rule in model.rules_for(event.source, event.type)
        for key in rule.keys(event)
    ]
    held = _rows_touched(connection, model, steps, generation)
    before = {name: dict(rows) for name, rows in held.items()}
    for table, key, change, event in steps:
        rows = held[table]
        rows[key] = change(rows[key], event, key)
    for name, rows in held.items():
        tables.write(connection, model, model.table(name), generation, rows)
    summarise(connection, model, before, held, generation)


class _Step(NamedTuple):
    """What one rule does to one row because of one event."""

    table: str
    key: Key
    change: Fold
    event: ReadEvent


def _rows_touched(
    connection: tables.Connection, model: Model, steps: Sequence[_Step], generation: int
) -> dict[str, dict[Key, Row | None]]:
    keys: dict[str, dict[Key, None]] = {}
    for step in steps:
        keys.setdefault(step.table, {})[step.key] = None
    held: dict[str, dict[Key, Row | None]] = {}
    for name, wanted in keys.items():
        found = tables.rows_of(connection, model, model.table(name), generation, list(wanted))
        held[name] = {key: found.get(key) for key in wanted}
    return held
