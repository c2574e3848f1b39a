"""Who may sign in at the end of the demo: one of the cast for each role, with the password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from examples.first_batch import cast
from examples.play.accounts import Accounts
from examples.play.people import Person
from shared.contracts.roles import Role

BEGINS_AT = {
    Role.APPLICANT: "/my/applications",
    Role.OFFICER: "/desk",
    Role.REVIEWER: "/desk",
    Role.LEADER: "/desk",
    Role.AUDITOR: "/history",
    Role.OPERATOR: "/operations",
    Role.ADMINISTRATOR: "/accounts",
}
"""The page made for a role; others begin at the home page."""


@dataclass(frozen=True)
class Login:
    """What somebody types to sign in."""

    role: Role
    name: str
    login: str
    password: str
    begins_at: str


def logins(accounts: Accounts, applicant: Person, point: Person) -> Sequence[Login]:
    """One for each role that a person can hold."""
    people = (
        *(applicant, cast.CITY_OFFICER, cast.REVIEW_GROUP, cast.LEADER),
        *(cast.AUDITOR, cast.OPERATOR, cast.ADMINISTRATOR),
        *(point, cast.ENFORCEMENT_BODY, cast.PARTNER),
    )
    return [
        Login(
            person.role,
            person.name,
            person.login,
            accounts.password(person),
            BEGINS_AT.get(person.role, "/"),
        )
        for person in people
    ]
