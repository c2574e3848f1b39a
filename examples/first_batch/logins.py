"""Who may sign in at the end of the demo: one of the cast for each role, with the password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from examples.first_batch import cast
from examples.play.accounts import Accounts
from examples.play.people import Person
from services.portal.pages.entering import begins
from shared.contracts.roles import Role


@dataclass(frozen=True)
class Login:
    """What somebody types to sign in."""

    role: Role
    name: str
    login: str
    password: str
    begins_at: str


def logins(
    accounts: Accounts, applicant: Person, point: Person, retiring: Person
) -> Sequence[Login]:
    """One for each role that a person can hold.

    Of points also the one that is to retire, of bodies also the one that a clue was referred to.
    """
    people = (
        *(applicant, cast.CITY_OFFICER, cast.CHAIR, cast.LEADER),
        *(cast.AUDITOR, cast.OPERATOR, cast.ADMINISTRATOR),
        *(retiring, point, cast.ENVIRONMENT, cast.ENFORCEMENT_BODY, cast.PARTNER),
    )
    return [
        Login(
            person.role,
            person.name,
            person.login,
            accounts.password(person),
            begins(person.role),
        )
        for person in people
    ]
