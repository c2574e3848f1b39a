"""An application until its formal check: recommendation, supplement, lapse, withdrawal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import application
from services.registry.domain.application import Application, ApplicationStatus
from shared.contracts.errors import Invalid
from shared.contracts.registry.vocabulary import Channel, Recommendation
from shared.contracts.working_days import YearTable
from tests.services.registry import examples as example
from tests.services.registry.telling import CALENDAR, NOON, Story, context

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
RECOMMENDED = replace(example.SUBMITTED, command=example.SUBMIT_RECOMMENDED)


def shanghai(year: int, month: int, day: int, hour: int = 12, second: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, 59 if second else 0, second, tzinfo=SHANGHAI)


def story(*commands: Any, at: dt.datetime = NOON) -> Story:
    told = Story(application, Application())
    for command in commands:
        told.when(command, at)
    return told


def test_the_formal_check_of_a_self_nominated_unit_is_due_in_five_working_days() -> None:
    (event,) = Story(application, Application()).when(example.SUBMITTED, shanghai(2026, 3, 2))
    assert event.filed_on == dt.date(2026, 3, 2)
    assert event.check_limit.due_on == dt.date(2026, 3, 9)
    assert not event.check_limit.provisional


def test_the_formal_check_of_a_recommended_unit_is_due_once_its_recommender_has_spoken() -> None:
    told = Story(application, Application())
    (submitted,) = told.when(RECOMMENDED, shanghai(2026, 3, 2))
    (confirmed,) = told.when(example.CONFIRM_RECOMMENDATION, shanghai(2026, 3, 4))
    assert submitted.check_limit is None
    assert confirmed.check_limit.due_on == dt.date(2026, 3, 11)


@pytest.mark.parametrize(
    ("asked", "due", "provisional"),
    [
        (shanghai(2026, 3, 2), "2026-03-09", False),
        # 14 February is a working Saturday, 15-23 February the Spring Festival, 28 worked again
        (shanghai(2026, 2, 11), "2026-02-25", False),
        (shanghai(2026, 2, 13), "2026-02-27", False),
        # 1 January 2027 is a holiday in any year; the rest of that year's table is not known yet
        (shanghai(2026, 12, 28), "2027-01-05", True),
    ],
)
def test_a_supplement_is_due_by_the_working_calendar(
    asked: dt.datetime, due: str, provisional: bool
) -> None:
    (event,) = story(example.SUBMITTED).when(example.REQUEST_SUPPLEMENT, asked)
    assert (event.limit.due_on.isoformat(), event.limit.provisional) == (due, provisional)


def test_a_supplement_comes_until_the_last_second_and_not_after() -> None:
    asked = [example.SUBMITTED, example.REQUEST_SUPPLEMENT]
    assert story(*asked).when(example.SUPPLIED, shanghai(2026, 3, 9, 23, 59))
    story(*asked).refuses(example.SUPPLIED, "supplement_overdue", shanghai(2026, 3, 10, 0))


def test_an_application_lapses_from_the_next_day_on_and_not_before() -> None:
    asked = [example.SUBMITTED, example.REQUEST_SUPPLEMENT]
    story(*asked).refuses(example.LAPSE, "limit_running", shanghai(2026, 3, 9, 23, 59))
    told = story(*asked)
    told.when(example.LAPSE, shanghai(2026, 3, 10, 0))
    assert told.state.status is ApplicationStatus.LAPSED
    told.refuses(example.SUPPLIED, "wrong_state", shanghai(2026, 3, 10))


def test_a_limit_into_an_unknown_year_moves_once_its_table_is_there() -> None:
    told = story(example.SUBMITTED)
    asked = shanghai(2026, 12, 28)
    (event,) = told.when(example.REQUEST_SUPPLEMENT, asked)
    assert event.limit.provisional
    known = CALENDAR.with_table(
        YearTable(2027, off=frozenset(dt.date(2027, 1, day) for day in (1, 4, 5)))
    )
    (moved,) = application.decide(
        told.state, example.RECOMPUTE_LIMIT, replace(context(asked), calendar=known)
    )
    assert (moved.limit.due_on, moved.limit.provisional) == (dt.date(2027, 1, 7), False)
    told.happens(moved)
    told.refuses(example.LAPSE, "limit_running", shanghai(2027, 1, 7, 23, 59))
    assert told.when(example.LAPSE, shanghai(2027, 1, 8, 0))


def test_what_was_supplied_replaces_what_was_said_and_begins_the_check_anew() -> None:
    told = story(example.SUBMITTED, example.REQUEST_SUPPLEMENT)
    (event,) = told.when(example.SUPPLIED, shanghai(2026, 3, 5))
    assert event.check_limit.due_on == dt.date(2026, 3, 12)
    assert told.state.status is ApplicationStatus.SUBMITTED
    told.refuses(example.SUPPLIED, "wrong_state")
    assert told.when(example.PASS)


def test_a_second_request_has_days_of_its_own() -> None:
    told = story(example.SUBMITTED, example.REQUEST_SUPPLEMENT, example.SUPPLIED)
    (event,) = told.when(example.REQUEST_SUPPLEMENT, shanghai(2026, 3, 10))
    assert event.limit.due_on == dt.date(2026, 3, 17)


def test_that_the_check_is_overdue_is_said_once_and_not_early() -> None:
    told = story(example.SUBMITTED)
    told.refuses(example.REPORT_OVERDUE, "limit_running", shanghai(2026, 3, 9, 23, 59))
    (event,) = told.when(example.REPORT_OVERDUE, shanghai(2026, 3, 10, 0))
    assert event.due == dt.date(2026, 3, 9)
    told.refuses(example.REPORT_OVERDUE, "already_exists", shanghai(2026, 3, 11))
    assert told.when(example.PASS, shanghai(2026, 3, 11))


def test_the_days_are_settings() -> None:
    told = Story(application, Application())
    (submitted,) = told.when(example.SUBMITTED, NOON, formal_check_days=3)
    (asked,) = told.when(example.REQUEST_SUPPLEMENT, NOON, supplement_days=1)
    assert (submitted.check_limit.due_on.day, asked.limit.due_on.day) == (5, 3)


def test_nobody_who_is_recommended_passes_before_the_recommender_has_confirmed() -> None:
    told = story(RECOMMENDED)
    told.refuses(example.PASS, "recommendation_missing")
    told.when(example.DECLINE_RECOMMENDATION)
    told.refuses(example.PASS, "recommendation_missing")
    told.when(example.CONFIRM_RECOMMENDATION)
    assert told.when(example.PASS)


def test_a_recommender_speaks_once_but_may_still_stand_by_what_it_declined() -> None:
    told = story(RECOMMENDED, example.DECLINE_RECOMMENDATION)
    told.refuses(example.DECLINE_RECOMMENDATION, "recommendation_decided")
    told.when(example.CONFIRM_RECOMMENDATION)
    told.refuses(example.CONFIRM_RECOMMENDATION, "recommendation_decided")
    told.refuses(example.DECLINE_RECOMMENDATION, "recommendation_decided")


def test_a_self_nominated_unit_has_nobody_to_confirm_it() -> None:
    story(example.SUBMITTED).refuses(example.CONFIRM_RECOMMENDATION, "recommendation_not_needed")


@pytest.mark.parametrize(
    ("instead", "word"),
    [
        ({}, Recommendation.CONFIRMED),
        ({"recommender": "市 工商联"}, Recommendation.CONFIRMED),
        ({"recommender": "区司法局"}, Recommendation.AWAITED),
        (
            {"channel": Channel.SELF_NOMINATED, "recommender": None},
            Recommendation.NOT_NEEDED,
        ),
    ],
)
def test_a_confirmation_holds_for_the_recommender_that_gave_it_alone(
    instead: dict[str, Any], word: Recommendation
) -> None:
    named = {"channel": Channel.RECOMMENDED, "recommender": "市工商联"}
    supply = replace(example.SUPPLY, **{**named, **instead})
    told = story(RECOMMENDED, example.CONFIRM_RECOMMENDATION, example.REQUEST_SUPPLEMENT)
    (event,) = told.when(replace(example.SUPPLIED, command=supply))
    assert told.state.recommendation is word
    assert (event.check_limit is None) == (word is Recommendation.AWAITED)


def test_no_unit_recommends_itself() -> None:
    forged = replace(example.SUBMIT_RECOMMENDED, recommender="晨光机械 有限公司")
    with pytest.raises(Invalid) as invalid:
        story(replace(example.SUBMITTED, command=forged))
    assert [(its.path, its.code) for its in invalid.value.problems] == [
        ("recommender", "own_recommender")
    ]


def test_nor_does_a_correction_make_a_unit_its_own_recommender() -> None:
    told = story(RECOMMENDED, example.CONFIRM_RECOMMENDATION, example.PASS)
    right = replace(example.SUBMIT, unit_name=f"{told.state.recommender} ")
    with pytest.raises(Invalid) as invalid:
        told.when(replace(example.CORRECT_DATA, right=right, corrected=("unit_name",)))
    assert [(its.path, its.code) for its in invalid.value.problems] == [
        ("unit_name", "own_recommender")
    ]
    told.when(example.CORRECT_DATA)


@given(st.integers(1, 30), st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2029, 1, 1)))  # noqa: DTZ001
def test_whatever_the_moment_a_supplement_is_refused_exactly_when_it_may_lapse(
    days: int, at: dt.datetime
) -> None:
    moment = at.replace(tzinfo=SHANGHAI)
    asked = story(example.SUBMITTED, at=moment)
    (event,) = asked.when(example.REQUEST_SUPPLEMENT, moment, supplement_days=days)
    last = dt.datetime.combine(event.limit.due_on, dt.time(23, 59, 59, 999_999), SHANGHAI)
    asked.refuses(example.LAPSE, "limit_running", last)
    over = last + dt.timedelta(microseconds=1)
    if event.limit.provisional:  # the day may yet move, so nobody is late by it
        asked.refuses(example.LAPSE, "limit_running", over)
        assert asked.when(example.SUPPLIED, over)
    else:
        asked.refuses(example.SUPPLIED, "supplement_overdue", over)
        assert asked.when(example.LAPSE, over)
