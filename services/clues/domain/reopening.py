"""Reopening: by the reporter's word within its days, later by a leader's decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.limits import watch
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueStatus, Satisfaction
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions


def by_its_reporter(state: Clue, context: Context) -> list[Any]:
    """What "not solved" leads to: nothing after its days, nor for what was never handled."""
    if state.declined is not None or context.today > last_day(state, context):
        return []
    return [_anew(state, context)]


def by_decision(state: Clue, command: commands.ReopenClue, context: Context) -> list[Any]:
    """Whatever the day, of a case that its reporter calls not solved."""
    if state.declined is not None:
        raise Refused(Reason.NEVER_ACCEPTED, "it was declined: there is nothing to handle anew")
    if state.satisfaction is not Satisfaction.NOT_SOLVED:
        raise Refused(Reason.NOT_CALLED_UNSOLVED, "its reporter has not called it unsolved")
    decided = events.ReopeningDecided(clue_id=state.clue_id, reasons=command.reasons)
    return [decided, _anew(state, context)]


def _anew(state: Clue, context: Context) -> events.ClueReopened:
    overall = watch(context, context.settings.overall_days, working=False)
    return events.ClueReopened(clue_id=state.clue_id, round=state.round + 1, overall=overall)


def last_day(state: Clue, context: Context) -> dt.date:
    """By the figure of the day on which the reporter was told."""
    assert state.told_on is not None
    return state.told_on + context.settings_on(state.told_on).reopening_days * ONE_DAY


TRANSITIONS: Transitions = {(ClueStatus.TOLD, commands.ReopenClue): by_decision}
