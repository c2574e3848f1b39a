"""What the models of the clues service share in folding its events into rows."""

from __future__ import annotations

from typing import Any

from shared.projections.columns import occurred_at, version
from shared.projections.model import Fold, Key, ReadEvent, Row, Rule, Table, by, changed

SOURCE = "clues"


def new_row(table: Table, **given: Any) -> Fold:
    """A new row of what the event has, null for what comes later.

    `version`, `changed_at` and `sealed` are the event's own; `given` are constants, or functions
    of the event.
    """

    def fold(_: Row | None, event: ReadEvent, __: Key) -> Row:
        row = {name: event.data.get(name) for name in table.columns}
        own = {
            "version": event.version,
            "changed_at": event.occurred_at,
            "sealed": dict(event.sealed),
        }
        row |= {name: value for name, value in own.items() if name in table.columns}
        return {
            **row,
            **{name: its(event) if callable(its) else its for name, its in given.items()},
        }

    return fold


def changes(event: str, table: str, key: str, **values: Any) -> Rule:
    """The event changes these columns of the row that its field `key` names, and its version."""
    return Rule(event, table, by(key), changed(version=version, changed_at=occurred_at, **values))
