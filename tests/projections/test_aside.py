"""As-of equals the live model at that vector; a comparison names exactly what differs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg_pool import ConnectionPool

from shared.projections import aside
from shared.projections.projector import Projector
from tests.projections.conftest import empty
from tests.projections.making import SHOP, Source, everything, feeds, rows, shelved, sold
from tests.projections.test_live_equals_rebuilt import BOOKS, PER_TEST, shelf_events, till_events


def snapshot(build: aside.ModelAside) -> dict[str, list[dict[str, Any]]]:
    seen: dict[str, list[dict[str, Any]]] = {table.name: [] for table in SHOP.tables}
    for table, row in build.rows():
        seen[table].append(row)
    return seen


@PER_TEST
@given(st.lists(shelf_events, max_size=12), st.lists(till_events, max_size=12), st.data())
def test_as_of_a_vector_is_what_was_shown_there(
    room: ConnectionPool, shelf_has: list[Any], till_has: list[Any], data: st.DataObject
) -> None:
    shelf, till = Source("shelf", page=4), Source("till", page=4)
    shelf.record(*shelf_has)
    till.record(*till_has)
    vector = {
        "shelf": data.draw(st.integers(0, len(shelf_has))),
        "till": data.draw(st.integers(0, len(till_has))),
    }
    part_shelf, part_till = Source("shelf"), Source("till")
    part_shelf.events, part_till.events = (
        shelf.events[: vector["shelf"]],
        till.events[: vector["till"]],
    )
    empty(room)
    projector = Projector(SHOP, room)
    projector.install({})
    projector.rebuild(feeds(part_shelf, part_till))
    live = rows(room, SHOP)

    with aside.opened(SHOP, room, feeds(shelf, till)) as build:
        build.load(vector)
        assert snapshot(build) == live
        assert build.differences(moving=True) == []


def test_a_row_that_was_changed_behind_the_model_is_named(pool: ConnectionPool) -> None:
    shelf, till = Source("shelf"), Source("till")
    shelf.record(shelved(BOOKS[0]), shelved(BOOKS[1]))
    till.record(sold(BOOKS[0]))
    projector = Projector(SHOP, pool)
    projector.install(feeds(shelf, till))
    projector.rebuild(feeds(shelf, till))
    first = next(iter(SHOP.tables))
    with pool.connection() as connection:
        active = projector.generation()
        table = f"readmodel.{SHOP.name}__{first.name}__g{active}"
        connection.execute(f"DELETE FROM {table}".encode())

    with aside.opened(SHOP, pool, feeds(shelf, till)) as build:
        build.load(aside.shown(SHOP, pool))
        found = build.differences(moving=True)

    assert {(its.table, its.aside) for its in found} == {(first.name, True)}
    assert everything(pool, [SHOP])[SHOP.name][first.name] == [], "comparing changes nothing"


def test_a_log_that_ends_before_the_vector_is_said(pool: ConnectionPool) -> None:
    shelf, till = Source("shelf"), Source("till")
    Projector(SHOP, pool).install(feeds(shelf, till))
    with (
        aside.opened(SHOP, pool, feeds(shelf, till)) as build,
        pytest.raises(ValueError, match="shelf ends at 0, before 1"),
    ):
        build.load({"shelf": 1, "till": 0})


def test_a_day_is_each_sources_prefix_up_to_its_end_in_shanghai() -> None:
    shelf = Source("shelf", page=2)
    events = shelf.record(*(shelved(BOOKS[0]) for _ in range(5)))
    midnight = dt.datetime(2026, 5, 1, 16, 0, tzinfo=dt.UTC)
    moments = [midnight - dt.timedelta(hours=h) for h in (30, 2)] + [
        midnight - dt.timedelta(microseconds=1),
        midnight,
        midnight + dt.timedelta(days=3),
    ]
    shelf.events = [
        type(its)(its.position, moment, its.event)
        for its, moment in zip(events, moments, strict=True)
    ]
    assert aside.vector_of_day(feeds(shelf), dt.date(2026, 5, 1)) == {"shelf": 3}
    assert aside.vector_of_day(feeds(shelf), dt.date(2026, 4, 1)) == {"shelf": 0}
    assert aside.vector_of_day(feeds(shelf), dt.date(2027, 1, 1)) == {"shelf": 5}


@pytest.mark.parametrize("text", ["", "registry", "registry=x", "registry=1,registry=2", "=3x"])
def test_a_vector_is_written_one_way(text: str) -> None:
    assert aside.parse_vector("registry=120,clues=88") == {"registry": 120, "clues": 88}
    assert aside.vector_text({"registry": 120, "clues": 88}) == "clues=88,registry=120"
    with pytest.raises(ValueError, match="is not like"):
        aside.parse_vector(text)
