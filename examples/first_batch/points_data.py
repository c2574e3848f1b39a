"""What becomes of some of the first batch's points, as data: the demo's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from examples.first_batch.data import FOLDER, read_json


@dataclass(frozen=True)
class InOffice:
    """A unit that is given its plaque, and names its liaison officer itself."""

    applicant: str
    plaque_number: str
    liaison_name: str
    liaison_phone: str


@dataclass(frozen=True)
class Retiring:
    """A unit whose retirement is under way: it was told the facts, and may state its case.

    liaison_name: who acts for it, with an account
    """

    applicant: str
    liaison_name: str
    ground: str
    means: str
    facts: str


@dataclass(frozen=True)
class Points:
    """Both, by keys of the first batch's applicants; the first in office is shown to visitors."""

    in_office: tuple[InOffice, ...]
    retiring: Retiring


def load(folder: Path = FOLDER) -> Points:
    """Those in `folder`/points.json. Raises OSError, ValueError, KeyError or TypeError."""
    told = read_json(folder / "points.json")
    return Points(
        tuple(InOffice(**entry) for entry in told["in_office"]), Retiring(**told["retiring"])
    )
