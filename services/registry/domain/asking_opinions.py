"""Opinions on an applicant, asked from streets and enforcement bodies within a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.registry.domain import documents
from services.registry.domain.application_state import Application
from services.registry.domain.context import Context
from services.registry.domain.examination import AskedOpinion
from services.registry.domain.examining import refuse_recused
from services.registry.domain.limits import fallen, recomputing
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ApplicationStatus, LimitName
from shared.contracts.transitions import Transitions


@dataclass(frozen=True)
class Answer:
    """AnswerOpinion; `by_body`: sent by the body's own account."""

    command: commands.AnswerOpinion
    by_body: bool


def ask(state: Application, command: commands.AskOpinion, context: Context) -> list[Any]:
    refuse_recused(state, context)
    if command.opinion_id in state.examination.opinions:
        raise Refused(Reason.ALREADY_EXISTS, "that opinion was asked for", ["opinion_id"])
    return [
        events.OpinionAsked(
            application_id=state.application_id,
            opinion_id=command.opinion_id,
            source=command.source,
            body=command.body,
            body_unit=command.body_unit,
            limit=context.limit(context.settings.opinion_days),
        )
    ]


def answer(state: Application, command: Answer, context: Context) -> list[Any]:
    """An answer after the limit is taken, and marked late."""
    given = command.command
    asked = _open(state, given.opinion_id)
    if given.document is not None and given.document not in documents.counting(state.documents):
        told = "no such document of the application counts"
        raise Refused(Reason.DOCUMENT_UNKNOWN, told, ["document"])
    return [
        events.OpinionAnswered(
            application_id=state.application_id,
            opinion_id=given.opinion_id,
            view=given.view,
            by_body=command.by_body,
            answered_on=context.today,
            late=asked.overdue or _has_passed(state, given.opinion_id, context),
            text=given.text,
            document=given.document,
        )
    ]


def take_back(state: Application, command: commands.TakeBackOpinion, context: Context) -> list[Any]:
    refuse_recused(state, context)
    _open(state, command.opinion_id)
    return [_taken_back(state, command.opinion_id, command.reasons, context)]


def that_end(state: Application, happens: Sequence[Any], context: Context) -> list[Any]:
    """What becomes of the opinions that are waited for as an application ends: no limit of theirs
    runs on.
    """
    if not any(isinstance(event, _ENDING) for event in happens):
        return []
    return [
        _taken_back(state, opinion_id, _ENDED, context)
        for opinion_id, asked in state.examination.opinions.items()
        if asked.is_open
    ]


def _taken_back(state: Application, opinion_id: str, reasons: str, context: Context) -> Any:
    return events.OpinionTakenBack(
        application_id=state.application_id,
        opinion_id=opinion_id,
        taken_back_on=context.today,
        reasons=reasons,
    )


def mark_overdue(
    state: Application, command: commands.MarkOpinionOverdue, context: Context
) -> list[Any]:
    limit = fallen(state.limits, LimitName.OPINION, command.opinion_id, context)
    return [
        events.OpinionOverdue(
            application_id=state.application_id,
            opinion_id=command.opinion_id,
            due_on=limit.due_on,
        )
    ]


def _open(state: Application, opinion_id: str) -> AskedOpinion:
    asked = state.examination.opinions.get(opinion_id)
    if asked is None or asked.taken_back:
        raise Refused(Reason.OPINION_UNKNOWN, "no such opinion is asked for", ["opinion_id"])
    if asked.answered:
        raise Refused(Reason.OPINION_ANSWERED, "it has been answered", ["opinion_id"])
    return asked


def _has_passed(state: Application, opinion_id: str, context: Context) -> bool:
    return state.limits[LimitName.OPINION, opinion_id].has_passed(context.today)


_S = ApplicationStatus
BEFORE_REVIEW = frozenset({_S.ABSENT, _S.SUBMITTED, _S.SUPPLEMENTING, _S.LAPSED})
"""Where no review has begun, and so nobody was asked."""
_ONCE_REVIEWED = [its for its in _S if its not in BEFORE_REVIEW]
"""What was asked may be answered, or overdue, when the review has long been concluded; also of an
application that ended before its opinions ended with it.
"""
UNDER_WAY = (_S.UNDER_REVIEW, _S.QUALIFIED, _S.RESERVE, _S.LISTED, _S.ON_NOTICE)
"""Where an opinion that was asked for is waited for."""
_ENDING = (
    events.ApplicationWithdrawn,
    events.ApplicationRejected,
    events.ApplicationLeftOut,
    events.ApplicationDesignated,
)
_ENDED = "申报已经办结，不再需要答复。"

TRANSITIONS: Transitions = {
    (_S.UNDER_REVIEW, commands.AskOpinion): ask,
    **{(status, commands.TakeBackOpinion): take_back for status in UNDER_WAY},
    **{(status, Answer): answer for status in _ONCE_REVIEWED},
    **{(status, commands.MarkOpinionOverdue): mark_overdue for status in _ONCE_REVIEWED},
    **recomputing(*_ONCE_REVIEWED),
}
