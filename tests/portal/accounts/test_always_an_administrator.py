"""Whatever administrators do: one is left, and nobody has a role from their own hand."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.portal.domain.account import AccountStatus
from services.portal.handlers import ADMINISTRATION, EVERYONE
from shared.access.actor import Actor
from shared.contracts.errors import JianduError
from shared.contracts.portal import commands, events
from shared.contracts.roles import Role
from tests.portal.accounts.office import CONSOLE, Office, fresh

PEOPLE = 3
DIVISIONS = (None, "430202")


@dataclass(frozen=True)
class Step:
    """`who` does `what` to `whom`; the role and division of a grant."""

    who: int
    what: type
    whom: int
    role: Role
    division: str | None


STEPS = st.builds(
    Step,
    who=st.integers(0, PEOPLE - 1),
    what=st.sampled_from(
        [commands.GrantRole, commands.RevokeRole, commands.CloseAccount, commands.ReopenAccount]
    ),
    whom=st.integers(0, PEOPLE - 1),
    role=st.sampled_from([Role.ADMINISTRATOR, Role.ADMINISTRATOR, Role.OFFICER]),
    division=st.sampled_from(DIVISIONS),
)


def test_no_sequence_of_commands_is_the_end_of_administration(new_office: Office) -> None:
    office = new_office
    people = [office.open() for _ in range(PEOPLE)]
    keeper = office.open()
    own_grants: list[str] = []

    def begin_anew() -> None:
        """The first is administrator of the city, the others nothing; their past stays."""
        office.grant(keeper, Role.ADMINISTRATOR, None)
        for account_id in people:
            for grant_id in office.account(account_id).grants:
                revocation = commands.RevokeRole(account_id=account_id, grant_id=grant_id)
                office.send(revocation, CONSOLE)
            if office.account(account_id).status is AccountStatus.CLOSED:
                office.send(commands.ReopenAccount(account_id=account_id), CONSOLE)
        office.grant(people[0], Role.ADMINISTRATOR, None)
        for grant_id in office.account(keeper).grants:
            office.send(commands.RevokeRole(account_id=keeper, grant_id=grant_id), CONSOLE)

    def take(step: Step) -> None:
        actor = administrator(people[step.who])
        command = _command(office, step, people[step.whom])
        if actor is None or command is None:
            return
        with contextlib.suppress(JianduError):
            office.send(command, actor)
            if step.who == step.whom and isinstance(command, commands.GrantRole):
                own_grants.append(command.grant_id)

    def administrator(account_id: str) -> Actor | None:
        """The account's holder with a role to administer in, as the portal lets them in."""
        state = office.account(account_id)
        if state.status is not AccountStatus.OPEN:
            return None
        for held in state.grants.values():
            if held.role is Role.ADMINISTRATOR:
                return Actor(account_id, held.role, held.division)
        return None

    def on_record() -> dict[tuple[str, str], str | None]:
        state = ADMINISTRATION.initial
        for stored in office.log.stream(ADMINISTRATION.stream(EVERYONE)):
            event = getattr(events, stored.type)(**stored.clear())
            state = ADMINISTRATION.evolve(state, event)
        return dict(state.divisions)

    def held() -> dict[tuple[str, str], str | None]:
        return {
            (account_id, grant_id): its.division
            for account_id in (*people, keeper)
            if office.account(account_id).status is AccountStatus.OPEN
            for grant_id, its in office.account(account_id).grants.items()
            if its.role is Role.ADMINISTRATOR
        }

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], database=None)
    @given(steps=st.lists(STEPS, min_size=1, max_size=12))
    def holds(steps: list[Step]) -> None:
        begin_anew()
        for step in steps:
            take(step)
            assert None in held().values(), "somebody can still administer everything"
            assert on_record() == held()
        assert own_grants == []

    holds()


def _command(office: Office, step: Step, whom: str) -> Any:
    if step.what is commands.GrantRole:
        return commands.GrantRole(
            account_id=whom, grant_id=fresh(), role=step.role, division=step.division, unit=None
        )
    if step.what is commands.RevokeRole:
        first = next(iter(office.account(whom).grants), None)
        return first and commands.RevokeRole(account_id=whom, grant_id=first)
    return step.what(account_id=whom)
