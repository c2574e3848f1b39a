"""An opinion box: placed where everybody finds it, emptied by two, removed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from services.clues.domain.context import Context
from services.clues.domain.days import EARLIEST, refuse_day
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import BoxStatus
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Box:
    """since: the last day on which something was done to it; nothing is entered before it."""

    status: BoxStatus = BoxStatus.ABSENT
    box_id: str = ""
    division: str = ""
    point_id: str | None = None
    since: dt.date = EARLIEST
    emptyings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """PlaceBox with the point whose box it is; None: the bureau's."""

    command: commands.PlaceBox
    point_id: str | None


def place(_: Box, command: Place, context: Context) -> list[Any]:
    given = command.command
    refuse_day("placed_on", given.placed_on, EARLIEST, context)
    return [
        events.BoxPlaced(
            box_id=given.box_id,
            point_id=command.point_id,
            division=given.division,
            place=given.place,
            contact=given.contact,
            placed_on=given.placed_on,
        )
    ]


def empty(state: Box, command: commands.EmptyBox, context: Context) -> list[Any]:
    if command.emptying_id in state.emptyings:
        raise Refused(Reason.ALREADY_EXISTS, "that emptying is on record", ["emptying_id"])
    refuse_day("emptied_on", command.emptied_on, state.since, context)
    return [
        events.BoxEmptied(
            box_id=state.box_id,
            emptying_id=command.emptying_id,
            emptied_on=command.emptied_on,
            number=len(command.entries),
            opened_by=command.opened_by,
            entry_ids=tuple(entry.entry_id for entry in command.entries),
        )
    ]


def remove(state: Box, command: commands.RemoveBox, context: Context) -> list[Any]:
    """What is still in it is taken out by an emptying before."""
    refuse_day("removed_on", command.removed_on, state.since, context)
    return [
        events.BoxRemoved(
            box_id=state.box_id, removed_on=command.removed_on, reasons=command.reasons
        )
    ]


_S = BoxStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Place): place,
    (_S.PLACED, commands.EmptyBox): empty,
    (_S.PLACED, commands.RemoveBox): remove,
}


def decide(state: Box, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Box, event: Any) -> Box:
    match event:
        case events.BoxPlaced():
            return Box(
                status=_S.PLACED,
                box_id=event.box_id,
                division=event.division,
                point_id=event.point_id,
                since=event.placed_on,
            )
        case events.BoxEmptied():
            done = state.emptyings | {event.emptying_id}
            return replace(state, since=event.emptied_on, emptyings=done)
        case events.BoxRemoved():
            return replace(state, status=_S.REMOVED, since=event.removed_on)
    raise TypeError(f"a box knows nothing of {type(event).__name__}")
