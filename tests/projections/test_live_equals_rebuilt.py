"""Invariant 10: live = rebuilt, row for row, however deliveries were split and interleaved."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg_pool import ConnectionPool

from services.assessment.views.coverage import COVERAGE
from services.registry.views import MODELS
from shared.contracts.registry.events import EVENTS
from shared.contracts.stored import internal_form
from shared.projections.model import Model, Summary
from shared.projections.projector import Projector
from shared.service.following import applier
from tests.contracts.values import instances
from tests.projections.making import SHOP, Source, everything, feeds, shelved, sold
from tests.projections.making import BookRemoved as Removed
from tests.projections.making import NothingOfNote as Nothing

ALL = (*MODELS, COVERAGE)
BOOKS = [str(uuid.uuid5(uuid.NAMESPACE_OID, f"book {n}")) for n in range(3)]
FEW_IDS = st.sampled_from(BOOKS)
_IDENTIFIERS = (
    "application_id", "batch_id", "notice_id", "objection_id", "point_id", "renewal_id",
    "retirement_id", "into_point_id", "merged_point_id", "document_id", "opinion_id",
    "deliberation_id", "about",
)  # fmt: skip
_FOLDED = [its for its in EVENTS if any(model.rules_for("registry", its.name) for model in ALL)]
PER_TEST = settings(
    max_examples=12,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.large_base_example,
    ],
)

shelf_events = st.one_of(
    st.builds(shelved, FEW_IDS, st.integers(1, 28), st.sampled_from(["甲", "乙"])),
    st.builds(lambda book: Removed(book_id=book), FEW_IDS),
    st.just(Nothing(note="a quiet day")),
)
till_events = st.builds(sold, FEW_IDS, st.integers(1, 3), st.integers(0, 500))


@st.composite
def registry_events(draw: st.DrawFn) -> Any:
    """Any event of the registry about one of a few things, whether or not it could happen."""
    message_type = draw(st.sampled_from(_FOLDED))
    few = {name: FEW_IDS for name in _IDENTIFIERS if name in message_type.classes}
    return draw(instances(message_type, **few))


def deliver(data: st.DataObject, projectors: list[Projector], sources: list[Source]) -> None:
    """Deliveries as a subscription makes them: split anyhow, overlapping, doubled, interleaved."""
    appliers = {source.name: applier(projectors, source.name) for source in sources}
    while open_ones := [
        source for source in sources if appliers[source.name][1]() < len(source.events)
    ]:
        source = data.draw(st.sampled_from(open_ones), label="source")
        apply, checkpoint = appliers[source.name]
        done = checkpoint()
        first = data.draw(st.integers(max(0, done - 2), done), label="from")
        last = data.draw(st.integers(first + 1, len(source.events)), label="to")
        apply([internal_form(recorded) for recorded in source.events[first:last]])


@PER_TEST
@given(st.data())
def test_two_interleaved_sources_give_the_rows_that_a_rebuild_gives(
    pool: ConnectionPool, data: st.DataObject
) -> None:
    shelf, till = Source("shelf", page=3), Source("till", page=3)
    shelf.record(*data.draw(st.lists(shelf_events, max_size=12)))
    till.record(*data.draw(st.lists(till_events, max_size=8)))
    live_equals_rebuilt(pool, data, [Projector(SHOP, pool)], [shelf, till])
    assert summed_as_counted(everything(pool, [SHOP]), SHOP)


@PER_TEST
@given(st.data())
def test_the_services_own_models_give_the_rows_that_a_rebuild_gives(
    pool: ConnectionPool, data: st.DataObject
) -> None:
    registry = Source("registry", page=4)
    for event in data.draw(st.lists(registry_events(), min_size=1, max_size=12)):
        registry.append(event, EVENTS.type_of(event))
    projectors = [Projector(model, pool) for model in ALL]
    live_equals_rebuilt(pool, data, projectors, [registry])


def summed_as_counted(rows: Any, model: Model) -> bool:
    """Whether each summary is what its rows give when they are counted one by one."""
    summaries = [table for table in model.tables if isinstance(table, Summary)]
    assert summaries
    for table in summaries:
        counted: dict[Any, dict[str, Counter[str]]] = {}
        for row in rows[model.name][table.of]:
            spelt = {
                name: str(its) if isinstance(its, dt.date) else its for name, its in row.items()
            }
            for key, measures in table.cells(spelt):
                sums = counted.setdefault(key, {})
                for name, its in measures.items():
                    sums.setdefault(name, Counter())
                    sums[name].update(its if isinstance(its, dict) else {"": its})
        kept = {
            tuple(str(row[name]) for name in table.key): {
                name: Counter(row[name] if isinstance(row[name], dict) else {"": row[name]})
                for name in row
                if name not in table.key and row[name]
            }
            for row in rows[model.name][table.name]
        }
        if kept != counted:
            return False
    return True


def live_equals_rebuilt(
    pool: ConnectionPool, data: st.DataObject, projectors: list[Projector], sources: list[Source]
) -> None:
    _start_afresh(pool, projectors)
    deliver(data, projectors, sources)
    models = [projector.model for projector in projectors]
    live = everything(pool, models)
    for projector in projectors:
        for source in sources:
            assert projector.checkpoint(source.name) == len(source.events)
        projector.rebuild(feeds(*sources))

    assert everything(pool, models) == live


def _start_afresh(pool: ConnectionPool, projectors: list[Projector]) -> None:
    """Every example begins with empty models: a rebuild from nothing, without its checkpoint."""
    for projector in projectors:
        nothing: dict[str, Any] = {source: lambda after: [] for source in projector.model.sources}
        with pool.connection() as connection:
            connection.execute(
                "UPDATE readmodel.checkpoint SET position = 0 WHERE model = %s",
                (projector.model.name,),
            )
        projector.install(nothing)
        projector.rebuild(nothing)


@pytest.mark.parametrize("split", [1, 2, 3])
def test_a_rule_that_reads_a_day_out_of_its_row_sees_one_spelling_of_it(
    pool: ConnectionPool, split: int
) -> None:
    source, projector = Source("shelf"), Projector(SHOP, pool)
    source.record(shelved(BOOKS[0], 9), shelved(BOOKS[0], 5), shelved(BOOKS[0], 7))
    projector.install(feeds(source, Source("till")))
    for first in range(0, 3, split):
        projector.apply("shelf", source.events[first : first + split])

    (row,) = everything(pool, [SHOP])["shop"]["books"]
    assert str(row["first_shelved_on"]) == "2026-01-05"
    assert (row["times"], row["note"]) == (3, None)


def test_rows_keyed_by_a_day_are_found_again_in_the_next_batch(pool: ConnectionPool) -> None:
    source, projector = Source("till"), Projector(SHOP, pool)
    projector.install(feeds(source, Source("shelf")))
    for recorded in source.record(sold(BOOKS[0], 1, 300), sold(BOOKS[1], 1, 50)):
        projector.apply("till", [recorded])

    (row,) = everything(pool, [SHOP])["shop"]["takings"]
    assert row["fen"] == 350


def test_an_absent_json_value_is_null_to_sql_too(pool: ConnectionPool) -> None:
    source, projector = Source("shelf"), Projector(SHOP, pool)
    projector.install(feeds(source, Source("till")))
    projector.apply("shelf", source.record(shelved(BOOKS[0])))

    with pool.connection() as connection:
        found = connection.execute(
            "SELECT count(*) FROM readmodel.shop_books WHERE note IS NULL"
        ).fetchone()
    assert found == (1,)
