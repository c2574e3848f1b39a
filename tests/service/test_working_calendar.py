"""The calendar that a service counts its limits with."""

from __future__ import annotations

import datetime as dt

from shared.contracts.working_days import YearTable
from shared.service.working_calendar import calendar, library_tables


def test_the_working_weekends_of_2026_are_the_state_councils() -> None:
    known = calendar()
    worked = [
        day
        for day in (dt.date(2026, 1, 1) + dt.timedelta(number) for number in range(365))
        if day.weekday() >= 5 and known.is_working(day)
    ]
    assert [(day.month, day.day) for day in worked] == [
        (1, 4),
        (2, 14),
        (2, 28),
        (5, 9),
        (9, 20),
        (10, 10),
    ]


def test_a_year_behind_the_librarys_last_table_is_provisional() -> None:
    known = calendar()
    last = library_tables()[-1].year
    assert not known.is_provisional(last)
    assert known.is_provisional(last + 1)
    assert known.due(dt.date(last, 12, 31), 5).provisional


def test_a_table_of_the_settings_wins_over_the_librarys() -> None:
    ordinary = dt.date(2026, 3, 2)
    assert calendar().is_working(ordinary)
    assert not calendar([YearTable(2026, frozenset({ordinary}))]).is_working(ordinary)
