"""What points of the first batch hear and report, as data: the speech's cases, with invented names.

Amounts are in fen. Applicants are named by the keys of the first batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.first_batch.data import FOLDER, read_json


@dataclass(frozen=True)
class Saying:
    """One slip of the box, one thing said at a meeting."""

    topic: str
    text: str


@dataclass(frozen=True)
class Meeting:
    place: str
    subject: str
    attendees: int
    minutes: str
    sayings: Sequence[Saying]


@dataclass(frozen=True)
class Street:
    """A street's point with its opinion box and its monthly meetings."""

    applicant: str
    liaison_name: str
    division: str
    place: str
    contact: str
    emptied_by: Sequence[str]
    slips: Sequence[Saying]
    meetings: Sequence[Meeting]


@dataclass(frozen=True)
class Chamber:
    """A chamber that reports for its members, each text a clue of its own."""

    applicant: str
    liaison_name: str
    division: str
    body: str
    kind: str
    texts: Sequence[str]


@dataclass(frozen=True)
class Baseline:
    """Totals of the year before the play."""

    complaints: int
    share: str
    number: int
    source: str


@dataclass(frozen=True)
class Cases:
    """fine: the fine above the limit that a point reports for a peer, and all its words"""

    fine: Mapping[str, Any]
    street: Street
    chamber: Chamber
    baseline: Baseline


def load(folder: Path = FOLDER) -> Cases:
    """Those in `folder`/clues.json. Raises OSError, ValueError, KeyError or TypeError."""
    told = read_json(folder / "clues.json")
    street = told["street"]
    meetings = [Meeting(**{**its, "sayings": _said(its["sayings"])}) for its in street["meetings"]]
    return Cases(
        fine=told["fine"],
        street=Street(**{**street, "slips": _said(street["slips"]), "meetings": meetings}),
        chamber=Chamber(**told["chamber"]),
        baseline=Baseline(**told["baseline"]),
    )


def _said(rows: Sequence[Mapping[str, str]]) -> list[Saying]:
    return [Saying(**row) for row in rows]
