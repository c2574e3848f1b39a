"""Keeps summaries: what rows counted for before a batch is taken back, what they count for now is
added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.projections import tables
from shared.projections.model import Key, Model, Row, Summary

Rows = Mapping[Key, Row | None]


def summarise(
    connection: tables.Connection,
    model: Model,
    before: Mapping[str, Rows],
    after: Mapping[str, Rows],
    generation: int,
) -> None:
    """Bring every summary of a table that was touched to where the table is now."""
    for table in model.tables:
        if isinstance(table, Summary) and table.of in after:
            changes = _changes(table, before[table.of], after[table.of])
            found = tables.rows_of(connection, model, table, generation, list(changes))
            sums = {
                key: _row(table, key, _sum(table, found.get(key), change))
                for key, change in changes.items()
            }
            tables.write(connection, model, table, generation, sums)


def _changes(table: Summary, before: Rows, after: Rows) -> dict[Key, dict[str, Any]]:
    changes: dict[Key, dict[str, Any]] = {}
    for key, row in after.items():
        if row != before[key]:
            for its, sign in ((before[key], -1), (row, 1)):
                for cell, measures in table.cells(its) if its is not None else ():
                    sums = changes.setdefault(cell, {})
                    for name, value in measures.items():
                        sums[name] = _added(sums.get(name), value, sign)
    return {cell: sums for cell, sums in changes.items() if any(sums.values())}


def _sum(table: Summary, row: Row | None, change: Mapping[str, Any]) -> dict[str, Any]:
    """All measures of a cell; those that are not among the changes are as before."""
    empty: dict[str, Any] = {
        name: {} if kind.startswith("jsonb") else 0
        for name, kind in table.columns.items()
        if name not in table.key
    }
    return {
        name: _added(row[name] if row else zero, change.get(name, zero), 1)
        for name, zero in empty.items()
    }


def _row(table: Summary, key: Key, sums: dict[str, Any]) -> Row | None:
    """The row; None for a cell in which nothing is left."""
    return {**dict(zip(table.key, key, strict=True)), **sums} if any(sums.values()) else None


def _added(one: Any, other: Any, sign: int) -> Any:
    """Of two counts, or of two histograms without the values that are left with none."""
    if isinstance(other, Mapping):
        counted = dict(one or {})
        for value, number in other.items():
            counted[value] = counted.get(value, 0) + sign * number
        return {value: number for value, number in counted.items() if number}
    return (one or 0) + sign * other
