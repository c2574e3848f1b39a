"""Who may administer: one stream for the whole installation, so that the last one stays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.portal.domain.context import Context
from shared.contracts.errors import Refused
from shared.contracts.portal import events
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


class AdministrationStatus(StrEnum):
    ABSENT = "absent"
    HELD = "held"


@dataclass(frozen=True)
class Administration:
    """`grants`: account and grant of every administrator whose account is open."""

    status: AdministrationStatus = AdministrationStatus.ABSENT
    grants: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Add:
    """Part of GrantRole and ReopenAccount."""

    account_id: str
    grant_id: str


@dataclass(frozen=True)
class Remove:
    """Part of RevokeRole and CloseAccount."""

    account_id: str
    grant_id: str


def add(_: Administration, command: Add, __: Context) -> list[Any]:
    return [events.AdministratorAdded(account_id=command.account_id, grant_id=command.grant_id)]


def remove(state: Administration, command: Remove, _: Context) -> list[Any]:
    if state.grants == {(command.account_id, command.grant_id)}:
        raise Refused(
            Reason.LAST_ADMINISTRATOR, "make somebody else administrator first", ["account_id"]
        )
    return [events.AdministratorRemoved(account_id=command.account_id, grant_id=command.grant_id)]


TRANSITIONS: Transitions = {
    (AdministrationStatus.ABSENT, Add): add,
    (AdministrationStatus.HELD, Add): add,
    (AdministrationStatus.HELD, Remove): remove,
}


def decide(state: Administration, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Administration, event: Any) -> Administration:
    its = (event.account_id, event.grant_id)
    match event:
        case events.AdministratorAdded():
            return Administration(AdministrationStatus.HELD, state.grants | {its})
        case events.AdministratorRemoved():
            return Administration(AdministrationStatus.HELD, state.grants - {its})
    raise TypeError(f"the administration knows nothing of {type(event).__name__}")
