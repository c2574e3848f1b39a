"""A limit in working days as an event holds it: what it was counted from, and to which day.

So a case keeps the limit that its own day gave it, whatever the settings become later; and
whoever must compute it anew, because a year's table has arrived, finds what it was computed from.
"""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Whole
from shared.contracts.message import part, value
from shared.contracts.working_days import Due, WorkingDays

LONGEST_LIMIT = 1_000
"""Working days of the longest limit there may be: four years."""


@value
class TimeLimit:
    """A limit that runs to the end of `due_on`, Asia/Shanghai.

    counted_from: the day after which the `working_days` are counted
    provisional: a year's table that the day depends on was missing (rules.md section 4)
    """

    counted_from: dt.date = part(Day())
    working_days: int = part(Whole(1, LONGEST_LIMIT))
    due_on: dt.date = part(Day())
    provisional: bool = part(Flag())

    def has_passed(self, today: dt.date) -> bool:
        """Whether its last day has ended for certain.

        A provisional day may yet move, so until its year's table is there nobody is late by it.
        """
        return not self.provisional and today > self.due_on

    def counted_anew(self, calendar: WorkingDays) -> TimeLimit:
        """The same limit by another calendar."""
        return time_limit(calendar, self.counted_from, self.working_days)


def time_limit(calendar: WorkingDays, start: dt.date, days: int) -> TimeLimit:
    """The limit of `days` working days after `start`. Raises ValueError for fewer than one."""
    due: Due = calendar.due(start, days)
    return TimeLimit(
        counted_from=start, working_days=days, due_on=due.day, provisional=due.provisional
    )
