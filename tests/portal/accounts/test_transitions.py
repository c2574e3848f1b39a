"""The tables of account and administration: what they lack is refused, what they have is taken."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from services.portal.domain import account, administration
from services.portal.handlers import ROUTES
from shared.contracts.errors import Refused
from shared.contracts.portal.commands import COMMANDS
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from tests.portal.accounts import examples as example
from tests.portal.accounts.telling import Story

AGGREGATES: list[tuple[ModuleType, Any, type, tuple[Any, ...]]] = [
    (account, account.Account(), account.AccountStatus, example.OF_ACCOUNT),
    (
        administration,
        administration.Administration(),
        administration.AdministrationStatus,
        example.OF_ADMINISTRATION,
    ),
]


def absent() -> list[Any]:
    return [
        pytest.param(module, replace(initial, status=status), command, id=f"{status}-{name}")
        for module, initial, statuses, commands in AGGREGATES
        for status in statuses  # type: ignore[attr-defined]
        for command in commands
        for name in [type(command).__name__]
        if (status, type(command)) not in module.TRANSITIONS
    ]


@pytest.mark.parametrize(("module", "state", "command"), absent())
def test_what_the_table_lacks_is_refused(module: ModuleType, state: Any, command: Any) -> None:
    with pytest.raises(Refused) as refusal:
        module.decide(state, command, example.ADMINISTRATOR)

    assert refusal.value.reason in (Reason.WRONG_STATE, Reason.ALREADY_EXISTS)


@pytest.mark.parametrize(("module", "initial", "statuses", "commands"), AGGREGATES)
def test_the_table_names_real_statuses_and_commands_only(
    module: ModuleType, initial: Any, statuses: type, commands: tuple[Any, ...]
) -> None:
    assert {status for status, _ in module.TRANSITIONS} <= set(statuses)  # type: ignore[call-overload]
    assert {command for _, command in module.TRANSITIONS} == {type(its) for its in commands}


def test_every_pair_of_the_tables_is_taken_by_some_story() -> None:
    taken = set()

    def take(module: ModuleType, initial: Any, *commands: Any) -> None:
        story = Story(module, initial)
        for command in commands:
            taken.add((module.__name__, story.state.status, type(command)))
            assert story.when(command)

    nobody = account.Account()
    at_work = [example.SET_PASSWORD, example.REHASH, example.LOCK, example.END_SESSIONS]
    take(account, nobody, example.OPEN, example.GRANT, *at_work, example.REVOKE)
    take(account, nobody, example.OPEN, example.ENABLE_TOTP, example.DISABLE_TOTP)
    take(account, nobody, example.OPEN, example.BIND, example.UNBIND)
    take(account, nobody, example.OPEN, example.APPLICANT, example.CLOSE, example.REVOKE)
    take(account, nobody, example.OPEN, example.CLOSE, example.REOPEN)
    held = [example.ADD, example.ADD_OTHER, example.REMOVE]
    take(administration, administration.Administration(), *held)

    declared = {
        (module.__name__, status, command)
        for module, _, _, _ in AGGREGATES
        for status, command in module.TRANSITIONS
    }
    assert declared == taken


def test_every_command_of_the_language_has_a_route() -> None:
    assert {message_type.cls for message_type in COMMANDS} == set(ROUTES)
    assert all(route.roles for route in ROUTES.values())


def test_what_only_the_portal_does_is_open_to_nobody_else() -> None:
    of_the_system = {its.__name__ for its, route in ROUTES.items() if Role.SYSTEM in route.roles}

    assert of_the_system == {"LockAccount", "RehashPassword"}
    assert all(
        set(route.roles) == {Role.SYSTEM} for route in ROUTES.values() if Role.SYSTEM in route.roles
    )
