"""Limits in working days, over Spring Festival, working weekends and year's end."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.days import ONE_DAY, SHANGHAI
from shared.contracts.working_days import WorkingDays, YearTable

# The State Council's table of 2026, as far as these tests walk over it.
OFF_2026 = [
    *(dt.date(2026, 1, day) for day in (1, 2, 3)),
    *(dt.date(2026, 2, day) for day in range(15, 24)),
    *(dt.date(2026, 10, day) for day in range(1, 8)),
]
WORKED_2026 = [
    dt.date(2026, month, day)
    for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
]
TABLE_2026 = YearTable(2026, frozenset(OFF_2026), frozenset(WORKED_2026))
CALENDAR = WorkingDays({2026: TABLE_2026})

days = st.dates(dt.date(2025, 6, 1), dt.date(2028, 6, 1))


def test_the_first_day_counted_is_the_one_after_the_start() -> None:
    monday = dt.date(2026, 3, 2)
    assert CALENDAR.due(monday, 1).day == dt.date(2026, 3, 3)
    assert CALENDAR.due(monday, 5).day == dt.date(2026, 3, 9)


def test_spring_festival_is_passed_over_and_its_working_weekends_count() -> None:
    friday_before = dt.date(2026, 2, 13)
    assert CALENDAR.due(friday_before, 1).day == dt.date(2026, 2, 14)
    assert CALENDAR.due(friday_before, 2).day == dt.date(2026, 2, 24)
    assert CALENDAR.due(friday_before, 6).day == dt.date(2026, 2, 28)


def test_a_limit_ends_with_the_last_second_of_its_day_in_shanghai() -> None:
    due = CALENDAR.due(dt.date(2026, 2, 13), 2)
    assert due.passes_at == dt.datetime(2026, 2, 25, tzinfo=SHANGHAI)
    assert due.passes_at.tzinfo is dt.UTC


def test_a_limit_that_reaches_into_a_year_without_table_is_provisional() -> None:
    december = dt.date(2026, 12, 30)
    assert not CALENDAR.due(december, 1).provisional
    over = CALENDAR.due(december, 2)
    assert (over.day, over.provisional) == (dt.date(2027, 1, 4), True)


def test_a_table_that_arrives_changes_the_day_and_ends_the_doubt() -> None:
    arrived = CALENDAR.with_table(YearTable(2027, frozenset({dt.date(2027, 1, 4)})))
    due = arrived.due(dt.date(2026, 12, 30), 2)
    assert (due.day, due.provisional) == (dt.date(2027, 1, 1), False)
    assert CALENDAR.is_provisional(2027)


def test_a_limit_on_the_edge_is_provisional_only_if_it_passes_over_unknown_days() -> None:
    thursday = dt.date(2026, 12, 31)
    assert not CALENDAR.due(dt.date(2026, 12, 29), 2).provisional
    assert CALENDAR.due(dt.date(2026, 12, 29), 2).day == thursday


@pytest.mark.parametrize(
    ("off", "worked", "said"),
    [
        ({dt.date(2027, 1, 1)}, set(), "not a day of 2026"),
        (set(), {dt.date(2026, 3, 2)}, "no weekend day"),
        ({dt.date(2026, 1, 4)}, {dt.date(2026, 1, 4)}, "both off and worked"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    off: set[dt.date], worked: set[dt.date], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        YearTable(2026, frozenset(off), frozenset(worked))


def test_no_days_are_no_limit() -> None:
    with pytest.raises(ValueError, match="no limit"):
        CALENDAR.due(dt.date(2026, 3, 2), 0)


@given(days, st.integers(1, 60))
def test_a_due_day_is_a_working_day_and_leaves_exactly_that_many(
    start: dt.date, number: int
) -> None:
    due = CALENDAR.due(start, number)
    assert CALENDAR.is_working(due.day)
    assert CALENDAR.between(start, due.day) == number


@given(days, st.integers(1, 40), st.integers(1, 40))
def test_an_extension_counts_on_from_the_day_it_extends(
    start: dt.date, first: int, more: int
) -> None:
    whole = CALENDAR.due(start, first + more)
    assert CALENDAR.due(CALENDAR.due(start, first).day, more).day == whole.day


@given(days, days)
def test_working_days_between_two_days_add_up(start: dt.date, end: dt.date) -> None:
    if end < start:
        assert CALENDAR.between(start, end) == 0
        return
    middle = start + (end - start) // (2 * ONE_DAY) * ONE_DAY
    assert CALENDAR.between(start, middle) + CALENDAR.between(middle, end) == CALENDAR.between(
        start, end
    )
