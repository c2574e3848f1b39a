"""Working days as the State Council sets them each year, with its working weekends.

Limits are counted in them (rules.md section 4). A year whose table is not there yet counts its
weekends and the holidays that lie on fixed dates; whatever reaches into it is *provisional* and
is computed anew when the table arrives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shared.contracts.days import ONE_DAY, start_of_day

_SATURDAY = 5
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the statutory holidays that need no lunar calendar (State Council, 2024-11)."""


@dataclass(frozen=True)
class YearTable:
    """One year's notice: weekdays that are off, weekend days that are worked.

    Raises ValueError for a day that is not of `year`, for a weekday said to be a working
    weekend, and for a day that is both.
    """

    year: int
    off: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()

    def __post_init__(self) -> None:
        for day in sorted(self.off | self.worked):
            if day.year != self.year:
                raise ValueError(f"{day} is not a day of {self.year}")
        for day in sorted(self.worked):
            if not _is_weekend(day):
                raise ValueError(f"{day} is no weekend day, it is worked anyway")
        for day in sorted(self.off & self.worked):
            raise ValueError(f"{day} is both off and worked")

    def is_working(self, day: dt.date) -> bool:
        return day in self.worked or (day not in self.off and not _is_weekend(day))


@dataclass(frozen=True)
class Due:
    """The last day of a limit. `provisional`: a year's table that it depends on is missing."""

    day: dt.date
    provisional: bool

    @property
    def passes_at(self) -> dt.datetime:
        """The first instant at which the limit is over, aware UTC: the end of its last day."""
        return start_of_day(self.day + ONE_DAY)


@dataclass(frozen=True)
class WorkingDays:
    """The calendar made of the year tables that are known."""

    tables: Mapping[int, YearTable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))

    def with_table(self, table: YearTable) -> WorkingDays:
        """The calendar in which `table` holds for its year, whatever held before."""
        return WorkingDays({**self.tables, table.year: table})

    def is_provisional(self, year: int) -> bool:
        """Whether the year's table is missing."""
        return year not in self.tables

    def is_working(self, day: dt.date) -> bool:
        table = self.tables.get(day.year)
        if table is not None:
            return table.is_working(day)
        return not _is_weekend(day) and (day.month, day.day) not in _FIXED_HOLIDAYS

    def due(self, start: dt.date, days: int) -> Due:
        """The last of the `days` working days that follow `start`, which itself never counts.

        Raises ValueError for fewer than one day.
        """
        if days < 1:
            raise ValueError(f"{days} working days are no limit")
        day, provisional = start, False
        while days:
            day += ONE_DAY
            # Every day passed over counts: one said to be off may yet be worked.
            provisional = provisional or self.is_provisional(day.year)
            days -= self.is_working(day)
        return Due(day, provisional)

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and with `end`; 0 when `end` is not later."""
        return sum(
            self.is_working(start + number * ONE_DAY) for number in range(1, (end - start).days + 1)
        )


def _is_weekend(day: dt.date) -> bool:
    return day.weekday() >= _SATURDAY
