"""How an aggregate decides by its transition table, which is data: tests walk it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason


class HasStatus(Protocol):
    @property
    def status(self) -> Any: ...


Decision = Callable[[Any, Any, Any], list[Any]]
"""From state, command and the service's context to events."""
Transitions = Mapping[tuple[Any, type], Decision]


def decide_by(transitions: Transitions, state: HasStatus, command: Any, context: Any) -> list[Any]:
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
