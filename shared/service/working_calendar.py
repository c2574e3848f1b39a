"""The year tables that come with the library `chinesecalendar`; tables in the settings win."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

from chinese_calendar import holidays, workdays

from shared.contracts.working_days import WorkingDays, YearTable

_SATURDAY = 5


@cache
def library_tables() -> tuple[YearTable, ...]:
    """One table for each whole year that the library knows, in order.

    The library's own tables, not its functions: those raise for a year it does not know.
    """
    years = {day.year for day in (*holidays, *workdays)}
    return tuple(_table(year) for year in sorted(years))


def calendar(settings: Iterable[YearTable] = ()) -> WorkingDays:
    """The calendar of the library's tables, each replaced by that of `settings` for its year."""
    known = {table.year: table for table in (*library_tables(), *settings)}
    return WorkingDays(known)


def _table(year: int) -> YearTable:
    return YearTable(
        year,
        off=frozenset(day for day in holidays if day.year == year),
        worked=frozenset(day for day in workdays if day.year == year and _is_weekend(day)),
    )


def _is_weekend(day: dt.date) -> bool:
    return day.weekday() >= _SATURDAY
