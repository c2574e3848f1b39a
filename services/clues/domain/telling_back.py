"""Feedback to the point and through it to the reporter, what they say to it, and reopening."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.limits import watch
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueStatus, FeedbackMeans, Satisfaction
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions


def give(state: Clue, command: commands.GiveFeedback, context: Context) -> list[Any]:
    relays = state.point_id is not None and not state.by_point
    return [
        events.FeedbackGiven(
            clue_id=state.clue_id,
            given_on=context.today,
            means=command.means,
            text=command.text,
            relaying=watch(context, context.settings.relay_days) if relays else None,
        )
    ]


def relay(state: Clue, command: commands.RelayFeedback, context: Context) -> list[Any]:
    assert state.fed_back_on is not None
    if not state.fed_back_on <= command.relayed_on <= context.today:
        told = f"must be from {state.fed_back_on} to {context.today}"
        raise Invalid.one("relayed_on", "out_of_range", told)
    return [
        events.FeedbackRelayed(
            clue_id=state.clue_id, relayed_on=command.relayed_on, means=command.means
        )
    ]


def read_by_reporter(state: Clue, context: Context) -> commands.RelayFeedback | None:
    """What is recorded before a reporter rates who has read here what came of it: they are told,
    whoever was to tell them. None where they were before, or there is nothing to tell.
    """
    if state.status is not ClueStatus.FED_BACK:
        return None
    return commands.RelayFeedback(
        clue_id=state.clue_id, relayed_on=context.today, means=FeedbackMeans.ONLINE
    )


def rate(state: Clue, command: commands.RateSatisfaction, context: Context) -> list[Any]:
    """Once; and "not solved" reopens what was closed, within its days."""
    if state.rated:
        raise Refused(Reason.RATED_ALREADY, "it was rated before")
    rated = events.SatisfactionRated(
        clue_id=state.clue_id, satisfaction=command.satisfaction, comment=command.comment
    )
    if command.satisfaction is not Satisfaction.NOT_SOLVED or state.declined is not None:
        return [rated]
    if context.today > last_day_to_reopen(state, context):
        raise Refused(Reason.REOPENING_TOO_LATE, "the days for it are over", ["satisfaction"])
    overall = watch(context, context.settings.overall_days, working=False)
    reopened = events.ClueReopened(clue_id=state.clue_id, round=state.round + 1, overall=overall)
    return [rated, reopened]


def last_day_to_reopen(state: Clue, context: Context) -> dt.date:
    """By the figure of the day on which the reporter was told."""
    assert state.told_on is not None
    return state.told_on + context.settings_on(state.told_on).reopening_days * ONE_DAY


_S = ClueStatus

TRANSITIONS: Transitions = {
    (_S.CLOSED, commands.GiveFeedback): give,
    (_S.DECLINED, commands.GiveFeedback): give,
    (_S.FED_BACK, commands.RelayFeedback): relay,
    (_S.TOLD, commands.RateSatisfaction): rate,
}
