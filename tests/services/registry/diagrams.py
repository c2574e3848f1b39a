"""State diagrams of the registry's aggregates: `python -m tests.services.registry.diagrams`.

A table says from which status a command is possible; where it leads is found by telling every
story of the tests, which together take every pair of the tables. So a diagram shows what was
seen to happen, and nothing else.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.services.registry.stories import ANYWHERE, SENT_WHOLE, STORIES, moment_of
from tests.services.registry.telling import Story

FOLDER = Path(__file__).parents[3] / "docs" / "diagrams"

Edges = dict[tuple[str, str], set[str]]
"""(status before, status after) -> names of the commands that were seen to lead there."""


def edges() -> dict[ModuleType, Edges]:
    """What the stories do, by aggregate."""
    found: dict[ModuleType, Edges] = {}
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


def diagram(module: ModuleType, its: Edges) -> str:
    """The document of one aggregate."""
    name = module.__name__.rpartition(".")[2]
    lines = [
        f"    {_node(before)} --> {_node(after)}: {', '.join(sorted(commands))}"
        for (before, after), commands in sorted(its.items())
    ]
    return "\n".join(
        [
            f"# {name}",
            "",
            f"{(module.__doc__ or '').splitlines()[0]}",
            "",
            *_of_any_status(module),
            "Made by `make diagrams` from the transition table and the stories of the tests.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *lines,
            "```",
            "",
        ]
    )


def _of_any_status(module: ModuleType) -> list[str]:
    named = {type(command) for command in ANYWHERE}
    lines = []
    for command in sorted(named, key=lambda its: its.__name__):
        statuses = sorted(str(s) for s, possible in module.TRANSITIONS if possible is command)
        if statuses:
            where = ", ".join(statuses)
            lines += [f"`{command.__name__}` leaves the status as it is: {where}.", ""]
    return lines


def _node(status: str) -> str:
    return "[*]" if status == "absent" else status


def wanted() -> dict[str, str]:
    """Every document by its file name."""
    return {
        f"{module.__name__.rpartition('.')[2]}.md": diagram(module, its)
        for module, its in edges().items()
    }


def write() -> int:
    """Write them, and remove those of aggregates that are gone."""
    documents = wanted()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in documents:
            path.unlink()
    for name, text in documents.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(write())
