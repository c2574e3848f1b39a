"""What every aggregate of the registry has: a status, a transition table, a way to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from services.registry.domain.settings import Settings
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason


@dataclass(frozen=True)
class Context:
    """What a decision may know beside state and command: when, who, and the rules in force."""

    now: dt.datetime
    today: dt.date
    actor_id: str
    settings: Settings


class HasStatus(Protocol):
    @property
    def status(self) -> Any: ...


Decision = Callable[[Any, Any, Context], list[Any]]
Transitions = Mapping[tuple[Any, type], Decision]


def decide_by(
    transitions: Transitions, state: HasStatus, command: Any, context: Context
) -> list[Any]:
    """The events of a command, by the aggregate's table.

    Raises Refused with WRONG_STATE, or ALREADY_EXISTS for a creating command, when the table
    has no such pair; a decision raises Refused with its own reason.
    """
    decision = transitions.get((state.status, type(command)))
    if decision is not None:
        return decision(state, command, context)
    name = type(command).__name__
    if state.status != "absent" and _creates(transitions, type(command)):
        raise Refused(Reason.ALREADY_EXISTS, f"{name}: that id is in use, status {state.status}")
    raise Refused(Reason.WRONG_STATE, f"{name} is not possible in status {state.status}")


def _creates(transitions: Transitions, command: type) -> bool:
    return {status for status, its in transitions if its is command} == {"absent"}
