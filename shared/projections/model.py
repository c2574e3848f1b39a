"""What a read model is: tables, and pure rules that fold events into their rows.

A rule names the rows an event touches and gives each row's next value. It sees no clock, no
other rows and no other source, so a model rebuilt from the logs equals the live one row for
row, however deliveries were split and interleaved.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.message import Vocabulary
from shared.contracts.stored import RecordedEvent

Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class ReadEvent:
    """An event as a rule sees it: upcast, its clear values as plain JSON, sealed ones unopened.

    sealed: field -> {"subject", "ciphertext" (base64)}
    """

    source: str
    position: int
    stream: str
    version: int
    type: str
    occurred_at: dt.datetime
    data: Mapping[str, Any]
    sealed: Mapping[str, Any]


Keys = Callable[[ReadEvent], Iterable[Key]]
Fold = Callable[[Row | None, ReadEvent, Key], Row | None]
"""The row's next value; None removes the row."""


@dataclass(frozen=True)
class Rule:
    """What one event type does to the rows of one table."""

    event: str
    table: str
    keys: Keys
    fold: Fold


COLUMN_TYPES = frozenset({"text", "integer", "bigint", "boolean", "date", "timestamptz", "jsonb"})
"""Types whose values a rule sees the same before and after they were in a table.

A day is text `YYYY-MM-DD` for a rule, an instant an aware datetime.
"""


@dataclass(frozen=True)
class Table:
    """A table fed by one source alone. `columns`: name -> PostgreSQL type, keys first.

    Raises ValueError for a type that is not one of COLUMN_TYPES, with or without NOT NULL.
    """

    name: str
    source: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    indexes: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        for column, kind in self.columns.items():
            if kind.removesuffix(" NOT NULL") not in COLUMN_TYPES:
                raise ValueError(f"{self.name}.{column}: a table here has no {kind}")


Cells = Callable[[Row], Iterable[tuple[Key, Mapping[str, Any]]]]
"""What one row counts for: cells of a summary, by key, with what each measure gets of it."""


@dataclass(frozen=True)
class Summary(Table):
    """A table of sums over the rows of another, `of`, which is of the same source.

    Every column beside the key is a measure: an integer that is added up, or as jsonb a histogram,
    value -> how often. A row that changes takes back what it counted for before. So a question
    about a hundred thousand cases reads some hundred cells, and a cell is what a rebuild makes it.
    """

    of: str = ""
    cells: Cells = lambda _: ()


@dataclass(frozen=True)
class Model:
    """A read model over the logs of its tables' sources."""

    name: str
    tables: Sequence[Table]
    rules: Sequence[Rule]
    vocabularies: Mapping[str, Vocabulary]
    _by_event: Mapping[tuple[str, str], list[Rule]] = field(init=False, repr=False)
    _definition: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_event: dict[tuple[str, str], list[Rule]] = {}
        for rule in self.rules:
            by_event.setdefault((self.table(rule.table).source, rule.event), []).append(rule)
        object.__setattr__(self, "_by_event", by_event)
        shape = [(t.name, t.source, t.key, sorted(t.columns.items())) for t in self.tables]
        digest = hashlib.sha256(repr(shape).encode()).hexdigest()
        object.__setattr__(self, "_definition", digest)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({table.source for table in self.tables}))

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def rules_for(self, source: str, event: str) -> Sequence[Rule]:
        return self._by_event.get((source, event), ())

    def definition(self) -> str:
        """Digest of the tables' shape, by which a changed model is noticed."""
        return self._definition

    def read(self, recorded: RecordedEvent) -> ReadEvent | None:
        """The event for the rules, or None when no rule asks for its type.

        Raises Invalid when the stored version cannot be read by this code.
        """
        event = recorded.event
        if not self.rules_for(event.log, event.type):
            return None
        vocabulary = self.vocabularies[event.log]
        # Past the frozen __init__, which sets each field by a call: it took a sixth of a batch.
        read = ReadEvent.__new__(ReadEvent)
        vars(read).update(
            source=event.log,
            position=recorded.position,
            stream=event.stream,
            version=event.version,
            type=event.type,
            occurred_at=event.occurred_at,
            data=vocabulary.upcast(event.type, event.schema_version, event.clear()),
            sealed=event.sealed,
        )
        return read


def by(*names: str) -> Keys:
    """The single row named by these values of the event."""
    if len(names) == 1:
        (name,) = names
        return lambda event: [(event.data[name],)]
    return lambda event: [tuple(event.data[name] for name in names)]


def changed(**values: Any) -> Fold:
    """A fold that sets columns to constants, or to what a function of the event gives."""

    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        if row is None:
            return None
        return {**row, **{n: v(event) if callable(v) else v for n, v in values.items()}}

    return fold
