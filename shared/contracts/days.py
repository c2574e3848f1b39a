"""Calendar days of business, in Asia/Shanghai.

The zone is a fixed +08:00 and not the time zone database's: China has kept it since 1991-09-15,
before anything a log can hold. So a day that stands in a leaf comes out the same on a machine
without the database, and whatever a later edition of it says. (Days themselves, such as the day
a firm was founded, are kept as days and pass through no zone.)
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = dt.timedelta(days=1)


def business_date(instant: dt.datetime) -> dt.date:
    """The calendar day in Asia/Shanghai on which an instant lies.

    Raises ValueError for a naive datetime: nobody knows which instant that is.
    """
    _refuse_naive(instant)
    return instant.astimezone(SHANGHAI).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """The first instant of a day in Asia/Shanghai, as aware UTC.

    Raises TypeError for a datetime, whose own day need not be that of Asia/Shanghai.
    """
    if isinstance(day, dt.datetime):
        raise TypeError("give a date; business_date finds that of an instant")
    return dt.datetime.combine(day, dt.time(), SHANGHAI).astimezone(dt.UTC)


def days_left(first_day: dt.date, last_day: dt.date, today: dt.date) -> int:
    """How many whole days of a window are still there, today among them once it has begun."""
    return max(0, (last_day - max(today, first_day)).days + 1)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 2, 28)


@dataclass(frozen=True)
class DayWindow:
    """Whole calendar days in Asia/Shanghai, both ends included.

    Raises ValueError when the last day lies before the first.
    """

    first_day: dt.date
    last_day: dt.date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"{self.last_day} lies before {self.first_day}")

    @property
    def days(self) -> int:
        """How many days the window has, at least 1."""
        return (self.last_day - self.first_day).days + 1

    @property
    def starts_at(self) -> dt.datetime:
        """The first instant of the first day, aware UTC."""
        return start_of_day(self.first_day)

    @property
    def ends_at(self) -> dt.datetime:
        """The first instant after the last day, aware UTC; no longer of the window."""
        return start_of_day(self.last_day + ONE_DAY)

    def contains(self, now: dt.datetime) -> bool:
        """Whether `now` lies on one of the days. Raises ValueError for a naive datetime."""
        return self.first_day <= business_date(now) <= self.last_day

    def is_over(self, now: dt.datetime) -> bool:
        """Whether the last day has ended. Raises ValueError for a naive datetime."""
        return business_date(now) > self.last_day


def whole_days_after(published: dt.datetime, days: int) -> DayWindow:
    """The `days` whole calendar days that begin on the day after publication.

    That is how a public notice is counted (rules.md section 1): published at any time of the
    1st, seven days run from the 2nd to the end of the 8th. Raises ValueError for fewer than
    one day or a naive datetime.
    """
    if days < 1:
        raise ValueError(f"{days} whole days are no window")
    first_day = business_date(published) + ONE_DAY
    return DayWindow(first_day, first_day + (days - 1) * ONE_DAY)


def _refuse_naive(instant: dt.datetime) -> None:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} has no time zone")
