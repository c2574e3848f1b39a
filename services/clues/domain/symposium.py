"""A symposium (座谈会): scheduled, then held with what was said, or cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from services.clues.domain.context import Context
from services.clues.domain.days import EARLIEST, refuse_day
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import SymposiumStatus
from shared.contracts.errors import Invalid
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Symposium:
    status: SymposiumStatus = SymposiumStatus.ABSENT
    symposium_id: str = ""
    division: str = ""
    point_id: str | None = None


@dataclass(frozen=True)
class Schedule:
    """ScheduleSymposium with the point that holds it; None: the bureau."""

    command: commands.ScheduleSymposium
    point_id: str | None


def schedule(_: Symposium, command: Schedule, context: Context) -> list[Any]:
    given = command.command
    if given.planned_on < context.today:
        raise Invalid.one("planned_on", "out_of_range", f"must not lie before {context.today}")
    return [
        events.SymposiumScheduled(
            symposium_id=given.symposium_id,
            point_id=command.point_id,
            division=given.division,
            planned_on=given.planned_on,
            place=given.place,
            subject=given.subject,
        )
    ]


def hold(state: Symposium, command: commands.HoldSymposium, context: Context) -> list[Any]:
    """On whatever day it was really held: a plan may slip."""
    refuse_day("held_on", command.held_on, EARLIEST, context)
    return [
        events.SymposiumHeld(
            symposium_id=state.symposium_id,
            held_on=command.held_on,
            attendees=command.attendees,
            minutes=command.minutes,
            entry_ids=tuple(entry.entry_id for entry in command.entries),
        )
    ]


def cancel(state: Symposium, command: commands.CancelSymposium, _: Context) -> list[Any]:
    return [events.SymposiumCancelled(symposium_id=state.symposium_id, reasons=command.reasons)]


_S = SymposiumStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Schedule): schedule,
    (_S.SCHEDULED, commands.HoldSymposium): hold,
    (_S.SCHEDULED, commands.CancelSymposium): cancel,
}


def decide(state: Symposium, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Symposium, event: Any) -> Symposium:
    match event:
        case events.SymposiumScheduled():
            return Symposium(
                status=_S.SCHEDULED,
                symposium_id=event.symposium_id,
                division=event.division,
                point_id=event.point_id,
            )
        case events.SymposiumHeld():
            return replace(state, status=_S.HELD)
        case events.SymposiumCancelled():
            return replace(state, status=_S.CANCELLED)
    raise TypeError(f"a symposium knows nothing of {type(event).__name__}")
