"""Terms: reminders, renewal at most once, and what follows when a term is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import point, renewal
from services.registry.domain.point import Point
from services.registry.domain.renewal import Renewal
from services.registry.domain.term import last_day_of_term
from shared.contracts.days import start_of_day
from shared.contracts.errors import Invalid
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import Grade, RenewalStatus, RetirementGround
from tests.services.registry import examples
from tests.services.registry import point_examples as example
from tests.services.registry.telling import Story

ONE_DAY = dt.timedelta(days=1)
BEGIN_RENEWAL = point.BeginRenewal(example.RENEWAL)


def noon_of(day: dt.date) -> dt.datetime:
    return start_of_day(day) + dt.timedelta(hours=12)


def a_point() -> Story:
    story = Story(point, Point())
    story.when(examples.DESIGNATE_POINT)
    return story


def a_renewal(*happened: object) -> Story:
    story = Story(renewal, Renewal())
    for command in (example.PROPOSE, *happened):
        story.when(command)
    return story


def test_a_point_is_designated_for_three_years_and_reminded_90_and_30_days_before() -> None:
    designated, begun = Story(point, Point()).when(examples.DESIGNATE_POINT)
    assert designated.designated_on == begun.first_day == dt.date(2026, 3, 2)
    assert designated.term_ends_on == begun.last_day == dt.date(2029, 3, 1)
    assert [(its.days_left, its.day) for its in begun.reminders] == [
        (90, dt.date(2028, 12, 2)),
        (30, dt.date(2029, 1, 31)),
    ]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 5))
def test_the_day_after_a_term_is_its_anniversary(first: dt.date, years: int) -> None:
    after = last_day_of_term(first, years) + ONE_DAY
    assert after.year == first.year + years
    assert (after.month, after.day) == (first.month, first.day) or (
        (first.month, first.day) == (2, 29) and (after.month, after.day) == (3, 1)
    )


def test_each_reminder_is_given_once_from_its_day_on_and_names_the_next() -> None:
    story = a_point()
    day = start_of_day(example.FIRST_REMINDER)
    story.refuses(example.REMIND, "limit_running", day - dt.timedelta(seconds=1))
    (event,) = story.when(example.REMIND, day)
    assert (event.days_left, event.next_on) == (90, dt.date(2029, 1, 31))
    story.refuses(example.REMIND, "wrong_state", day)
    (event,) = story.when(replace(example.REMIND, day=event.next_on), noon_of(event.next_on))
    assert (event.days_left, event.next_on) == (30, None)


def test_a_term_is_over_with_the_last_second_of_its_last_day() -> None:
    over = start_of_day(example.LAST_DAY + ONE_DAY)
    story = a_point()
    story.refuses(example.END_TERM, "limit_running", over - dt.timedelta(seconds=1))
    (event,) = story.when(example.END_TERM, over)
    assert event.ground is RetirementGround.TERM_OVER
    story.refuses(example.END_TERM, "wrong_state", over)


def test_the_timekeeper_says_nothing_of_a_term_that_was_renewed() -> None:
    story = a_point()
    story.when(BEGIN_RENEWAL)
    story.when(point.BeginTerm())
    over = noon_of(example.LAST_DAY + ONE_DAY)
    story.refuses(example.END_TERM, "wrong_state", over)
    story.refuses(example.REMIND, "wrong_state", noon_of(example.FIRST_REMINDER))


def test_a_new_term_follows_the_old_one_without_a_gap() -> None:
    story = a_point()
    story.when(BEGIN_RENEWAL)
    begun, closed = story.when(point.BeginTerm(), noon_of(example.LAST_DAY - 20 * ONE_DAY))
    assert (begun.number, begun.first_day) == (2, example.LAST_DAY + ONE_DAY)
    assert begun.last_day == dt.date(2032, 3, 1)
    assert isinstance(closed, events.PointProcedureClosed)


def test_nobody_has_a_third_term_in_a_row() -> None:
    story = a_point()
    story.when(BEGIN_RENEWAL)
    story.when(point.BeginTerm())
    story.refuses(BEGIN_RENEWAL, "terms_used_up")
    story.refuses(point.BeginTerm(), "terms_used_up")
    assert story.when(BEGIN_RENEWAL, most_terms=3)


def test_one_renewal_is_open_at_a_time_and_none_beside_a_retirement() -> None:
    story = a_point()
    story.when(BEGIN_RENEWAL)
    story.refuses(BEGIN_RENEWAL, "renewal_open")
    story.when(example.BEGIN_RETIREMENT)
    story.refuses(point.BeginTerm(), "retirement_open")
    story.when(point.EndRetirement())
    assert story.when(point.BeginTerm())


def test_a_term_that_was_over_may_still_be_renewed() -> None:
    story = a_point()
    over = noon_of(example.LAST_DAY + ONE_DAY)
    story.when(example.END_TERM, over)
    story.when(BEGIN_RENEWAL, over)
    begun, _ = story.when(point.BeginTerm(), over)
    assert begun.first_day == example.LAST_DAY + ONE_DAY


def test_nobody_is_renewed_without_a_grade_or_with_a_bad_one() -> None:
    a_renewal().refuses(example.AGREE, "grade_missing")
    bad = replace(example.RECORD_GRADE, grade=Grade.INCOMPETENT)
    story = a_renewal(bad)
    story.refuses(example.AGREE, "grade_too_low")
    story.when(example.RECORD_GRADE)  # the last one counts
    assert story.when(example.AGREE)


def test_a_renewal_is_decided_by_a_quorum_and_may_be_declined() -> None:
    story = a_renewal(example.RECORD_GRADE)
    story.refuses(replace(example.AGREE, present=4), "no_quorum")
    story.when(replace(example.AGREE, agreed=False))
    assert story.state.status is RenewalStatus.DECLINED
    story.refuses(example.RENEW, "wrong_state")


@pytest.mark.parametrize("happened", [(), (example.RECORD_GRADE, example.AGREE)])
def test_a_renewal_lapses_when_its_point_retires(happened: tuple[object, ...]) -> None:
    story = a_renewal(*happened)
    story.when(renewal.Lapse())
    assert story.state.status is RenewalStatus.LAPSED


def test_a_grade_is_of_a_year_that_has_begun() -> None:
    for year in (2027, 9999):
        with pytest.raises(Invalid) as invalid:
            a_renewal().when(replace(example.RECORD_GRADE, year=year))
        assert [(its.path, its.code) for its in invalid.value.problems] == [
            ("year", "out_of_range")
        ]
    assert a_renewal(replace(example.RECORD_GRADE, year=2026)).state.grade is Grade.EXCELLENT
