"""Who acts in a play. Each has an account of their own at the portal, with one role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from examples.play.data import Applicant, Batch
from shared.contracts.roles import Role


@dataclass(frozen=True)
class Person:
    """One person of the cast; without a login a member of the public, who has no account.

    name: what the portal shows in the header
    division: what the role is held for; None for the whole city and all below it
    unit: for whom the role is held, where it is held for a unit
    """

    login: str
    name: str
    role: Role
    division: str | None = None
    unit: str | None = None


PUBLIC = Person("", "", Role.PUBLIC)
ADMINISTRATOR = Person("administrator", "管一清", Role.ADMINISTRATOR)
"""The installation's first, whoever plays in it: only this one is made at the console."""


@dataclass(frozen=True)
class Cast:
    """Those who act for the bureau, and how applicants' logins begin.

    reviewers: the review group by key, its chair first
    district_officers: by division
    partner: a recommender with an account of its own; others recommend by letter
    bodies: enforcement bodies with accounts of their own; others answer by letter
    """

    leader: Person
    officer: Person
    reviewers: Mapping[str, Person]
    district_officers: Mapping[str, Person]
    partner: Person | None = None
    bodies: tuple[Person, ...] = ()
    prefix: str = ""

    @property
    def office(self) -> tuple[Person, ...]:
        """Everybody whom the administrator gives an account."""
        partner = () if self.partner is None else (self.partner,)
        return (
            *(self.leader, self.officer),
            *self.reviewers.values(),
            *self.district_officers.values(),
            *partner,
            *self.bodies,
        )

    def body(self, unit: str) -> Person | None:
        """Whoever answers for an enforcement body with its account, if it has one."""
        return next((its for its in self.bodies if its.unit == unit), None)

    def applicant(self, unit: Applicant) -> Person:
        """Whoever files for a unit, with an account they opened themselves."""
        name = str(unit.application["contact_name"])
        return Person(f"{self.prefix}{unit.key}", name, Role.APPLICANT, unit.division)


def cast_of(batch: Batch, story: str) -> Cast:
    """The people of a batch; `story` begins their logins, so that they are its own."""

    def of_bureau(role: Role, usual: str) -> Person:
        name = batch.office.get(str(role), usual)
        return Person(f"{story}-{role}", name, role, batch.division)

    return Cast(
        leader=of_bureau(Role.LEADER, "局领导"),
        officer=of_bureau(Role.OFFICER, "市局承办人"),
        reviewers={
            its.key: Person(f"{story}-{its.key}", its.name, Role.REVIEWER, batch.division)
            for its in batch.group
        },
        district_officers={
            its.division: Person(
                f"{story}-{its.division}",
                its.officer or f"{its.name}承办人",
                Role.OFFICER,
                its.division,
            )
            for its in batch.districts
        },
        partner=_partner(batch, f"{story}-partner"),
        bodies=tuple(
            Person(
                f"{story}-body-{number}",
                its["name"],
                Role.ENFORCEMENT_BODY,
                batch.division,
                its["unit"],
            )
            for number, its in enumerate(batch.bodies, 1)
        ),
        prefix=f"{story}-",
    )


def _partner(batch: Batch, login: str) -> Person | None:
    its = batch.partner
    if its is None:
        return None
    return Person(login, its["name"], Role.PARTNER, batch.division, its["unit"])
