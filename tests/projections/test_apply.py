"""A batch changes rows and checkpoint together, or nothing."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from psycopg_pool import ConnectionPool

from shared.contracts.errors import Invalid
from shared.projections.model import Model, Table
from shared.projections.projector import Overtaken, Projector, Superseded
from tests.projections.making import (
    SHOP,
    Source,
    feeds,
    of_no_note,
    rows,
    scalar,
    shelved,
    sold,
    with_column,
)

BOOK = str(uuid.uuid4())


@pytest.fixture
def shelf() -> Source:
    source = Source("shelf")
    source.record(*(shelved(BOOK, day) for day in range(1, 7)))
    return source


@pytest.fixture
def projector(pool: ConnectionPool) -> Projector:
    made = Projector(SHOP, pool)
    made.install(feeds(Source("shelf"), Source("till")))
    return made


@pytest.mark.parametrize("first", [0, 1, 3, 4])
def test_a_batch_that_does_not_begin_behind_the_checkpoint_changes_nothing(
    pool: ConnectionPool, projector: Projector, shelf: Source, first: int
) -> None:
    projector.apply("shelf", shelf.events[:2])
    before = rows(pool, SHOP)

    with pytest.raises(Overtaken):
        projector.apply("shelf", shelf.events[first : first + 2])

    assert rows(pool, SHOP) == before
    assert projector.checkpoint("shelf") == 2


def test_a_batch_with_a_gap_inside_is_refused(
    pool: ConnectionPool, projector: Projector, shelf: Source
) -> None:
    with pytest.raises(ValueError, match="stands where"):
        projector.apply("shelf", [shelf.events[0], shelf.events[2]])
    assert rows(pool, SHOP)["books"] == []
    assert projector.checkpoint("shelf") == 0


def test_events_of_another_source_are_refused(projector: Projector, shelf: Source) -> None:
    with pytest.raises(ValueError, match="stands where"):
        projector.apply("till", shelf.events[:1])
    assert projector.checkpoint("till") == 0


def test_a_source_moves_its_own_checkpoint_alone(projector: Projector) -> None:
    projector.apply("till", Source("till").record(sold(BOOK)))
    assert (projector.checkpoint("till"), projector.checkpoint("shelf")) == (1, 0)


def test_a_batch_with_nothing_for_the_model_moves_its_place_and_only_from_where_it_begins(
    pool: ConnectionPool, projector: Projector, shelf: Source
) -> None:
    projector.apply("shelf", shelf.events)
    before = rows(pool, SHOP)
    nothing = shelf.record(of_no_note(), of_no_note())

    assert projector.apply("shelf", nothing) == projector.checkpoint("shelf") == 8
    with pytest.raises(Overtaken):
        projector.apply("shelf", nothing)
    assert (rows(pool, SHOP), projector.checkpoint("shelf")) == (before, 8)


def test_nor_does_it_move_a_place_that_is_not_its_own(pool: ConnectionPool) -> None:
    nothing = Source("shelf").record(of_no_note())
    with pytest.raises(LookupError, match="not installed"):
        Projector(SHOP, pool).apply("shelf", nothing)
    newer = Projector(with_column(SHOP, "books", "shelf_number"), pool)
    newer.install(feeds(Source("shelf"), Source("till")))
    with pytest.raises(Superseded):
        Projector(SHOP, pool).apply("shelf", nothing)
    assert newer.checkpoint("shelf") == 0


def test_a_rule_that_fails_changes_neither_rows_nor_checkpoint(
    pool: ConnectionPool, projector: Projector, shelf: Source
) -> None:
    projector.apply("shelf", shelf.events[:2])
    before = rows(pool, SHOP)

    def fails_at_five(row, event, key):  # type: ignore[no-untyped-def]
        if event.position == 5:
            raise KeyError("nobody thought of this")
        return SHOP.rules[0].fold(row, event, key)

    broken = Model(
        SHOP.name, SHOP.tables, [replace(SHOP.rules[0], fold=fails_at_five)], SHOP.vocabularies
    )
    with pytest.raises(KeyError):
        Projector(broken, pool).apply("shelf", shelf.events[2:])

    assert rows(pool, SHOP) == before
    assert projector.checkpoint("shelf") == 2


def test_an_event_newer_than_this_code_stops_the_model_in_front_of_it(
    pool: ConnectionPool, projector: Projector, shelf: Source
) -> None:
    newer = shelf.events[1]
    newer = replace(newer, event=replace(newer.event, schema_version=2))
    with pytest.raises(Invalid) as refusal:
        projector.apply("shelf", [shelf.events[0], newer])
    assert refusal.value.problems[0].code == "too_new"
    assert projector.checkpoint("shelf") == 0


def test_two_projectors_racing_apply_every_event_once(
    pool: ConnectionPool, projector: Projector
) -> None:
    shelf = Source("shelf", page=3)
    shelf.record(*(shelved(BOOK, 1 + n % 28) for n in range(60)))

    def follow(own: Projector) -> int:
        overtaken = 0
        while page := shelf.read(own.checkpoint("shelf")):
            try:
                own.apply("shelf", page)
            except Overtaken:
                overtaken += 1
        return overtaken

    racers = [Projector(SHOP, pool) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(follow, racers))

    (book,) = rows(pool, SHOP)["books"]
    assert book["times"] == 60
    assert projector.checkpoint("shelf") == 60


def test_older_code_does_not_write_into_a_model_rebuilt_in_another_shape(
    pool: ConnectionPool, projector: Projector, shelf: Source
) -> None:
    newer = with_column(SHOP, "books", "shelf_number")
    Projector(newer, pool).install(feeds(shelf, Source("till")))

    with pytest.raises(Superseded):
        projector.apply("shelf", shelf.record(shelved(BOOK)))
    assert scalar(pool, "SELECT times FROM readmodel.shop_books") == 6


def test_a_model_that_is_not_installed_takes_nothing(pool: ConnectionPool, shelf: Source) -> None:
    with pytest.raises(LookupError, match="not installed"):
        Projector(SHOP, pool).apply("shelf", shelf.events)


def test_a_column_type_that_changes_on_its_way_through_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="has no uuid"):
        Table("things", "shelf", key=("id",), columns={"id": "uuid"})
