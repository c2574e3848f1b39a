"""Events of three logs that together leave a row in each table of duty records."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from services.assessment.domain import funding, publicity, quarterly_report, question, training
from services.assessment.handlers import aggregates as of
from services.clues.domain import box
from shared.contracts.keeping.events import PointNoted
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.registry.events import PointSuspended
from tests.services.assessment import duty_examples as example
from tests.services.assessment.telling import DutyStory
from tests.services.clues import examples as of_clues
from tests.services.clues.telling import TODAY, Story

_STORIES: list[tuple[ModuleType, str, list[Any]]] = [
    (publicity, of.PUBLICITY.stream(example.PUBLICITY), [example.RECORD, example.CONFIRM]),
    (training, of.TRAINING.stream(example.TRAINING), [example.PLAN, example.ATTENDANCE]),
    (quarterly_report, of.QUARTERLY_REPORT.stream(example.REPORT), [example.HAND_IN]),
    (question, of.QUESTION.stream(example.QUESTION), [example.ASK, example.ANSWER]),
    (funding, of.FUNDING.stream(example.FUNDING), [example.ALLOCATE, example.SPEND]),
]
_INITIAL = {
    its.decide: its.initial
    for its in (of.PUBLICITY, of.TRAINING, of.QUARTERLY_REPORT, of.QUESTION, of.FUNDING)
}


def told() -> Iterator[tuple[str, str, Any]]:
    """`(source, stream, event)`, those of one stream in their order."""
    noted = PointNoted(
        point_id=example.POINT,
        standing=KnownStanding.ACTIVE,
        division=example.DISTRICT,
        unit_name="某商会",
    )
    yield "assessment", f"known_point-{example.POINT}", noted
    for module, stream, commands in _STORIES:
        story = DutyStory(module, _INITIAL[module.decide])
        for command in commands:
            for event in story.when(command):
                yield "assessment", stream, event
    emptied = Story(box, box.Box())
    for command in (of_clues.PLACE, of_clues.EMPTY):
        for event in emptied.when(command):
            yield "clues", f"box-{of_clues.BOX}", event
    suspended = PointSuspended(point_id=example.POINT, suspended_on=TODAY, reasons="多次不参加活动")
    yield "registry", f"point-{example.POINT}", suspended
