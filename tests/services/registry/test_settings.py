"""Settings: figures with a day from which each holds, limits of sizes, the working calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import setting
from services.registry.domain.settings import FIGURES, Change, Schedule
from shared.contracts.errors import Invalid
from shared.contracts.registry.events import FigureSet, SizeLimits
from shared.contracts.registry.vocabulary import Measure, Trade
from shared.reference.enterprise_size import limits_in_force
from tests.services.registry import examples as example
from tests.services.registry.telling import Story

ONE_DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1))


def settings() -> Story:
    return Story(setting, setting.Setting())


def test_a_figure_holds_from_its_day_on_and_not_before() -> None:
    story = settings()
    story.when(example.CHANGE_SETTINGS)
    day = example.CHANGE_SETTINGS.effective_from
    assert story.state.schedule.on(day - ONE_DAY).notice_days == 7
    assert story.state.schedule.on(day).notice_days == 10
    assert story.state.schedule.on(day).supplement_days == 5


def test_a_change_in_the_past_says_what_it_corrects() -> None:
    back = replace(example.CHANGE_SETTINGS, effective_from=example.DAY - ONE_DAY)
    settings().refuses(back, "backdated")
    assert settings().when(replace(back, corrects="公示天数登记有误"))
    assert settings().when(replace(back, effective_from=example.DAY))


def test_what_holds_already_is_no_change() -> None:
    story = settings()
    story.when(example.CHANGE_SETTINGS)
    story.refuses(example.CHANGE_SETTINGS, "nothing_changes")


@pytest.mark.parametrize(
    ("figures", "code", "path"),
    [
        ([("no_such_figure", 5)], "not_in_vocabulary", "figures[0].name"),
        ([("notice_days", 0)], "out_of_range", "figures[0].value"),
        ([("notice_days", 61)], "out_of_range", "figures[0].value"),
        ([("notice_days", 9), ("notice_days", 9)], "duplicate", "figures[1].name"),
    ],
)
def test_a_figure_is_known_and_within_its_limits(
    figures: list[tuple[str, int]], code: str, path: str
) -> None:
    given_figures = tuple(FigureSet(name=name, value=value) for name, value in figures)
    with pytest.raises(Invalid) as invalid:
        settings().when(replace(example.CHANGE_SETTINGS, figures=given_figures))
    assert [(its.path, its.code) for its in invalid.value.problems] == [(path, code)]


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda its: its.name)
def test_every_figure_can_be_set_within_its_limits_and_has_a_name_for_people(figure: Any) -> None:
    assert figure.least <= figure.default <= figure.most
    assert any("\u4e00" <= character <= "\u9fff" for character in figure.zh)
    other = figure.least if figure.default != figure.least else figure.most
    story = settings()
    one = (FigureSet(name=figure.name, value=other),)
    story.when(replace(example.CHANGE_SETTINGS, figures=one))
    day = example.CHANGE_SETTINGS.effective_from
    assert getattr(story.state.schedule.on(day), figure.name) == other


@given(st.lists(st.tuples(DAYS, st.integers(1, 60)), max_size=8), DAYS)
def test_of_the_days_up_to_now_the_latest_holds_and_of_one_day_the_last_that_was_said(
    changes: list[tuple[dt.date, int]], day: dt.date
) -> None:
    schedule = Schedule()
    for since, value in changes:
        schedule = schedule.with_change(Change(since, {"notice_days": value}))
    past = [(since, place, value) for place, (since, value) in enumerate(changes) if since <= day]
    expected = max(past)[2] if past else 7
    assert schedule.on(day).notice_days == expected


def test_a_years_table_wins_over_the_one_before() -> None:
    story = settings()
    story.when(example.LOAD_WORKING_DAYS)
    story.refuses(example.LOAD_WORKING_DAYS, "nothing_changes")
    story.when(replace(example.LOAD_WORKING_DAYS, worked=()))
    assert story.state.tables[2027].worked == frozenset()


@pytest.mark.parametrize(
    ("instead", "code", "path"),
    [
        ({"off": (dt.date(2028, 1, 3),)}, "out_of_range", "off[0]"),
        ({"worked": (dt.date(2027, 1, 4),)}, "not_allowed", "worked[0]"),
        (
            {"off": (dt.date(2027, 1, 2),), "worked": (dt.date(2027, 1, 2),)},
            "duplicate",
            "off[0]",
        ),
    ],
)
def test_a_day_that_does_not_fit_the_years_table_is_named(
    instead: dict[str, Any], code: str, path: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        settings().when(replace(example.LOAD_WORKING_DAYS, **instead))
    assert (invalid.value.problems[0].path, invalid.value.problems[0].code) == (path, code)


def test_size_limits_fall_from_large_to_small_and_name_all_that_a_trade_is_judged_by() -> None:
    assert settings().when(example.SET_SIZE_LIMITS)
    staff, revenue = example.SET_SIZE_LIMITS.limits
    for limits, path in (
        ((replace(staff, medium=staff.large), revenue), "limits[0].medium"),
        ((staff,), "limits"),
        ((staff, staff), "limits[1].measure"),
        ((*example.SET_SIZE_LIMITS.limits, _assets(staff)), "limits[2].measure"),
    ):
        with pytest.raises(Invalid) as invalid:
            settings().when(replace(example.SET_SIZE_LIMITS, limits=limits))
        assert [problem.path for problem in invalid.value.problems] == [path]


@pytest.mark.parametrize("trade", Trade)
def test_a_trade_is_judged_by_what_the_standard_has_limits_of(trade: Trade) -> None:
    held = [limits.measure for limits in limits_in_force(trade)]
    assert list(setting.MEASURED_BY[trade]) == held


def _assets(like: SizeLimits) -> SizeLimits:
    return replace(like, measure=Measure.ASSETS_WAN)
