"""Given events, when a command, then events or a refusal: how domain tests speak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from services.registry.domain.context import Context
from services.registry.domain.settings import Schedule, Settings
from shared.contracts.days import business_date
from shared.contracts.errors import Refused
from shared.service.working_calendar import calendar

NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
"""12:00 on 2026-03-02 in Shanghai."""

CALENDAR = calendar()
"""Made once: a property test asks for it thousands of times."""

RULES = Settings(review_group_required=0, visits_required=0, opinions_required=0)
"""A bureau that asks for no more than the checks; test_requirements is about one that does."""


def uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def context(now: dt.datetime = NOON, settings: Settings | None = None) -> Context:
    schedule = Schedule(base=settings or RULES)
    return Context(now, business_date(now), "officer-1", schedule, CALENDAR)


class Story:
    """One aggregate's past, and what a command makes of it."""

    def __init__(self, aggregate: ModuleType, initial: Any, given: Sequence[Any] = ()) -> None:
        self._aggregate, self.state = aggregate, initial
        self.happens(*given)

    def happens(self, *events: Any) -> Story:
        for event in events:
            self.state = self._aggregate.evolve(self.state, event)
        return self

    def when(self, command: Any, at: dt.datetime = NOON, **settings: Any) -> list[Any]:
        """Decide, and let the events happen."""
        events = self._aggregate.decide(
            self.state, command, context(at, replace(RULES, **settings))
        )
        self.happens(*events)
        return events

    def refuses(self, command: Any, reason: str, at: dt.datetime = NOON, **settings: Any) -> None:
        before = self.state
        with pytest.raises(Refused) as refusal:
            self._aggregate.decide(self.state, command, context(at, replace(RULES, **settings)))
        assert refusal.value.reason == reason
        assert self.state == before
