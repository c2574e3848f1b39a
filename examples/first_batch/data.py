"""The first batch as data: who applied, what the review found, who objected, what was said.

Everything in it is invented; the proportions are those of the source speech (rules.md §5). The
texts are zh-CN, money is in 10,000 yuan (`_wan`), days count from the day the play starts.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"

_TRADERS = frozenset({"enterprise", "individual_business"})
_APPLICATION_FIELDS = (
    "channel",
    "recommender",
    "unit_kind",
    "division",
    "industry_section",
    "trade",
    "staff",
    "revenue_wan",
    "assets_wan",
    "declared_size",
    "unit_name",
    "credit_code",
    "address",
    "contact_name",
    "contact_phone",
)


@dataclass(frozen=True)
class District:
    """One row of districts.csv."""

    division: str
    name: str
    market_entities: int
    output_wan: int


@dataclass(frozen=True)
class CheckResult:
    """What one check of an application found, and on what evidence."""

    check: str
    finding: str
    evidence: str


@dataclass(frozen=True)
class Conclusion:
    """The review group's vote. `grounds` and `reasons` when the unit is not qualified."""

    conclusion: str
    votes_for: int
    votes_against: int
    grounds: tuple[str, ...] = ()
    reasons: str | None = None


@dataclass(frozen=True)
class Applicant:
    """One unit with the course of its review. `line` is the speech's word for its trade."""

    key: str
    line: str
    application: Mapping[str, Any]
    checks: tuple[CheckResult, ...]
    conclusion: Conclusion

    @property
    def division(self) -> str:
        return str(self.application["division"])

    @property
    def qualifies(self) -> bool:
        """Whether the review group votes for it, so that it goes to deliberation."""
        return self.conclusion.conclusion == "qualified"


@dataclass(frozen=True)
class Objection:
    """An objection raised during the notice, and how it is decided; None while it is open."""

    key: str
    applicant: str
    anonymous: bool
    facts: str
    outcome: str | None = None
    reasons: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None


@dataclass(frozen=True)
class Window:
    """When a round takes applications, in days from the one on which its play starts."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Deliberation:
    members: int
    present: int
    minutes: str


@dataclass(frozen=True)
class Round:
    """A round of selection as it is opened. `division` is the bureau's own."""

    division: str
    title: str
    places: int
    days: Window


@dataclass(frozen=True)
class Batch(Round):
    """The first round. `deliberation_day` counts as the days of `Window` do."""

    deliberation_day: int
    deliberation: Deliberation
    notice: str


@dataclass(frozen=True)
class Speech:
    """The figures of the source speech, by the codes that the services use."""

    points: int
    eliminated: int
    objections: int
    by_district: Mapping[str, int] = field(default_factory=dict)
    by_industry: Mapping[str, int] = field(default_factory=dict)
    by_size: Mapping[str, int] = field(default_factory=dict)
    by_channel: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FirstBatch:
    """All of it."""

    batch: Batch
    districts: tuple[District, ...]
    applicants: tuple[Applicant, ...]
    objections: tuple[Objection, ...]
    speech: Speech

    def district_name(self, division: str) -> str:
        """The name of a division, or its code when it is none of the batch's."""
        return {its.division: its.name for its in self.districts}.get(division, division)


def load(folder: Path = FOLDER) -> FirstBatch:
    """The batch in `folder`. Raises OSError, ValueError, KeyError or TypeError for broken data."""
    batch = read_json(folder / "batch.json")
    members = int(batch["review_group"]["members"])
    usual = read_json(folder / "checks.json")
    speech = read_json(folder / "speech.json")
    speech.pop("source")
    return FirstBatch(
        batch=Batch(
            division=batch["division"],
            title=batch["title"],
            places=batch["places"],
            days=Window(batch["days"]["opens"], batch["days"]["closes"]),
            deliberation_day=batch["days"]["deliberation"],
            deliberation=Deliberation(**batch["deliberation"]),
            notice=batch["notice"],
        ),
        districts=_districts(folder / "districts.csv"),
        applicants=tuple(
            read_applicant(entry, usual, members) for entry in read_json(folder / "applicants.json")
        ),
        objections=tuple(Objection(**entry) for entry in read_json(folder / "objections.json")),
        speech=Speech(**speech),
    )


def read_json(path: Path) -> Any:
    """The document in a file of data."""
    return json.loads(path.read_text(encoding="utf-8"))


def _districts(path: Path) -> tuple[District, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            District(
                row["division"],
                row["name"],
                int(row["market_entities"]),
                int(row["output_wan"]),
            )
            for row in csv.DictReader(file)
        )


def read_applicant(entry: dict[str, Any], usual: Mapping[str, Any], members: int) -> Applicant:
    """A unit of the data; `usual` is what checks find as a rule, `members` the review group's."""
    review = entry.get("review", {})
    return Applicant(
        key=entry["key"],
        line=entry["line"],
        application={name: entry.get(name) for name in _APPLICATION_FIELDS},
        checks=_checks(entry["unit_kind"], review.get("checks", {}), usual),
        conclusion=_conclusion(review, members),
    )


def _checks(
    unit_kind: str, own: Mapping[str, Any], usual: Mapping[str, Any]
) -> tuple[CheckResult, ...]:
    """Every check that this kind of unit is asked; what is not told of one went as usual."""
    kind = "trader" if unit_kind in _TRADERS else "organisation"
    results = []
    for check, texts in usual.items():
        if kind in texts:
            told = own.get(check, {"finding": "passed", "evidence": texts[kind]})
            results.append(CheckResult(check, told["finding"], told["evidence"]))
    return tuple(results)


def _conclusion(review: Mapping[str, Any], members: int) -> Conclusion:
    if "conclusion" not in review:
        return Conclusion("qualified", members, 0)
    return Conclusion(
        review["conclusion"],
        review["votes_for"],
        review["votes_against"],
        tuple(review["grounds"]),
        review["reasons"],
    )
