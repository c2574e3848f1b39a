"""An invented model over two logs, and recorded events for it and for any other."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from shared.contracts.fields import Day, Identifier, Text, Whole
from shared.contracts.message import MessageType, Vocabulary, define, internal, public
from shared.contracts.stored import RecordedEvent, Trace, store
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Summary, Table, by, changed

NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)

SHELF = Vocabulary("shelf", "event")
TILL = Vocabulary("till", "event")


@define(SHELF)
class BookShelved:
    book_id: str = public(Identifier())
    title: str = public(Text())
    shelved_on: dt.date = public(Day())


@define(SHELF)
class BookRemoved:
    book_id: str = public(Identifier())


@define(SHELF)
class NothingOfNote:
    note: str = internal(Text())


@define(TILL)
class BookSold:
    book_id: str = public(Identifier())
    sold_on: dt.date = public(Day())
    fen: int = public(Whole())


def _shelved(row: Row | None, event: ReadEvent, _: Key) -> Row:
    """Keeps the earliest day: a rule that reads a day out of its own row."""
    day = event.data["shelved_on"]
    earliest = day if row is None else min(row["first_shelved_on"], day)
    titles = [] if row is None else row["titles"]
    return {
        "book_id": event.data["book_id"],
        "first_shelved_on": earliest,
        "titles": [*titles, event.data["title"]],
        "times": 1 if row is None else row["times"] + 1,
        "changed_at": event.occurred_at,
        "note": None,
    }


def by_day(row: Row) -> list[tuple[Key, dict[str, Any]]]:
    """A book counts on the day on which it was first shelved, by how often it was."""
    return [((row["first_shelved_on"],), {"books": 1, "shelved": {str(row["times"]): 1}})]


def _sold(row: Row | None, event: ReadEvent, key: Key) -> Row:
    before = 0 if row is None else row["fen"]
    return {"sold_on": key[0], "fen": before + event.data["fen"]}


SHOP = Model(
    name="shop",
    tables=[
        Table(
            "books",
            "shelf",
            key=("book_id",),
            columns={
                "book_id": "text",
                "first_shelved_on": "date NOT NULL",
                "titles": "jsonb NOT NULL",
                "times": "integer NOT NULL",
                "changed_at": "timestamptz NOT NULL",
                "note": "jsonb",
            },
        ),
        Summary(
            "days",
            "shelf",
            key=("first_shelved_on",),
            columns={
                "first_shelved_on": "date",
                "books": "bigint NOT NULL",
                "shelved": "jsonb NOT NULL",
            },
            of="books",
            cells=by_day,
        ),
        Table(
            "takings",
            "till",
            key=("sold_on",),
            columns={"sold_on": "date", "fen": "bigint NOT NULL"},
        ),
    ],
    rules=[
        Rule("BookShelved", "books", by("book_id"), _shelved),
        Rule("BookRemoved", "books", by("book_id"), lambda _row, _event, _key: None),
        Rule("BookSold", "takings", by("sold_on"), _sold),
    ],
    vocabularies={"shelf": SHELF, "till": TILL},
)


def with_column(model: Model, table: str, column: str) -> Model:
    """The model with one column more, which says how often the book was shelved, doubled."""
    tables = [
        replace(its, columns={**its.columns, column: "integer"}) if its.name == table else its
        for its in model.tables
    ]
    doubled = changed(**{column: None})

    def fold(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
        return doubled(_shelved(row, event, key), event, key)

    rules = [replace(its, fold=fold) if its.event == "BookShelved" else its for its in model.rules]
    return Model(model.name, tables, rules, model.vocabularies)


@dataclass
class Source:
    """A log in memory: what a feed serves, a page of `page` events at a time."""

    name: str
    page: int = 1_000
    events: list[RecordedEvent] = field(default_factory=list)

    def record(self, *events: Any) -> Sequence[RecordedEvent]:
        vocabulary = SHELF if self.name == "shelf" else TILL
        return [self.append(event, vocabulary.type_of(event)) for event in events]

    def append(
        self, event: Any, message_type: MessageType, stream: str | None = None
    ) -> RecordedEvent:
        position, stream = len(self.events) + 1, stream or f"things-{self.name}"
        stored = store(
            event,
            message_type,
            log=self.name,
            stream=stream,
            version=1 + sum(its.event.stream == stream for its in self.events),
            occurred_at=NOON + dt.timedelta(minutes=position),
            trace=Trace("officer", "officer-1", str(uuid.uuid4()), str(uuid.uuid4())),
            seal=lambda subject, context, plaintext: os.urandom(24),
        )
        recorded = RecordedEvent(position, stored.occurred_at, stored)
        self.events.append(recorded)
        return recorded

    def read(self, after: int) -> list[RecordedEvent]:
        return self.events[after : after + self.page]


def shelved(book: str, day: int = 1, title: str = "书") -> BookShelved:
    return BookShelved(book_id=book, title=title, shelved_on=dt.date(2026, 1, day))


def of_no_note() -> NothingOfNote:
    return NothingOfNote(note="nothing")


def sold(book: str, day: int = 1, fen: int = 100) -> BookSold:
    return BookSold(book_id=book, sold_on=dt.date(2026, 2, day), fen=fen)


def feeds(*sources: Source) -> dict[str, Any]:
    return {source.name: source.read for source in sources}


def rows(pool: ConnectionPool, model: Model) -> dict[str, list[dict[str, Any]]]:
    """Everything readers see of a model, by table, in key order."""
    seen = {}
    for table in model.tables:
        query = sql.SQL("SELECT * FROM {} ORDER BY {}").format(
            sql.Identifier("readmodel", f"{model.name}_{table.name}"),
            sql.SQL(", ").join(map(sql.Identifier, table.key)),
        )
        with (
            pool.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            seen[table.name] = cursor.execute(query).fetchall()
    return seen


def everything(pool: ConnectionPool, models: Iterable[Model]) -> Any:
    return {model.name: rows(pool, model) for model in models}


def scalar(pool: ConnectionPool, query: str) -> Any:
    with pool.connection() as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]
