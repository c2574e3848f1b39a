"""Invariant 11: a new generation is built beside the old and shown in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from shared.contracts.stored import RecordedEvent
from shared.projections.model import Model
from shared.projections.projector import FeedBehind, Overtaken, Projector
from tests.projections.making import SHOP, Source, feeds, rows, scalar, shelved, sold, with_column

BOOK = str(uuid.uuid4())
GENERATIONS = "SELECT array_agg(DISTINCT generation ORDER BY generation) FROM readmodel.checkpoint"
TABLES = (
    "SELECT array_agg(relname::text ORDER BY relname) FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE nspname = 'readmodel' AND relkind IN ('r', 'v')"
)


@pytest.fixture
def till() -> Source:
    source = Source("till", page=5)
    source.record(*(sold(BOOK, 1 + n % 3) for n in range(12)))
    return source


@pytest.fixture
def shelf() -> Source:
    source = Source("shelf", page=5)
    source.record(*(shelved(BOOK, 1 + n % 28) for n in range(40)))
    return source


@pytest.fixture
def projector(pool: ConnectionPool, shelf: Source, till: Source) -> Projector:
    """The shop's model with both sources taken in to their ends."""
    made = Projector(SHOP, pool)
    made.install(feeds(shelf, till))
    for source in (shelf, till):
        follow(made, source)
    return made


def follow(projector: Projector, source: Source) -> None:
    while page := source.read(projector.checkpoint(source.name)):
        try:
            projector.apply(source.name, page)
        except Overtaken:
            continue


def whenever_read(source: Source, then: Callable[[int], None]) -> Any:
    """The source's feed, with something happening after each page that it serves."""

    def read(after: int) -> list[RecordedEvent]:
        page = source.read(after)
        then(after)
        return page

    return read


