"""Given events, when a command, then events or a refusal: how domain tests of clues speak."""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from typing import Any

import pytest

from services.clues.domain.context import Context
from services.clues.domain.settings import Schedule, Settings
from shared.contracts.days import business_date, start_of_day
from shared.contracts.errors import Invalid, Refused
from shared.contracts.working_days import WorkingDays
from shared.service.aggregate import Aggregate
from shared.service.working_calendar import calendar

NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
"""12:00 on Monday, 2026-03-02 in Shanghai."""
TODAY = dt.date(2026, 3, 2)
CALENDAR = calendar()
OFFICER = "officer-1"


def uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def noon_of(day: dt.date) -> dt.datetime:
    return start_of_day(day) + dt.timedelta(hours=12)


def context(
    now: dt.datetime = NOON,
    actor: str = OFFICER,
    settings: Settings | None = None,
    known: WorkingDays = CALENDAR,
) -> Context:
    schedule = Schedule(base=settings or Settings())
    return Context(now, business_date(now), actor, schedule, known)


class Story:
    """One aggregate's past, and what a command makes of it.

    day: of business · known: the working days that are known by then
    """

    def __init__(self, aggregate: ModuleType | Aggregate, initial: Any) -> None:
        self._aggregate, self.state, self.day = aggregate, initial, TODAY
        self.known = CALENDAR

    def on(self, day: dt.date) -> Story:
        self.day = day
        return self

    def when(self, *told: Any, actor: str = OFFICER, **settings: int) -> list[Any]:
        """Decide, and let the events happen; those of the last command."""
        decided: list[Any] = []
        for command in told:
            decided = self._decide(command, actor, settings)
            for event in decided:
                self.state = self._aggregate.evolve(self.state, event)
        return decided

    def refuses(self, command: Any, reason: str, actor: str = OFFICER, **settings: int) -> None:
        with pytest.raises(Refused) as refusal:
            self._decide(command, actor, settings)
        assert refusal.value.reason == reason

    def finds_wrong(self, command: Any, path: str, code: str) -> None:
        with pytest.raises(Invalid) as invalid:
            self._decide(command, OFFICER, {})
        assert [(its.path, its.code) for its in invalid.value.problems] == [(path, code)]

    def _decide(self, command: Any, actor: str, settings: dict[str, int]) -> list[Any]:
        its = context(noon_of(self.day), actor, Settings(**settings), self.known)
        decided: list[Any] = self._aggregate.decide(self.state, command, its)
        return decided
