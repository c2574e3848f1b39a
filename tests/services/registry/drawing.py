"""What the registry's stories do, to be drawn (tests/services/diagrams.py)."""

from __future__ import annotations

from collections import defaultdict
from types import ModuleType
from typing import Any

from tests.services.diagrams import Drawn
from tests.services.registry.stories import ANYWHERE, SENT_WHOLE, STORIES, moment_of
from tests.services.registry.telling import Story


def edges() -> dict[ModuleType, dict[tuple[str, str], set[str]]]:
    """What the stories do, by aggregate."""
    found: dict[ModuleType, dict[tuple[str, str], set[str]]] = {}
    for module, initial, told in STORIES:
        its = found.setdefault(module, defaultdict(set))
        for before, command, after in _steps(module, initial, told):
            its[before, after].add(command)
    return found


def _steps(module: ModuleType, initial: Any, told: list[Any]) -> list[tuple[str, str, str]]:
    steps, story = [], Story(module, initial)
    for command in told:
        if type(command) not in SENT_WHOLE:
            story.happens(command)
            continue
        before = str(story.state.status)
        story.when(command, moment_of(command))
        steps.append((before, type(command).__name__, str(story.state.status)))
    return steps


REGISTRY = Drawn("", edges(), {type(command) for command in ANYWHERE})
