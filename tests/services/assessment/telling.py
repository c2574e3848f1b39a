"""Domain tests of the assessment speak as those of clues do, by its own figures."""

from __future__ import annotations

from typing import Any

from services.assessment.domain.context import Context
from services.assessment.domain.settings import Schedule, Settings
from shared.contracts.days import business_date
from tests.services.clues.telling import Story, noon_of


class DutyStory(Story):
    """One aggregate of the assessment service."""

    def _decide(self, command: Any, actor: str, settings: dict[str, int]) -> list[Any]:
        now = noon_of(self.day)
        schedule = Schedule(base=Settings(**settings))
        its = Context(now, business_date(now), actor, schedule, self.known)
        decided: list[Any] = self._aggregate.decide(self.state, command, its)
        return decided