def test_a_rebuild_leaves_one_generation_with_the_same_rows_and_positions(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    before = rows(pool, SHOP)
    projector.rebuild(feeds(shelf, till))

    assert rows(pool, SHOP) == before
    assert projector.generation() == 2
    assert scalar(pool, GENERATIONS) == [2]
    assert (projector.checkpoint("shelf"), projector.checkpoint("till")) == (40, 12)


def test_what_is_applied_during_a_rebuild_is_in_the_new_generation(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    """After the feed has said "this is the end", the old generation goes on: the lost batch."""
    live = Projector(SHOP, pool)

    def one_more_sale_at_the_end(after: int) -> None:
        if after == 12 and len(till.events) == 12:
            till.record(sold(BOOK, 3, 7_777))
            follow(live, till)

    given = {"shelf": shelf.read, "till": whenever_read(till, one_more_sale_at_the_end)}
    projector.rebuild(given)

    assert live.checkpoint("till") == len(till.events) == 13
    assert sum(row["fen"] for row in rows(pool, SHOP)["takings"]) == 12 * 100 + 7_777


def test_a_projector_at_work_all_the_while_loses_and_doubles_nothing(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    live, over = Projector(SHOP, pool), Event()

    def keep_working() -> None:
        while not over.is_set() or live.checkpoint("shelf") < len(shelf.events):
            if not over.is_set():
                shelf.record(shelved(BOOK, 28))
            follow(live, shelf)

    worker = Thread(target=keep_working)
    worker.start()
    try:
        for _ in range(3):
            projector.rebuild(feeds(shelf, till))
    finally:
        over.set()
        worker.join()

    (book,) = rows(pool, SHOP)["books"]
    assert book["times"] == len(shelf.events) > 40
    assert projector.generation() == 4


def test_two_rebuilds_at_once_go_one_after_the_other(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    before = rows(pool, SHOP)
    threads = [
        Thread(target=Projector(SHOP, pool).rebuild, args=(feeds(shelf, till),)) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert rows(pool, SHOP) == before
    assert projector.generation() == 4
    assert scalar(pool, GENERATIONS) == [4]


def test_a_feed_that_ends_before_what_readers_have_seen_is_not_shown(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    before = rows(pool, SHOP)
    shorter = Source("till", events=till.events[:5])

    with pytest.raises(FeedBehind, match="till ends at 5, before 12"):
        projector.rebuild(feeds(shelf, shorter))

    assert rows(pool, SHOP) == before
    assert projector.generation() == 1


def test_what_a_killed_rebuild_left_is_cleared_away_by_the_next(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    def fails(after: int) -> list[RecordedEvent]:
        raise ConnectionError("the other service is away")

    with pytest.raises(ConnectionError):
        projector.rebuild({"shelf": shelf.read, "till": fails})
    assert scalar(pool, GENERATIONS) == [1, 2]

    projector.rebuild(feeds(shelf, till))
    assert scalar(pool, GENERATIONS) == [2]
    assert projector.checkpoint("till") == 12


def test_installing_again_without_a_change_rebuilds_nothing(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    Projector(SHOP, pool).install(feeds(shelf, till))
    assert projector.generation() == 1


def test_installing_a_changed_definition_rebuilds_and_shows_the_new_shape(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    newer = with_column(SHOP, "books", "shelf_number")
    Projector(newer, pool).install(feeds(shelf, till))

    (book,) = rows(pool, newer)["books"]
    assert (book["times"], book["shelf_number"]) == (40, None)
    assert Projector(newer, pool).checkpoint("shelf") == 40


def test_a_table_that_the_new_definition_has_no_more_goes_with_its_view(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    smaller = replace_tables(SHOP, {"books"})
    Projector(smaller, pool).install(feeds(shelf, till))
    assert scalar(pool, TABLES) == ["checkpoint", "model", "shop__books__g2", "shop_books"]


def test_a_source_that_is_new_to_the_model_is_taken_in_from_its_beginning(
    pool: ConnectionPool, shelf: Source, till: Source
) -> None:
    smaller = Projector(replace_tables(SHOP, {"books"}), pool)
    smaller.install(feeds(shelf))
    follow(smaller, shelf)

    grown = Projector(SHOP, pool)
    grown.install(feeds(shelf, till))
    assert (grown.checkpoint("shelf"), grown.checkpoint("till")) == (40, 12)


def test_processes_that_install_together_make_the_model_once(
    pool: ConnectionPool, shelf: Source, till: Source
) -> None:
    threads = [
        Thread(target=Projector(SHOP, pool).install, args=(feeds(shelf, till),)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Projector(SHOP, pool).generation() == 1


def replace_tables(model: Model, kept: set[str]) -> Model:
    tables = [table for table in model.tables if table.name in kept]
    rules = [rule for rule in model.rules if rule.table in kept]
    return replace(model, tables=tables, rules=rules)


@contextmanager
def readers(pool: ConnectionPool, query: str, seen: list[int]) -> Iterator[None]:
    """Two threads that read all the while; what they count goes into `seen`."""
    over, failures, started = Event(), list[BaseException](), Event()

    def read() -> None:
        try:
            while not over.is_set():
                seen.append(scalar(pool, query))
                started.set()
        except BaseException as error:
            failures.append(error)
            started.set()

    threads = [Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    started.wait()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert failures == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM readmodel.shop_books",
        # read in the order opposite to the one in which the swap takes its locks
        "SELECT count(DISTINCT b.book_id) FROM readmodel.shop_takings t, readmodel.shop_books b",
    ],
)
def test_readers_see_no_error_and_no_empty_table_during_rebuilds(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source, query: str
) -> None:
    seen: list[int] = []
    with readers(pool, query, seen):
        for _ in range(5):
            projector.rebuild(feeds(shelf, till))
    assert set(seen) == {1}


def test_a_swap_waits_for_a_reader_in_the_middle_of_a_transaction(
    pool: ConnectionPool, projector: Projector, shelf: Source, till: Source
) -> None:
    with pool.connection() as reader, reader.transaction():
        reader.execute("SELECT * FROM readmodel.shop_books")
        rebuild = Thread(target=projector.rebuild, args=(feeds(shelf, till),))
        rebuild.start()
        _wait_until_the_swap_gave_way(reader)
        again = reader.execute("SELECT times FROM readmodel.shop_books").fetchone()
    rebuild.join()

    assert again == (40,)
    assert projector.generation() == 2


def _wait_until_the_swap_gave_way(reader: psycopg.Connection[Any]) -> None:
    """The swap asks for a lock that the reader is in the way of, and lets go of it again."""
    asking = (
        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    )
    for wanted in (True, False):
        while reader.execute(asking.encode()).fetchone() != (wanted,):
            pass
