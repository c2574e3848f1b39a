"""Feedback to the point and through it to the reporter, and what they say to it."""

from __future__ import annotations

from typing import Any

from services.clues.domain import reopening
from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.limits import watch
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueStatus, FeedbackMeans, Satisfaction
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
    """Once, whenever it comes; and "not solved" reopens what was closed, within its days."""
    if state.satisfaction is not None:
        raise Refused(Reason.RATED_ALREADY, "it was rated before")
    rated = events.SatisfactionRated(
        clue_id=state.clue_id, satisfaction=command.satisfaction, comment=command.comment
    )
    if command.satisfaction is not Satisfaction.NOT_SOLVED:
        return [rated]
    return [rated, *reopening.by_its_reporter(state, context)]


_S = ClueStatus

TRANSITIONS: Transitions = {
    (_S.CLOSED, commands.GiveFeedback): give,
    (_S.DECLINED, commands.GiveFeedback): give,
    (_S.FED_BACK, commands.RelayFeedback): relay,
    (_S.TOLD, commands.RateSatisfaction): rate,
}
