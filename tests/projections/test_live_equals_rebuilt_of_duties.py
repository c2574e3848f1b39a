"""Invariant 10 for duty records, over three logs that are delivered between each other."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg_pool import ConnectionPool

from services.assessment.views.duties import DUTIES
from services.assessment.views.duty_things import DUTY_THINGS
from shared.contracts.message import MessageType
from shared.projections.projector import Projector
from tests.contracts.values import instances
from tests.projections.making import Source, everything, feeds
from tests.projections.test_live_equals_rebuilt import PER_TEST, live_equals_rebuilt
from tests.services.assessment import duty_examples as example
from tests.services.assessment.duty_story import told

MODELS = (DUTIES, DUTY_THINGS)
FEW_POINTS = st.sampled_from([example.POINT, example.OTHER_POINT])
FEW_STREAMS = st.sampled_from(["thing-1", "thing-2"])
_FEW = ("publicity_id", "training_id", "question_id", "point_id")
_POINTS = st.lists(FEW_POINTS, max_size=2, unique=True)


def folded(source: str) -> list[MessageType]:
    """Every event of the source that a rule reads."""
    return [
        its
        for its in DUTIES.vocabularies[source]
        if any(model.rules_for(source, its.name) for model in MODELS)
    ]


@st.composite
def happened(draw: st.DrawFn, source: str) -> tuple[str, Any]:
    """Any event about one of a few things, whether or not it could happen."""
    message_type = draw(st.sampled_from(folded(source)))
    few: dict[str, Any] = {name: FEW_POINTS for name in _FEW if name in message_type.classes}
    if "attended" in message_type.classes:
        few |= {"attended": _POINTS, "absent": _POINTS}
    if "report_id" in message_type.classes:
        few["report_id"] = FEW_POINTS.map(lambda point: f"2025q4-{point}")
    if "funding_id" in message_type.classes:
        few["funding_id"] = FEW_POINTS.map(lambda point: f"2026-{point}")
    return draw(FEW_STREAMS), draw(instances(message_type, **few))


@settings(PER_TEST, max_examples=8)
@given(st.data())
def test_three_logs_give_the_rows_that_a_rebuild_gives(
    pool: ConnectionPool, data: st.DataObject
) -> None:
    sources = [Source(name, page=4) for name in DUTIES.sources]
    for source in sources:
        vocabulary = DUTIES.vocabularies[source.name]
        for stream, event in data.draw(st.lists(happened(source.name), max_size=8)):
            source.append(event, vocabulary.type_of(event), stream)
    live_equals_rebuilt(pool, data, [Projector(DUTIES, pool)], sources)
    own = [source for source in sources if source.name == "assessment"]
    live_equals_rebuilt(pool, data, [Projector(DUTY_THINGS, pool)], own)


def test_something_of_every_table_is_compared(pool: ConnectionPool) -> None:
    """Whatever is drawn, these leave a row in each table of duty records."""
    sources = {name: Source(name) for name in DUTIES.sources}
    for name, stream, event in told():
        sources[name].append(event, DUTIES.vocabularies[name].type_of(event), stream)
    for model in MODELS:
        projector = Projector(model, pool)
        its = feeds(*(sources[name] for name in model.sources))
        projector.install(its)
        projector.rebuild(its)
    rows = everything(pool, MODELS)
    assert [(m, t) for m, tables in rows.items() for t, its in tables.items() if not its] == []
