"""State diagrams of the services' aggregates: `python -m tests.services.diagrams`.

A table says from which status a command is possible; where it leads is found by telling every
story of the tests, which together take every pair of the tables. So a diagram shows what was
seen to happen, and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parents[2] / "docs" / "diagrams"

Edges = Mapping[tuple[str, str], Collection[str]]
"""(status before, status after) -> names of the commands that were seen to lead there."""


@dataclass(frozen=True)
class Drawn:
    """Aggregates of one service. folder: below FOLDER, "" for FOLDER itself
    aside: commands that leave the status as it is, and are told beside the diagram
    """

    folder: str
    edges: Mapping[ModuleType, Edges]
    aside: Collection[type]

    def documents(self) -> dict[str, str]:
        """Each by its path below FOLDER."""
        return {
            str(Path(self.folder) / f"{_name(module)}.md"): self._document(module, its)
            for module, its in self.edges.items()
        }

    def _document(self, module: ModuleType, its: Edges) -> str:
        beside = {its.__name__ for its in self.aside}
        lines = [
            f"    {_node(before)} --> {_node(after)}: {', '.join(told)}"
            for (before, after), commands in sorted(its.items())
            if (told := sorted(name for name in commands if name not in beside or before != after))
        ]
        return "\n".join(
            [
                *(f"# {_name(module)}", ""),
                *((module.__doc__ or "").splitlines()[0], ""),
                *self._of_any_status(module),
                "Made by `make diagrams` from the transition table and the stories of the tests.",
                *("", "```mermaid", "stateDiagram-v2", *lines, "```", ""),
            ]
        )

    def _of_any_status(self, module: ModuleType) -> list[str]:
        lines = []
        for command in sorted(self.aside, key=lambda its: its.__name__):
            statuses = sorted(str(s) for s, possible in module.TRANSITIONS if possible is command)
            if statuses:
                where = ", ".join(statuses)
                lines += [f"`{command.__name__}` leaves the status as it is: {where}.", ""]
        return lines


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _node(status: str) -> str:
    return "[*]" if status == "absent" else status


def kept() -> dict[str, str]:
    """What lies in the folder."""
    found = FOLDER.rglob("*.md")
    return {str(path.relative_to(FOLDER)): path.read_text("utf-8") for path in found}


def wanted(drawn: Iterable[Drawn]) -> dict[str, str]:
    """Every document."""
    return {path: text for its in drawn for path, text in its.documents().items()}


def write(documents: Mapping[str, str]) -> int:
    """Write them, and remove those of aggregates that are gone."""
    for path in kept():
        if path not in documents:
            (FOLDER / path).unlink()
    for path, text in documents.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")
    return 0


def every() -> list[Drawn]:
    """Of every service that has aggregates to draw."""
    from tests.services.clues.drawing import CLUES
    from tests.services.registry.drawing import REGISTRY

    return [REGISTRY, CLUES]


if __name__ == "__main__":
    sys.exit(write(wanted(every())))
