"""Folds a batch of events into a generation's rows: read the rows touched, fold, write once."""

from __future__ import annotations

from collections.abc import Sequence

from shared.projections import tables
from shared.projections.model import Key, Model, ReadEvent, Row


def fold(
    connection: tables.Connection, model: Model, events: Sequence[ReadEvent], generation: int
) -> None:
    """Apply the events in order, inside the caller's transaction."""
    held: dict[str, dict[Key, Row | None]] = {}
    for name, keys in _touched(model, events).items():
        found = tables.rows_of(connection, model, model.table(name), generation, list(keys))
        held[name] = {key: found.get(key) for key in keys}
    for event in events:
        for rule in model.rules_for(event.source, event.type):
            rows = held[rule.table]
            for key in rule.keys(event):
                rows[key] = rule.fold(rows[key], event, key)
    for name, rows in held.items():
        tables.write(connection, model, model.table(name), generation, rows)


def _touched(model: Model, events: Sequence[ReadEvent]) -> dict[str, dict[Key, None]]:
    touched: dict[str, dict[Key, None]] = {}
    for event in events:
        for rule in model.rules_for(event.source, event.type):
            touched.setdefault(rule.table, {}).update(dict.fromkeys(rule.keys(event)))
    return touched
