"""Terms: reminders, renewal at most once, and what follows when a term is over."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import point, renewal
from services.registry.domain.point import Point
from services.registry.domain.renewal import Renewal
from services.registry.domain.settings import Settings
from services.registry.domain.term import last_day_of_term, terms_in_a_row
from shared.contracts.days import start_of_day
from shared.contracts.errors import Invalid, Refused
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import Grade, RenewalStatus, RetirementGround
from tests.services.registry import examples
from tests.services.registry import point_examples as example
from tests.services.registry.telling import Story, context

ONE_DAY = dt.timedelta(days=1)
BEGIN_RENEWAL = point.BeginRenewal(example.RENEWAL)


def noon_of(day: dt.date) -> dt.datetime:
    return start_of_day(day) + dt.timedelta(hours=12)


RENEWED = noon_of(example.RENEWED_ON)


def decision(**instead: Any) -> renewal.Decide:
    return replace(example.DECIDE_RENEWAL, command=replace(example.AGREE, **instead))


DECLINED = decision(agreed=False)


def a_point() -> Story:
    story = Story(point, Point())
    story.when(examples.DESIGNATE_POINT)
    return story


def a_renewal(*happened: object, at: dt.datetime = RENEWED) -> Story:
    story = Story(renewal, Renewal())
    for command in (example.PROPOSE, *happened):
        story.when(command, at)
    return story


def renewed_point() -> Story:
    story = a_point()
    story.when(BEGIN_RENEWAL, RENEWED)
    story.when(point.Renew(), RENEWED)
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


def test_a_new_term_follows_the_old_one_without_a_gap_and_not_before_its_day() -> None:
    story = renewed_point()
    assert (story.state.term_number, story.state.term_ends_on) == (1, example.LAST_DAY)
    story.refuses(example.REMIND, "wrong_state", noon_of(example.FIRST_REMINDER))
    last_second = start_of_day(example.LAST_DAY + ONE_DAY) - dt.timedelta(seconds=1)
    story.refuses(example.END_TERM, "limit_running", last_second)
    (begun,) = story.when(example.END_TERM, noon_of(example.LAST_DAY + ONE_DAY))
    assert (begun.number, begun.first_day) == (2, example.LAST_DAY + ONE_DAY)
    assert begun.last_day == story.state.term_ends_on == dt.date(2032, 3, 1)
    assert len(begun.reminders) == 2
    story.refuses(example.END_TERM, "wrong_state", noon_of(example.LAST_DAY + ONE_DAY))


def test_a_next_term_that_begins_late_has_the_days_that_were_set() -> None:
    """As when a timekeeper was down, or a retirement was decided on meanwhile."""
    story = renewed_point()
    (begun,) = story.when(example.END_TERM, noon_of(example.LAST_DAY + 90 * ONE_DAY), term_years=9)
    assert (begun.first_day, begun.last_day) == (example.LAST_DAY + ONE_DAY, dt.date(2032, 3, 1))


def test_a_renewed_point_is_not_proposed_again_nor_retired_as_over() -> None:
    story = renewed_point()
    story.refuses(BEGIN_RENEWAL, "renewed_already", RENEWED)
    over = replace(example.BEGIN_RETIREMENT, ground=RetirementGround.TERM_OVER)
    story.refuses(over, "term_running", noon_of(example.LAST_DAY + ONE_DAY))
    story.when(example.BEGIN_RETIREMENT, RENEWED)
    story.when(example.RETIRE, RENEWED)
    assert story.state.next_term is None


def test_nobody_has_a_third_term_in_a_row() -> None:
    story = renewed_point()
    story.when(example.END_TERM, noon_of(example.LAST_DAY + ONE_DAY))
    again = noon_of(story.state.term_ends_on - 20 * ONE_DAY)
    story.refuses(BEGIN_RENEWAL, "terms_used_up", again)
    assert story.when(BEGIN_RENEWAL, again, most_terms=3)


@pytest.mark.parametrize(
    ("days_left", "reason"),
    [(181, "renewal_too_early"), (180, None), (1, None), (0, "renewal_too_late")],
)
def test_a_renewal_is_proposed_and_agreed_on_in_the_last_months_of_the_term(
    days_left: int, reason: str | None
) -> None:
    day = example.LAST_DAY - (days_left - 1) * ONE_DAY
    first = noon_of(example.LAST_DAY - 180 * ONE_DAY)
    proposing, deciding = a_point(), a_renewal(example.RECORD_GRADE, at=first)
    if reason is None:
        assert proposing.when(BEGIN_RENEWAL, noon_of(day))
        assert deciding.when(decision(held_on=day), noon_of(day))
    else:
        proposing.refuses(BEGIN_RENEWAL, reason, noon_of(day))
        deciding.refuses(decision(held_on=day), reason, noon_of(day))
        assert deciding.when(decision(held_on=day, agreed=False), noon_of(day))


@pytest.mark.parametrize("agreed", [True, False])
def test_no_meeting_decides_on_a_renewal_before_it_was_proposed(agreed: bool) -> None:
    story = a_renewal(example.RECORD_GRADE)
    for day in (dt.date(1900, 1, 1), example.RENEWED_ON - ONE_DAY, example.RENEWED_ON + ONE_DAY):
        with pytest.raises(Invalid) as invalid:
            story.when(decision(held_on=day, agreed=agreed), RENEWED)
        assert [(its.path, its.code) for its in invalid.value.problems] == [
            ("held_on", "out_of_range")
        ]
    assert story.when(decision(agreed=agreed), RENEWED)


def test_what_a_meeting_agreed_on_in_time_is_put_on_record_in_time_too() -> None:
    story = a_renewal(example.RECORD_GRADE)
    late = noon_of(example.LAST_DAY + ONE_DAY)
    story.refuses(decision(held_on=example.LAST_DAY), "renewal_too_late", late)


def test_how_many_terms_there_may_be_is_asked_as_a_renewal_is_agreed_on_and_not_again() -> None:
    deciding = a_renewal(example.RECORD_GRADE)
    deciding.refuses(example.DECIDE_RENEWAL, "terms_used_up", RENEWED, most_terms=1)
    assert deciding.when(example.DECIDE_RENEWAL, RENEWED)
    for renewed, at in (
        (point.Renew(), RENEWED),
        (point.Renew(at_the_end=True), noon_of(example.LAST_DAY + ONE_DAY)),
    ):
        story = a_point()
        story.when(BEGIN_RENEWAL, RENEWED)
        story.when(renewed, at, most_terms=1)
        over = noon_of(example.LAST_DAY + ONE_DAY)
        (begun,) = story.when(example.END_TERM, over, most_terms=1)
        assert begun.number == 2


def test_only_the_timekeeper_renews_once_the_term_is_over() -> None:
    story, over = a_point(), noon_of(example.LAST_DAY + ONE_DAY)
    story.when(BEGIN_RENEWAL, RENEWED)
    story.refuses(point.Renew(), "renewal_too_late", over)
    assert story.when(point.Renew(at_the_end=True), over)
    assert story.when(example.END_TERM, over)


@given(st.integers(1, 180), st.integers(1, 3), st.integers(0, 400))
def test_terms_touch_and_never_overlap_whenever_they_are_renewed_and_begun(
    days_left: int, terms: int, late: int
) -> None:
    story, last = a_point(), example.LAST_DAY
    for _ in range(terms):
        at = noon_of(last - (days_left - 1) * ONE_DAY)
        story.when(BEGIN_RENEWAL, at, most_terms=9)
        story.when(point.Renew(), at, most_terms=9)
        end = replace(example.END_TERM, last_day=last)
        (begun,) = story.when(end, noon_of(last + ONE_DAY + late * ONE_DAY))
        assert begun.first_day == last + ONE_DAY
        last = begun.last_day


def retired_point(terms: int, on: dt.date) -> Point:
    return replace(Point(), status=point.PointStatus.RETIRED, term_number=terms, retired_on=on)


@pytest.mark.parametrize(
    ("today", "terms"),
    [
        (dt.date(2029, 3, 2), 2),
        (dt.date(2032, 3, 1), 2),
        (dt.date(2032, 3, 2), 0),  # three years after it retired
    ],
)
def test_terms_are_counted_over_a_units_points_until_a_pause_of_three_years(
    today: dt.date, terms: int
) -> None:
    last = retired_point(2, dt.date(2029, 3, 2))
    assert terms_in_a_row(last, context(noon_of(today))) == terms


def test_a_unit_that_was_a_point_is_designated_for_its_next_term_or_not_at_all() -> None:
    _, begun = Story(point, Point()).when(replace(examples.DESIGNATE_POINT, terms_before=1))
    assert begun.number == 2
    again = replace(examples.DESIGNATE_POINT, terms_before=2)
    Story(point, Point()).refuses(again, "terms_used_up")
    assert Story(point, Point()).when(again, most_terms=3)


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 6 * 365)), max_size=6), st.integers(1, 4)
)
def test_no_unit_ever_has_more_terms_in_a_row_than_there_may_be(
    lives: list[tuple[int, int]], most: int
) -> None:
    """Each life: terms that it wishes for, and days of pause after it."""
    day, row, settings = example.DAY, 0, Settings(most_terms=most)
    last, ended = Point(), dt.date.min
    for wishes, pause in lives:
        now = context(noon_of(day), settings)
        unbroken = (day - ended).days < 3 * 365 if ended > dt.date.min else False
        story = Story(point, Point())
        command = replace(examples.DESIGNATE_POINT, terms_before=terms_in_a_row(last, now))
        try:
            story.when(command, noon_of(day), most_terms=most)
        except Refused:
            assert row >= most
        else:
            row = row + 1 if unbroken else story.state.term_number
            for _ in range(wishes - 1):
                with contextlib.suppress(Refused):
                    ends_on = story.state.term_ends_on
                    story.when(BEGIN_RENEWAL, noon_of(ends_on), most_terms=most)
                    story.when(point.Renew(), noon_of(ends_on))
                    end = replace(example.END_TERM, last_day=ends_on)
                    story.when(end, noon_of(ends_on + ONE_DAY))
                    row += 1
            assert story.state.term_number == row <= most
            ended = day = story.state.term_ends_on + ONE_DAY
            story.happens(retired_on(day))
            last = story.state
        day += pause * ONE_DAY


def retired_on(day: dt.date) -> events.PointRetired:
    return events.PointRetired(
        point_id=example.POINT, ground=RetirementGround.TERM_OVER, retired_on=day, facts="届满"
    )


def test_a_point_cleared_of_an_accusation_has_lost_no_term_by_it() -> None:
    """Proposed and agreed on while its retirement is open; it takes effect once it is kept."""
    story, over = a_point(), noon_of(example.LAST_DAY + ONE_DAY)
    story.when(example.BEGIN_RETIREMENT, RENEWED)
    story.when(BEGIN_RENEWAL, RENEWED)
    story.refuses(point.Renew(), "retirement_open", RENEWED)
    story.refuses(point.Renew(at_the_end=True), "retirement_open", over)
    story.when(point.EndRetirement(), over)
    story.when(point.Renew(at_the_end=True), over)
    (begun,) = story.when(example.END_TERM, over)
    assert (begun.number, begun.first_day) == (2, example.LAST_DAY + ONE_DAY)


@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_suspension_costs_no_term_that_was_agreed_on(at_the_end: bool) -> None:
    story, over = a_point(), noon_of(example.LAST_DAY + ONE_DAY)
    story.when(BEGIN_RENEWAL, RENEWED)
    story.when(example.SUSPEND, RENEWED)
    story.when(point.Renew(at_the_end), over if at_the_end else RENEWED)
    (begun,) = story.when(example.END_TERM, over)
    assert (begun.number, story.state.status) == (2, point.PointStatus.SUSPENDED)


def test_one_renewal_is_open_at_a_time_and_takes_no_effect_beside_a_retirement() -> None:
    story = a_point()
    story.when(BEGIN_RENEWAL, RENEWED)
    story.refuses(BEGIN_RENEWAL, "renewal_open", RENEWED)
    story.when(example.BEGIN_RETIREMENT, RENEWED)
    story.refuses(point.Renew(), "retirement_open", RENEWED)
    story.when(point.EndRetirement(), RENEWED)
    assert story.when(point.Renew(), RENEWED)


def test_nobody_is_renewed_without_a_grade_or_with_a_bad_one() -> None:
    a_renewal().refuses(example.DECIDE_RENEWAL, "grade_missing", RENEWED)
    bad = replace(example.RECORD_GRADE, grade=Grade.INCOMPETENT)
    story = a_renewal(bad)
    story.refuses(example.DECIDE_RENEWAL, "grade_too_low", RENEWED)
    story.when(example.RECORD_GRADE)  # the last one counts
    assert story.when(example.DECIDE_RENEWAL, RENEWED)


def test_no_meeting_agrees_on_a_renewal_before_it_was_graded() -> None:
    story, graded_on = a_renewal(), example.RENEWED_ON + 3 * ONE_DAY
    story.when(example.RECORD_GRADE, noon_of(graded_on))
    later = noon_of(graded_on + 5 * ONE_DAY)
    with pytest.raises(Invalid) as invalid:
        story.when(decision(held_on=graded_on - ONE_DAY), later)
    assert [(its.path, its.code) for its in invalid.value.problems] == [("held_on", "out_of_range")]
    assert story.when(decision(held_on=graded_on), later)


def test_a_grade_from_before_its_day_was_kept_counts_from_the_proposal_on() -> None:
    story = a_renewal()
    (graded,) = story.when(example.RECORD_GRADE, RENEWED)
    story = a_renewal()
    story.happens(replace(graded, graded_on=None))
    assert story.when(example.DECIDE_RENEWAL, RENEWED)


def test_a_renewal_is_decided_by_a_quorum_and_may_be_declined() -> None:
    story = a_renewal(example.RECORD_GRADE)
    few = replace(example.DECIDE_RENEWAL, command=replace(example.AGREE, present=4))
    story.refuses(few, "no_quorum", RENEWED)
    story.when(DECLINED, RENEWED)
    assert story.state.status is RenewalStatus.DECLINED
    story.refuses(example.RENEW, "wrong_state")


@pytest.mark.parametrize("happened", [(), (example.RECORD_GRADE, example.DECIDE_RENEWAL)])
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
