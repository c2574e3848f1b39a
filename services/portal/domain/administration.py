"""Who may administer: one stream for the whole installation, so that whoever is needed stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.portal.domain.context import Context
from shared.contracts.errors import Refused
from shared.contracts.portal import events
from shared.contracts.reasons import Reason
from shared.contracts.scope import reaches
from shared.contracts.transitions import Transitions, decide_by


class AdministrationStatus(StrEnum):
    ABSENT = "absent"
    HELD = "held"


@dataclass(frozen=True)
class Administration:
    """`divisions`: by account and grant of every administrator whose account is open, the division
    for which it is held (None: the whole city).
    """

    status: AdministrationStatus = AdministrationStatus.ABSENT
    divisions: Mapping[tuple[str, str], str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Add:
    """Part of GrantRole and ReopenAccount."""

    account_id: str
    grant_id: str
    division: str | None


@dataclass(frozen=True)
class Remove:
    """Part of RevokeRole and CloseAccount."""

    account_id: str
    grant_id: str


def add(_: Administration, command: Add, __: Context) -> list[Any]:
    return [
        events.AdministratorAdded(
            account_id=command.account_id,
            grant_id=command.grant_id,
            division=command.division,
        )
    ]


def remove(state: Administration, command: Remove, _: Context) -> list[Any]:
    """Not while nobody else reaches all that the administrator reaches: one of a district cannot
    keep the city's accounts.
    """
    removed = (command.account_id, command.grant_id)
    division = state.divisions[removed]
    others = (its for name, its in state.divisions.items() if name != removed)
    if not any(reaches(its, division) for its in others):
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
            divisions = {**state.divisions, its: event.division}
        case events.AdministratorRemoved():
            divisions = {name: of for name, of in state.divisions.items() if name != its}
        case _:
            raise TypeError(f"the administration knows nothing of {type(event).__name__}")
    return Administration(AdministrationStatus.HELD, divisions)
