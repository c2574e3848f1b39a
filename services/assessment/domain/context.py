"""What every decision of the assessment service may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from services.assessment.domain.settings import Schedule, Settings
from shared.contracts.working_days import WorkingDays


@dataclass(frozen=True)
class Context:
    """What a decision may know beside state and command: when, who, and the rules in force."""

    now: dt.datetime
    today: dt.date
    actor_id: str
    schedule: Schedule = field(default_factory=Schedule)
    calendar: WorkingDays = field(default_factory=WorkingDays)

    @cached_property
    def settings(self) -> Settings:
        """The figures in force today."""
        return self.settings_on(self.today)

    def settings_on(self, day: dt.date) -> Settings:
        """The figures in force on the day of what is judged."""
        return self.schedule.on(day)
