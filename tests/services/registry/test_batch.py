"""Deliberation with quorum and places; a year's figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from services.registry.domain import batch, figures
from services.registry.domain.batch import Batch
from services.registry.domain.figures import Figures
from services.registry.domain.settings import Change, Schedule
from shared.contracts.errors import Invalid
from tests.services.registry import examples as example
from tests.services.registry.telling import Story, uid


def opened() -> Story:
    story = Story(batch, Batch())
    story.when(example.OPEN_BATCH)
    return story


def test_a_batch_takes_applications_from_its_first_to_its_last_day() -> None:
    state = opened().state
    first, last = example.OPEN_BATCH.opens_on, example.OPEN_BATCH.closes_on
    one = dt.timedelta(days=1)
    assert [state.takes_applications(day) for day in (first - one, first, last, last + one)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_batch_cannot_close_before_it_opens() -> None:
    with pytest.raises(Invalid) as invalid:
        Story(batch, Batch()).when(
            replace(example.OPEN_BATCH, closes_on=example.DAY - dt.timedelta(days=1))
        )
    assert invalid.value.problems[0].path == "closes_on"


@pytest.mark.parametrize(("present", "enough"), [(4, False), (5, True), (9, True)])
def test_more_than_half_of_the_members_are_a_quorum(present: int, enough: bool) -> None:
    command = replace(example.DELIBERATE, members=9, present=present)
    if enough:
        assert opened().when(command)
    else:
        opened().refuses(command, "no_quorum")


def test_exactly_half_is_no_quorum() -> None:
    opened().refuses(replace(example.DELIBERATE, members=8, present=4), "no_quorum")


def test_the_list_never_exceeds_the_places_over_all_deliberations() -> None:
    story = opened()
    story.refuses(replace(example.DELIBERATE, listed=(uid(1), uid(2), uid(3))), "too_few_places")
    story.when(example.DELIBERATE)
    second = replace(example.DELIBERATE, deliberation_id=uid(77), listed=(uid(2), uid(3)))
    story.refuses(second, "too_few_places")
    story.when(example.FREE_PLACE)
    assert story.when(second)


def test_a_deliberation_is_recorded_once_and_not_before_it_was_held() -> None:
    story = opened()
    story.when(example.DELIBERATE)
    story.refuses(example.DELIBERATE, "already_exists")
    with pytest.raises(Invalid):
        opened().when(replace(example.DELIBERATE, held_on=example.DAY + dt.timedelta(days=1)))
    with pytest.raises(Invalid):
        opened().when(replace(example.DELIBERATE, present=10))


def test_a_district_is_named_once_in_a_years_figures() -> None:
    doubled = replace(example.RECORD_FIGURES, figures=example.RECORD_FIGURES.figures * 2)
    with pytest.raises(Invalid) as invalid:
        Story(figures, Figures()).when(doubled)
    assert invalid.value.problems[0].path == "figures[1].division"


def test_a_case_is_judged_by_the_settings_of_its_own_day() -> None:
    schedule = Schedule().with_change(Change(dt.date(2026, 7, 1), {"notice_days": 5}))
    assert schedule.on(dt.date(2026, 6, 30)).notice_days == 7
    assert schedule.on(dt.date(2026, 7, 1)).notice_days == 5
