"""The second batch as data: one that is still open, with units at every station of their way.

Its sittings list and put on notice the units that `reaches` says; see `Course`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.first_batch.data import FOLDER, read_json
from examples.play.data import (
    Applicant,
    Deliberation,
    Objection,
    Round,
    Window,
)
from examples.play.reading import Usual, applicant_of, group_of
from examples.play.review_data import Member

LATE = frozenset({"submitted", "under_review", "qualified"})
"""How far those have come who applied after the last sitting."""


@dataclass(frozen=True)
class Course:
    """One unit and how far it comes.

    reaches: `submitted`, `under_review`, `rejected`, `qualified`, `reserve`, `left_out`, `listed`,
        `notice` (it runs) or `designation` (the notice is over, the unit waits to be designated)
    checks_made: how many of its checks are on record, while it is under review; None: all
    votes_cast: how many members have voted on it by then
    left_out: why it is left out
    """

    applicant: Applicant
    reaches: str
    checks_made: int | None
    votes_cast: int
    left_out: str | None


@dataclass(frozen=True)
class Sitting:
    """A deliberation on a day of the round, and the notice that follows it at once.

    listed, noticed: how far the units come that it lists, and that the notice names
    closes: whether it names reserves and who is left out as well
    """

    day: int
    deliberation: Deliberation
    listed: frozenset[str]
    noticed: frozenset[str]
    notice: str
    closes: bool


@dataclass(frozen=True)
class SecondBatch:
    """All of it; `objections` are to units of the last sitting's notice, and stay open."""

    round: Round
    group: tuple[Member, ...]
    sittings: tuple[Sitting, ...]
    courses: tuple[Course, ...]
    objections: tuple[Objection, ...]

    def that_reach(self, stations: Collection[str]) -> list[Applicant]:
        """The units that come to one of these and no further."""
        return [its.applicant for its in self.courses if its.reaches in stations]

    @property
    def early(self) -> list[Course]:
        """Those that applied before the first sitting."""
        return [its for its in self.courses if its.reaches not in LATE]


def load(folder: Path = FOLDER) -> SecondBatch:
    """The batch in `folder`/second. Raises OSError, ValueError, KeyError or TypeError."""
    own = folder / "second"
    batch = read_json(own / "batch.json")
    usual = Usual.of(batch, read_json(folder / "checks.json"))
    return SecondBatch(
        round=Round(batch["division"], batch["title"], batch["places"], Window(**batch["days"])),
        sittings=tuple(_sitting(entry) for entry in batch["sittings"]),
        group=group_of(batch),
        courses=tuple(_course(entry, usual) for entry in read_json(own / "applicants.json")),
        objections=tuple(Objection(**entry) for entry in read_json(own / "objections.json")),
    )


def _sitting(entry: Mapping[str, Any]) -> Sitting:
    return Sitting(
        day=entry["day"],
        deliberation=Deliberation(**entry["deliberation"]),
        listed=frozenset(entry["listed"]),
        noticed=frozenset(entry["noticed"]),
        notice=entry["notice"],
        closes=entry.get("closes", False),
    )


def _course(entry: dict[str, Any], usual: Usual) -> Course:
    return Course(
        applicant=applicant_of(entry, usual),
        reaches=entry["reaches"],
        checks_made=entry.get("checks_made"),
        votes_cast=entry.get("votes_cast", 0),
        left_out=entry.get("left_out"),
    )
