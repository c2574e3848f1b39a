"""Invariant 10 for every read model of clues, over whole cases as they may happen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg_pool import ConnectionPool

from services.assessment.views.supervision import SUPERVISION
from services.clues.handlers import aggregates as of
from services.clues.views import MODELS
from shared.contracts.clues.events import EVENTS
from shared.contracts.days import ONE_DAY
from shared.erasure import domain
from shared.erasure.aggregate import ERASURE
from shared.keeping.handlers import KNOWN_POINT
from shared.projections.projector import Projector
from shared.service.aggregate import Aggregate
from tests.projections.making import Source, everything, feeds
from tests.projections.test_live_equals_rebuilt import (
    PER_TEST,
    live_equals_rebuilt,
    summed_as_counted,
)
from tests.services.clues import examples as example
from tests.services.clues.drawing import STORIES, By
from tests.services.clues.stories import Later
from tests.services.clues.telling import OFFICER, Story
from tests.services.clues.test_whole_case import REACHED, Case
from tests.services.erasure import examples as erasing

ALL = (*MODELS, SUPERVISION)
"""Of the clues service itself, and what the assessment makes of its log."""

Happened = list[tuple[str, Any]]
"""Events in their order, each with its stream."""

IDS = {
    of.CLUE.prefix: example.CLUE,
    of.DIALOGUE.prefix: example.CLUE,
    of.FOLLOW_UPS.prefix: example.CLUE,
    of.OPINION.prefix: example.OPINION,
    of.BOX.prefix: example.BOX,
    of.SYMPOSIUM.prefix: example.SYMPOSIUM,
    of.PROPOSAL.prefix: example.PROPOSAL,
    of.THEME.prefix: example.THEME,
    of.SEAL.prefix: example.CLUE,
    ERASURE.prefix: erasing.ERASURE,
}
OTHERS: list[tuple[Aggregate, Sequence[Any]]] = [
    (
        of.DIALOGUE,
        [
            *(example.ASK_REPORTER, example.ANSWER_QUESTION, example.KEEP_NOTE),
            *(example.MARK_READ, example.ADD_INFORMATION),
        ],
    ),
    (of.FOLLOW_UPS, [example.SCHEDULE_FOLLOW_UPS]),
    (
        ERASURE,
        [
            erasing.request(),
            By("leader-1", domain.Lock(erasing.LOCK, erasing.SUBJECTS)),
            *(By(f"leader-{number}", erasing.ALLOW) for number in (1, 2)),
        ],
    ),
    (of.IMPORT, [example.TAKE_IN]),
    (of.BASELINE, [example.BASELINE]),
    (of.INSPECTION, [example.NOTE_DOWN]),
    (of.INSPECTIONS, [example.COUNT_INSPECTION]),
    (KNOWN_POINT, [example.NOTE_POINT]),
    (of.SETTINGS, [example.CHANGE_SETTINGS, example.NOTE_DAYS]),
]
AGGREGATES = (
    *(of.CLUE, of.OPINION, of.BOX, of.SYMPOSIUM, of.PROPOSAL, of.THEME),
    *(of.FOLLOW_UPS, of.SEAL),
)
ALL_STORIES: list[tuple[Aggregate, Sequence[Any]]] = [
    *(
        (next(its for its in AGGREGATES if its.decide is module.decide), told)
        for module, _, told in STORIES
    ),
    *OTHERS,
]


def played(aggregate: Aggregate, told: Sequence[Any]) -> Happened:
    story, happened = Story(aggregate, aggregate.initial), []
    stream = aggregate.stream(IDS.get(aggregate.prefix, example.POINT))
    for each in told:
        if isinstance(each, Later):
            story.on(story.day + each.days * ONE_DAY)
        else:
            command, actor = (each.command, each.actor) if isinstance(each, By) else (each, OFFICER)
            happened += [(stream, event) for event in story.when(command, actor=actor)]
    return happened


@st.composite
def cases(draw: st.DrawFn) -> Happened:
    """A clue from somewhere on its way on: what is possible next, and days with their alarms."""
    case = Case()
    case.begin(through_point=draw(st.booleans()), reached=draw(st.sampled_from(REACHED)))
    turns = st.tuples(st.integers(0, 200), st.integers(0, 20))
    for choice, days in draw(st.lists(turns, max_size=6)):
        case.do_what_is_possible(choice=choice)
        if days:
            case.days_pass(days=days)
    return [(of.CLUE.stream(example.CLUE), event) for *_, event in case.happened]


lives = st.one_of(cases(), cases(), st.sampled_from(ALL_STORIES).map(lambda told: played(*told)))


def of_its_own(happened: Happened, number: int) -> Happened:
    """The same about other things: every id of the examples is another."""
    return [(_renumbered(stream, number), _of_another(event, number)) for stream, event in happened]


def _of_another(event: Any, number: int) -> Any:
    message_type = EVENTS.type_of(event)
    values = json.dumps(message_type.dump(event))
    return message_type.load(json.loads(_renumbered(values, number)))


def _renumbered(text: str, number: int) -> str:
    return text.replace("00000000-0000-4000-8000", f"{number:08d}-0000-4000-8000")


def record(source: Source, happened: Happened) -> None:
    for stream, event in happened:
        source.append(event, EVENTS.type_of(event), stream)


@settings(PER_TEST, max_examples=8)
@given(st.data())
def test_whole_cases_give_the_rows_that_a_rebuild_gives(
    pool: ConnectionPool, data: st.DataObject
) -> None:
    live_equals_rebuilt_over(data.draw(st.lists(lives, min_size=1, max_size=3)), pool, data)


@pytest.mark.long
@settings(PER_TEST, max_examples=25)
@given(st.data())
def test_many_whole_cases_give_the_rows_that_a_rebuild_gives(
    pool: ConnectionPool, data: st.DataObject
) -> None:
    live_equals_rebuilt_over(data.draw(st.lists(lives, min_size=3, max_size=6)), pool, data)


def live_equals_rebuilt_over(
    drawn: list[Happened], pool: ConnectionPool, data: st.DataObject
) -> None:
    """Their events between each other's, delivered as a subscription does."""
    told = [of_its_own(happened, number) for number, happened in enumerate(drawn)]
    whose = [number for number, happened in enumerate(told) for _ in happened]
    clues, left = Source("clues", page=50), [iter(happened) for happened in told]
    for number in data.draw(st.permutations(whose), label="order"):
        record(clues, [next(left[number])])
    live_equals_rebuilt(pool, data, [Projector(model, pool) for model in ALL], [clues])
    assert summed_as_counted(everything(pool, [SUPERVISION]), SUPERVISION)


def test_the_stories_leave_rows_in_every_table_of_every_model(pool: ConnectionPool) -> None:
    """So that the models are compared over something."""
    clues = Source("clues")
    for number, told in enumerate(ALL_STORIES, 1):
        record(clues, of_its_own(played(*told), number))
    for model in ALL:
        projector = Projector(model, pool)
        projector.install(feeds(clues))
        projector.rebuild(feeds(clues))

    rows = everything(pool, ALL)
    found = {(name, table): its for name, tables in rows.items() for table, its in tables.items()}
    assert [table for table, its in found.items() if not its] == []
