"""Given events, when a command, then events or a refusal: how these tests speak."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from services.portal.domain.context import Context
from shared.contracts.errors import Refused
from tests.portal.accounts.examples import ADMINISTRATOR


def refused(attempt: Callable[[], object]) -> str:
    """The reason why an attempt is refused, which it must be."""
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value.reason


class Story:
    """One aggregate's past, and what a command makes of it."""

    def __init__(self, aggregate: ModuleType, initial: Any, *given: Any) -> None:
        self._aggregate, self.state = aggregate, initial
        self._happens(given)

    def when(self, command: Any, context: Context = ADMINISTRATOR) -> list[Any]:
        """Decide, and let the events happen."""
        events: list[Any] = self._aggregate.decide(self.state, command, context)
        self._happens(events)
        return events

    def refuses(self, command: Any, reason: str, context: Context = ADMINISTRATOR) -> None:
        before = self.state
        with pytest.raises(Refused) as refusal:
            self._aggregate.decide(self.state, command, context)
        assert refusal.value.reason == reason
        assert self.state == before

    def _happens(self, events: Any) -> None:
        for event in events:
            self.state = self._aggregate.evolve(self.state, event)
