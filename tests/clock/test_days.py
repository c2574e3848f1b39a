"""Calendar days in Asia/Shanghai, at their boundaries above all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.contracts.days import (
    SHANGHAI,
    DayWindow,
    business_date,
    start_of_day,
    whole_days_after,
)

TICK = dt.timedelta(microseconds=1)
ONE_DAY = dt.timedelta(days=1)

days = st.dates(dt.date(1992, 1, 1), dt.date(2200, 12, 31))
instants = st.datetimes(
    dt.datetime(1992, 1, 1),  # noqa: DTZ001
    dt.datetime(2200, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([dt.UTC, SHANGHAI, dt.timezone(dt.timedelta(hours=-11))]),
)


def at(text: str) -> dt.datetime:
    """An instant by the wall clock of Asia/Shanghai."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_the_day_changes_at_sixteen_hours_utc() -> None:
    before = dt.datetime(2026, 2, 28, 15, 59, 59, 999999, tzinfo=dt.UTC)
    assert business_date(before) == dt.date(2026, 2, 28)
    assert business_date(before + TICK) == dt.date(2026, 3, 1)


def test_the_year_changes_at_midnight_in_shanghai() -> None:
    assert business_date(at("2026-12-31T23:59:59.999999")) == dt.date(2026, 12, 31)
    assert business_date(at("2027-01-01T00:00:00")) == dt.date(2027, 1, 1)


def test_a_leap_year_has_its_day() -> None:
    assert business_date(at("2028-02-29T12:00:00")) == dt.date(2028, 2, 29)
    assert business_date(at("2028-02-28T23:59:59") + dt.timedelta(seconds=1)) == dt.date(
        2028, 2, 29
    )


def test_a_day_has_the_same_length_all_year() -> None:
    first = dt.date(2026, 1, 1)
    for number in range(366):
        day = first + number * ONE_DAY
        assert start_of_day(day + ONE_DAY) - start_of_day(day) == dt.timedelta(hours=24)


@given(days)
@example(dt.date(2026, 12, 31))
@example(dt.date(2028, 2, 29))
def test_a_day_begins_with_its_first_instant_and_not_before(day: dt.date) -> None:
    start = start_of_day(day)
    assert start.tzinfo is dt.UTC
    assert business_date(start) == day
    assert business_date(start - TICK) == day - ONE_DAY


@given(instants)
def test_every_instant_lies_in_its_business_day(instant: dt.datetime) -> None:
    day = business_date(instant)
    assert start_of_day(day) <= instant < start_of_day(day + ONE_DAY)


def test_an_instant_without_zone_has_no_business_date() -> None:
    naive = dt.datetime(2026, 3, 1)  # noqa: DTZ001
    window = DayWindow(dt.date(2026, 3, 1), dt.date(2026, 3, 1))
    for ask in (business_date, window.contains, window.is_over, lambda it: whole_days_after(it, 7)):
        with pytest.raises(ValueError, match="no time zone"):
            ask(naive)


def test_an_instant_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match="business_date"):
        start_of_day(dt.datetime(2026, 3, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize("published", ["2026-03-01T00:00:00", "2026-03-01T23:59:59.999999"])
def test_a_notice_of_seven_days_runs_from_the_day_after_to_the_end_of_the_seventh(
    published: str,
) -> None:
    notice = whole_days_after(at(published), 7)
    assert notice == DayWindow(dt.date(2026, 3, 2), dt.date(2026, 3, 8))
    assert notice.days == 7
    assert not notice.contains(at("2026-03-01T23:59:59.999999"))
    assert notice.contains(at("2026-03-02T00:00:00"))
    assert notice.contains(at("2026-03-08T23:59:59.999999"))
    assert not notice.is_over(at("2026-03-08T23:59:59.999999"))
    assert notice.is_over(at("2026-03-09T00:00:00"))
    assert notice.ends_at == at("2026-03-09T00:00:00")


def test_a_notice_published_in_the_evening_of_utc_counts_from_the_shanghai_day() -> None:
    published = dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)  # midnight of the 2nd in Shanghai
    assert whole_days_after(published, 7).first_day == dt.date(2026, 3, 3)


def test_a_notice_runs_over_the_end_of_the_year_and_over_leap_day() -> None:
    assert whole_days_after(at("2026-12-28T10:00:00"), 7).last_day == dt.date(2027, 1, 4)
    assert whole_days_after(at("2028-02-25T10:00:00"), 7).last_day == dt.date(2028, 3, 3)
    assert whole_days_after(at("2027-02-25T10:00:00"), 7).last_day == dt.date(2027, 3, 4)


@given(instants, st.integers(1, 400))
def test_a_window_has_as_many_whole_days_as_asked_and_begins_after_publication(
    published: dt.datetime, count: int
) -> None:
    window = whole_days_after(published, count)
    assert window.days == count
    assert window.ends_at - window.starts_at == count * ONE_DAY
    assert dt.timedelta() < window.starts_at - published <= ONE_DAY
    assert not window.contains(published)


@given(instants, st.integers(1, 30), st.timedeltas(-60 * ONE_DAY, 60 * ONE_DAY))
def test_an_instant_is_before_in_or_after_a_window_and_never_two_of_them(
    published: dt.datetime, count: int, later: dt.timedelta
) -> None:
    window = whole_days_after(published, count)
    now = window.ends_at + later
    assert window.contains(now) == (window.starts_at <= now < window.ends_at)
    assert window.is_over(now) == (now >= window.ends_at)


@pytest.mark.parametrize("count", [0, -1])
def test_no_window_has_less_than_a_day(count: int) -> None:
    with pytest.raises(ValueError, match="no window"):
        whole_days_after(at("2026-03-01T00:00:00"), count)


def test_a_window_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before"):
        DayWindow(dt.date(2026, 3, 2), dt.date(2026, 3, 1))
