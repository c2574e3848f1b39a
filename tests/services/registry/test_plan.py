"""A batch's plan and dates: sums that fit, changes with reasons, nothing after the deliberation."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.registry.domain import batch, figures
from services.registry.domain.batch import Batch
from shared.contracts.errors import Invalid
from shared.contracts.registry import events
from tests.services.registry import examples as example
from tests.services.registry.telling import Story


def opened() -> Story:
    story = Story(batch, Batch())
    story.when(example.OPEN_BATCH)
    return story


def plan(**instead: Any) -> batch.PlanPlaces:
    return batch.PlanPlaces(replace(example.PLAN, **instead), None)


def places(**numbers: int) -> tuple[events.DistrictPlaces, ...]:
    return tuple(
        events.DistrictPlaces(division=name[1:], places=number) for name, number in numbers.items()
    )


def test_each_side_that_is_planned_adds_up_to_the_batchs_places() -> None:
    story = opened()
    story.refuses(plan(districts=places(d430211=1)), "plan_does_not_fit")
    story.refuses(plan(districts=places(d430211=2, d430203=1)), "plan_does_not_fit")
    story.refuses(
        plan(groups=(events.GroupPlaces(industry_group="retail", places=1),)),  # type: ignore[arg-type]
        "plan_does_not_fit",
    )
    story.when(plan(groups=()))
    assert story.state.plan.districts == {"430211": 1, "430203": 1}
    assert story.state.plan.groups == {}


def test_a_district_is_planned_once() -> None:
    twice = (*places(d430211=1), *places(d430211=1))
    with pytest.raises(Invalid) as invalid:
        opened().when(plan(districts=twice))
    assert [its.code for its in invalid.value.problems] == ["duplicate"]


def test_a_plan_is_changed_with_a_reason_until_the_bureau_deliberates() -> None:
    story = opened()
    story.when(example.PLANNED)
    story.refuses(example.PLANNED, "reasons_needed")
    story.when(example.PLANNED_AGAIN)
    story.when(example.DELIBERATE)
    story.refuses(example.PLANNED_AGAIN, "already_deliberated")


def test_the_last_day_moves_later_with_a_reason_until_the_bureau_deliberates() -> None:
    story = opened()
    with pytest.raises(Invalid):
        story.when(replace(example.EXTEND, closes_on=example.OPEN_BATCH.closes_on))
    story.when(example.EXTEND)
    assert story.state.closes_on == example.EXTEND.closes_on
    assert story.state.takes_applications(example.EXTEND.closes_on)
    assert not story.state.takes_applications(example.EXTEND.closes_on + dt.timedelta(days=1))
    story.when(example.DELIBERATE)
    later = replace(example.EXTEND, closes_on=example.EXTEND.closes_on + dt.timedelta(days=1))
    story.refuses(later, "already_deliberated")


def test_a_meeting_without_a_quorum_leaves_plan_and_dates_open() -> None:
    story = opened()
    story.when(example.PLANNED)
    story.when(example.ADJOURN)
    story.when(example.PLANNED_AGAIN)
    story.when(example.EXTEND)
    story.when(example.DELIBERATE)
    story.refuses(example.PLANNED_AGAIN, "already_deliberated")


def test_figures_are_of_a_year_that_has_begun_and_replaced_with_a_reason() -> None:
    story = Story(figures, figures.Figures())
    first = replace(example.RECORD_FIGURES, reason=None)
    with pytest.raises(Invalid) as invalid:
        story.when(replace(first, year=example.DAY.year + 1))
    assert [(its.path, its.code) for its in invalid.value.problems] == [("year", "out_of_range")]
    story.when(first)
    story.refuses(first, "reasons_needed")
    (event,) = story.when(replace(first, reason="按统计年鉴更正"))
    assert event.reason == "按统计年鉴更正"
