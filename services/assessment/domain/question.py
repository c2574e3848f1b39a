"""A point's question to the bureau that guides it: asked, answered within a limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from services.assessment.domain.context import Context
from shared.contracts.assessment import commands, events
from shared.contracts.assessment.vocabulary.duties import PointQuestionStatus
from shared.contracts.limits import TimeLimit, time_limit
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Question:
    """answering: within which it is to be answered; none before it is asked"""

    status: PointQuestionStatus = PointQuestionStatus.ABSENT
    question_id: str = ""
    point_id: str = ""
    division: str = ""
    answering: TimeLimit | None = None


@dataclass(frozen=True)
class Ask:
    """AskBureau with the point that asks, and where that is."""

    command: commands.AskBureau
    point_id: str
    division: str


def ask(_: Question, command: Ask, context: Context) -> list[Any]:
    return [
        events.PointAsked(
            question_id=command.command.question_id,
            point_id=command.point_id,
            division=command.division,
            asked_on=context.today,
            answering=time_limit(
                context.calendar, context.today, context.settings.point_question_days
            ),
            text=command.command.text,
        )
    ]


def answer(state: Question, command: commands.AnswerPointQuestion, context: Context) -> list[Any]:
    """By the calendar of today: a year's table may have come since it was asked."""
    assert state.answering is not None
    limit = state.answering.counted_anew(context.calendar)
    return [
        events.PointQuestionAnswered(
            question_id=state.question_id,
            answered_on=context.today,
            in_time=not limit.has_passed(context.today),
            answer=command.answer,
        )
    ]


_S = PointQuestionStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Ask): ask,
    (_S.ASKED, commands.AnswerPointQuestion): answer,
}


def decide(state: Question, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Question, event: Any) -> Question:
    match event:
        case events.PointAsked():
            return Question(
                status=_S.ASKED,
                question_id=event.question_id,
                point_id=event.point_id,
                division=event.division,
                answering=event.answering,
            )
        case events.PointQuestionAnswered():
            return replace(state, status=_S.ANSWERED)
    raise TypeError(f"a question knows nothing of {type(event).__name__}")
