"""Who must stay out of a review (回避): ties between a member and the applicant, found by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import IndustryGroup, RecusalGround
from shared.contracts.roles import Role
from shared.contracts.spelling import spelling

REVIEWED_BY = frozenset({Role.OFFICER, Role.REVIEWER, Role.LEADER})
"""Who decides about units, and so stays out of what concerns a unit that they are tied to."""


@dataclass(frozen=True)
class Interests:
    """What a member has declared, opened. `bodies`: whom the member works or speaks for."""

    employer_name: str | None = None
    employer_code: str | None = None
    bodies: tuple[str, ...] = ()
    industry_group: IndustryGroup | None = None
    district: str | None = None


@dataclass(frozen=True)
class Unit:
    """The applicant as ties are looked for, opened."""

    name: str
    credit_code: str | None
    recommender: str | None
    industry_group: IndustryGroup
    division: str


@dataclass(frozen=True)
class Panel:
    """A batch's review group as one application meets it.

    ties: whom a rule keeps out of this application's review, members or others of the bureau
    declared: who has told their interests, so that the rules could look for ties
    """

    members: frozenset[str]
    ties: Mapping[str, RecusalGround] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()

    def eligible(self, recused: Collection[str]) -> frozenset[str]:
        """The members who take part, `recused` being those on record."""
        return self.members - set(self.ties) - set(recused)

    def refuse(self, member_id: str) -> None:
        """Raise Refused for whoever is no member, or is tied to the applicant."""
        if member_id not in self.members:
            raise Refused(Reason.NOT_A_MEMBER, "you are not of this batch's review group")
        self.refuse_tied(member_id)

    def refuse_tied(self, account_id: str) -> None:
        """Raise Refused for whoever a rule keeps out, in whatever role it would act."""
        if account_id in self.ties:
            raise Refused(Reason.RECUSED, f"found by rule: {self.ties[account_id]}")

    def is_silent(self, account_id: str) -> bool:
        """Whether it is a member's whose interests nobody knows."""
        return account_id in self.members and account_id not in self.declared

    def refuse_silent(self, account_id: str) -> None:
        """Raise Refused for a member whose interests nobody knows, in whatever role it acts."""
        if self.is_silent(account_id):
            raise Refused(Reason.INTERESTS_NOT_DECLARED, "declare your interests first")


def tie(interests: Interests, unit: Unit) -> RecusalGround | None:
    """What ties a member to the unit, the closest tie first; None when nothing does.

    The employer is the applicant, or has recommended it, or a body the member speaks for has;
    or the member's interests lie in the same industry group and district.
    """
    employer = _spelling_of(interests.employer_name)
    if interests.employer_code is not None and interests.employer_code == unit.credit_code:
        return RecusalGround.SAME_UNIT
    if employer is not None and employer == spelling(unit.name):
        return RecusalGround.SAME_UNIT
    if unit.recommender is not None:
        bodies = {spelling(body) for body in interests.bodies} | {employer}
        if spelling(unit.recommender) in bodies:
            return RecusalGround.RECOMMENDER
    if (interests.industry_group, interests.district) == (unit.industry_group, unit.division):
        return RecusalGround.COMPETITOR
    return None


def closest_tie(declared: Iterable[Interests], unit: Unit) -> RecusalGround | None:
    """What ties a member by any of their statements: a tie once found is not talked away."""
    found = {tie(interests, unit) for interests in declared}
    return next((ground for ground in RecusalGround if ground in found), None)


def _spelling_of(name: str | None) -> str | None:
    return None if name is None else spelling(name)
