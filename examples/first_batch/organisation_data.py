"""Who answers for the scheme, who works along, and what they met about, as data: the demo's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from examples.first_batch.data import FOLDER, read_json


@dataclass(frozen=True)
class Leader:
    """Who answers for the scheme in a division."""

    division: str
    leader_name: str
    office: str


@dataclass(frozen=True)
class PartnerBody:
    """A body of the city that works along."""

    key: str
    name: str
    kind: str
    duties: str


@dataclass(frozen=True)
class Task:
    """What a meeting asked of a body; `days` after it is the last day, `result` if it is done."""

    key: str
    owner: str
    what: str
    days: int
    result: str | None


@dataclass(frozen=True)
class Meeting:
    key: str
    subject: str
    bodies: tuple[str, ...]
    minutes: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Organisation:
    """All of it."""

    leaders: tuple[Leader, ...]
    partners: tuple[PartnerBody, ...]
    meetings: tuple[Meeting, ...]


def load(folder: Path = FOLDER) -> Organisation:
    """That in `folder`/organisation.json. Raises OSError, ValueError, KeyError or TypeError."""
    told = read_json(folder / "organisation.json")
    return Organisation(
        tuple(Leader(**entry) for entry in told["leaders"]),
        tuple(PartnerBody(**entry) for entry in told["partners"]),
        tuple(
            Meeting(
                entry["key"],
                entry["subject"],
                tuple(entry["bodies"]),
                entry["minutes"],
                tuple(Task(**task) for task in entry["tasks"]),
            )
            for entry in told["meetings"]
        ),
    )
