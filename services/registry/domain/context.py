"""What every decision of the registry may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from services.registry.domain.settings import Schedule, Settings, SizeChange
from shared.contracts.limits import TimeLimit, time_limit
from shared.contracts.working_days import WorkingDays


@dataclass(frozen=True)
class Context:
    """What a decision may know beside state and command: when, who, and the rules in force."""

    now: dt.datetime
    today: dt.date
    actor_id: str
    schedule: Schedule = field(default_factory=Schedule)
    calendar: WorkingDays = field(default_factory=WorkingDays)
    sizes: tuple[SizeChange, ...] = ()

    @cached_property
    def settings(self) -> Settings:
        """The figures in force today."""
        return self.settings_on(self.today)

    def settings_on(self, day: dt.date) -> Settings:
        """The figures in force on a case's own day."""
        return self.schedule.on(day)

    def limit(self, working_days: int) -> TimeLimit:
        """The limit of so many working days after today."""
        return time_limit(self.calendar, self.today, working_days)
