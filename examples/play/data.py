"""A batch as data: who applies, what becomes of each, what is decided and objected to.

The form of the files is `examples/batch.schema.json`. Texts are zh-CN, money is in 10,000 yuan
(`_wan`), days count from the day the play starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from examples.play.review_data import Member, Records


@dataclass(frozen=True)
class District:
    """One row of districts.csv. `officer` is the name of whoever passes its formal checks."""

    division: str
    name: str
    market_entities: int
    output_wan: int
    officer: str | None = None


@dataclass(frozen=True)
class Flag:
    """What a person decides of a flagged check."""

    resolution: str
    reasons: str


@dataclass(frozen=True)
class CheckResult:
    """What one check of an application found, and on what evidence."""

    check: str
    finding: str
    evidence: str
    flag: Flag | None = None


@dataclass(frozen=True)
class Conclusion:
    """The review group's vote. `grounds` and `reasons` when the unit is not qualified."""

    conclusion: str
    votes_for: int
    votes_against: int
    grounds: tuple[str, ...] = ()
    reasons: str | None = None


@dataclass(frozen=True)
class Supplement:
    """What the formal check misses; `answer` None: nothing comes and the application lapses.

    changes: fields of the unit that the answer gives anew
    """

    missing: str
    answer: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FormalFailure:
    """Why an application does not pass its formal check."""

    grounds: tuple[str, ...]
    reasons: str


@dataclass(frozen=True)
class Withdrawal:
    """When the applicant takes it back: after its `submission` or after its `review`."""

    after: str
    reasons: str | None = None


@dataclass(frozen=True)
class Applicant:
    """One unit with its course. `line` is its trade in a word.

    declined: why the recommender does not stand by it
    records: what its review puts on record beside the checks
    brings_documents: whether it attaches what its kind and channel need
    """

    key: str
    line: str
    application: Mapping[str, Any]
    checks: tuple[CheckResult, ...]
    conclusion: Conclusion
    declined: str | None = None
    supplement: Supplement | None = None
    formal_failure: FormalFailure | None = None
    withdrawal: Withdrawal | None = None
    records: Records = field(default_factory=Records)
    brings_documents: bool = False

    @property
    def division(self) -> str:
        return str(self.application["division"])

    @property
    def lapses(self) -> bool:
        """Whether a supplement is asked of it that never comes."""
        return self.supplement is not None and self.supplement.answer is None

    @property
    def leaves_at_once(self) -> bool:
        """Whether it is taken back before its formal check."""
        return self.withdrawal is not None and self.withdrawal.after == "submission"

    @property
    def is_reviewed(self) -> bool:
        """Whether it passes its formal check."""
        return not (self.leaves_at_once or self.lapses or self.formal_failure is not None)

    @property
    def qualifies(self) -> bool:
        """Whether the review group votes for it."""
        return self.is_reviewed and self.conclusion.conclusion == "qualified"

    @property
    def is_candidate(self) -> bool:
        """Whether it goes to deliberation."""
        return self.qualifies and self.withdrawal is None


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
class Meeting:
    """A deliberation on a day of the round, and the notice that follows at once.

    adjourned: it lacked a quorum, decided nothing and has no notice
    listed: keys of applicants; None lists every candidate that is left, see `course.decisions`
    left_out: key of an applicant -> why
    reserves_notice: of the reserves that move up into places that objections have freed
    """

    day: int
    deliberation: Deliberation
    adjourned: bool = False
    listed: tuple[str, ...] | None = None
    reserves: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    reserves_notice: str | None = None


@dataclass(frozen=True)
class Round:
    """A round of selection as it is opened. `division` is the bureau's own."""

    division: str
    title: str
    places: int
    days: Window


@dataclass(frozen=True)
class Plan:
    """Where the places are to go, by code; a side without any is not planned."""

    districts: Mapping[str, int]
    groups: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch(Round):
    """A whole batch.

    office: names of the bureau's people by role, where they are told
    partner: name and body of the recommender that has an account of its own
    bodies: names and units of the enforcement bodies that answer opinions by their own accounts
    group: the review group's members, who vote by their own accounts
    """

    meetings: tuple[Meeting, ...]
    districts: tuple[District, ...]
    applicants: tuple[Applicant, ...]
    objections: tuple[Objection, ...]
    office: Mapping[str, str] = field(default_factory=dict)
    partner: Mapping[str, str] | None = None
    bodies: tuple[Mapping[str, str], ...] = ()
    group: tuple[Member, ...] = ()
    plan: Plan | None = None

    def district_name(self, division: str) -> str:
        """The name of a division, or its code when it is none of the batch's."""
        return {its.division: its.name for its in self.districts}.get(division, division)
