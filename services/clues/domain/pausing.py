"""Pauses of limits while a case waits for a court, an expert or the like (rules.md section 2).

A verification is paused with its work (verifying.py). What other limits wait for is done outside
of the case, which stays where it is: the body's answer, its following of an opinion or a decision,
its payment, or the whole case. What the bureau owes by itself waits for nobody: to decide on
acceptance, and to tell what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.limits import Limits, has_passed, left_of, watch_rest
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import PAUSABLE, ClueLimit, ClueStatus
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions

_L = ClueLimit


def pause(state: Clue, command: commands.PauseLimits, context: Context) -> list[Any]:
    """These and the whole case's. Limits that have passed are not stopped: their alarms go on."""
    for index, name in enumerate(command.limits):
        if name not in PAUSABLE:
            raise Invalid.one(f"limits[{index}]", "not_allowed", f"{name} waits for nobody")
        if not any(running == name for running, _ in stoppable(state, context)):
            raise Refused(Reason.LIMIT_NOT_RUNNING, f"{name} does not run", [f"limits[{index}]"])
    names = {*command.limits, _L.OVERALL}
    stopped = tuple(
        events.StoppedLimit(
            name=name, about=about, days_left=left_of(its.span, context.today, context.calendar)
        )
        for (name, about), its in stoppable(state, context).items()
        if name in names
    )
    return [
        events.LimitsPaused(
            clue_id=state.clue_id,
            paused_on=context.today,
            stopped=stopped,
            ground=command.ground,
            reasons=command.reasons,
        )
    ]


def stoppable(state: Clue, context: Context) -> Limits:
    """Those that run, have not passed, and may wait."""
    return {
        key: its
        for key, its in state.limits.items()
        if key[0] in PAUSABLE and not has_passed(its.span, context.today)
    }


def resume(state: Clue, command: commands.ResumeLimits, context: Context) -> list[Any]:
    """What was left runs from the next day on."""
    if not state.stopped:
        raise Refused(Reason.NOTHING_PAUSED, "no limit is stopped")
    return [
        events.LimitsResumed(
            clue_id=state.clue_id,
            resumed=tuple(_resumed(state, context)),
            reasons=command.reasons,
        )
    ]


def _resumed(state: Clue, context: Context) -> Iterator[events.ResumedLimit]:
    for (name, about), stopped in state.stopped.items():
        yield events.ResumedLimit(name=name, about=about, watch=watch_rest(context, *stopped))


def refuse_while_stopped(state: Clue) -> None:
    """Raise Refused where the case waits: who goes on with it lets its time run first."""
    if (_L.OVERALL, None) in state.stopped:
        raise Refused(Reason.LIMIT_PAUSED, "the case waits: let its limits run on first")


_S = ClueStatus

TRANSITIONS: Transitions = {
    (status, command): decision
    for status in (_S.ACCEPTED, _S.REFERRED, _S.ANSWERED, _S.VERIFIED)
    for command, decision in ((commands.PauseLimits, pause), (commands.ResumeLimits, resume))
}
