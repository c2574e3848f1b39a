"""Follow-ups of a case of retaliation: whether its reporter still suffers is asked again and again.

Each is due so many days after the case was opened, as the figures of that day say, and the next
begins when it is over. After the last one they go on as long as the reporter is found to suffer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from services.clues.domain import limits
from services.clues.domain.context import Context
from services.clues.domain.days import EARLIEST, refuse_day
from services.clues.domain.limits import Limits, watch, watch_from
from services.clues.domain.settings import Settings
from shared.contracts.clues import commands, events
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import ClueLimit, FollowUpMeans, FollowUpStatus
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class FollowUps:
    """number: of the follow-up that is due, or would be
    attempts: days on which its reporter was not reached
    """

    status: FollowUpStatus = FollowUpStatus.ABSENT
    clue_id: str = ""
    opened_on: dt.date = EARLIEST
    number: int = 1
    attempts: frozenset[dt.date] = frozenset()
    limits: Limits = field(default_factory=dict)


@dataclass(frozen=True)
class Schedule:
    """Part of what opens a case of retaliation."""

    clue_id: str


def schedule(_: FollowUps, command: Schedule, context: Context) -> list[Any]:
    days = _planned(context.settings)[0]
    return [
        events.FollowUpsScheduled(
            clue_id=command.clue_id,
            opened_on=context.today,
            following=watch(context, days, working=False),
        )
    ]


def record(state: FollowUps, command: commands.RecordFollowUp, context: Context) -> list[Any]:
    """One that was not reached is tried on another day, as often as the figure says."""
    reached = command.means is not FollowUpMeans.NOT_REACHED
    refuse_day("done_on", command.done_on, state.opened_on, context)
    if reached and command.suffering is None:
        raise Invalid.one("suffering", "missing", "say whether it goes on")
    if not reached and command.suffering is not None:
        raise Invalid.one("suffering", "not_allowed", "nobody was reached who could say")
    if not reached and command.done_on in state.attempts:
        raise Refused(Reason.ATTEMPTED_ALREADY, "it was tried on that day", ["done_on"])
    tried = len(state.attempts | {command.done_on})
    most = context.settings_on(state.opened_on).follow_up_attempts
    done = reached or tried >= most
    return [
        events.FollowUpRecorded(
            clue_id=command.clue_id,
            number=state.number,
            done_on=command.done_on,
            means=command.means,
            suffering=command.suffering,
            recorded_by=context.actor_id,
            done=done,
            following=_following(state, command, context) if done else None,
            text=command.text,
        )
    ]


def _following(
    state: FollowUps, command: commands.RecordFollowUp, context: Context
) -> WatchedLimit | None:
    """The next, on its own day; where that is past, after as many days as the first was due in."""
    planned = _planned(context.settings_on(state.opened_on))
    if state.number >= len(planned):
        return watch(context, planned[1], working=False) if command.suffering else None
    own = planned[state.number]
    if state.opened_on + own * ONE_DAY <= context.today:
        return watch(context, planned[0], working=False)
    return watch_from(context, state.opened_on, own, working=False)


def _planned(figures: Settings) -> tuple[int, int, int]:
    """Days after the case was opened on which each is due."""
    return (
        figures.first_follow_up_days,
        figures.second_follow_up_days,
        figures.third_follow_up_days,
    )


_S = FollowUpStatus

TRANSITIONS: Transitions = {
    **limits.keeping(_S.RUNNING),
    (_S.ABSENT, Schedule): schedule,
    (_S.RUNNING, commands.RecordFollowUp): record,
    (_S.DONE, commands.RecordFollowUp): record,
}


def decide(state: FollowUps, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: FollowUps, event: Any) -> FollowUps:
    match event:
        case events.FollowUpsScheduled():
            running = limits.opened({}, ClueLimit.FOLLOW_UP, event.following)
            return FollowUps(_S.RUNNING, event.clue_id, event.opened_on, limits=running)
        case events.FollowUpRecorded(done=False):
            return replace(state, attempts=state.attempts | {event.done_on})
        case events.FollowUpRecorded(following=None):
            return _next(state, _S.DONE, {})
        case events.FollowUpRecorded(following=WatchedLimit() as following):
            running = limits.opened({}, ClueLimit.FOLLOW_UP, following)
            return _next(state, _S.RUNNING, running)
        case events.AlarmRaised() | events.LimitMoved():
            return replace(state, limits=limits.evolve(state.limits, event))
    raise TypeError(f"follow-ups know nothing of {type(event).__name__}")


def _next(state: FollowUps, status: FollowUpStatus, running: Limits) -> FollowUps:
    number = state.number + 1
    return replace(state, status=status, number=number, attempts=frozenset(), limits=running)
