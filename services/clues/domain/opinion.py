"""An opinion: filed, answered within its limit, and told back to whoever gave it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from services.clues.domain import limits
from services.clues.domain.context import Context
from services.clues.domain.entries import (
    Origin,
    refuse_half_known,
    refuse_own_receipt,
    tells_for_itself,
)
from services.clues.domain.limits import Limits, closed, opened, watch
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import (
    ClueLimit,
    OpinionResolution,
    OpinionStatus,
    Reporting,
    Way,
)
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Opinion:
    """text, reporter_name, reporter_phone: sealed, as the event has them

    taken_as: the clue it goes on as · recused: accounts that stay out of it
    """

    status: OpinionStatus = OpinionStatus.ABSENT
    opinion_id: str = ""
    division: str = ""
    point_id: str | None = None
    by_point: bool = False
    way: Way = Way.FORM
    source_id: str | None = None
    hotline_number: str | None = None
    reporting: Reporting = Reporting.ANONYMOUS
    reporter_id: str = ""
    text: Any = None
    reporter_name: Any = None
    reporter_phone: Any = None
    recused: frozenset[str] = frozenset()
    answered_on: dt.date | None = None
    proposal_id: str | None = None
    taken_as: str | None = None
    limits: Limits = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """FileOpinion, or an entry's part of another command, with how it came in."""

    command: commands.FileOpinion
    origin: Origin


def file(_: Opinion, command: File, context: Context) -> list[Any]:
    given, origin = command.command, command.origin
    refuse_half_known(given, origin)
    refuse_own_receipt(given, origin)
    return [
        events.OpinionFiled(
            opinion_id=given.opinion_id,
            topics=given.topics,
            division=given.division,
            way=origin.way,
            point_id=origin.point_id,
            source_id=origin.source_id,
            hotline_number=origin.hotline_number,
            filed_by=origin.filed_by,
            by_point=tells_for_itself(given, origin),
            body=given.body,
            reporting=given.reporting,
            reporter_id=given.reporter_id,
            text=given.text,
            reporter_name=given.reporter_name,
            reporter_phone=given.reporter_phone,
            answering=watch(context, context.settings.opinion_days),
        )
    ]


def answer(state: Opinion, command: commands.AnswerOpinion, context: Context) -> list[Any]:
    """An adopted one becomes a proposal; whoever gave it is told through its point."""
    adopted = command.resolution is OpinionResolution.ADOPTED
    for name in ("proposal_id", "responsible", "proposal"):
        given = getattr(command, name) is not None
        if adopted and not given:
            raise Invalid.one(name, "missing", "say what is to change, and whose it is")
        if given and not adopted:
            raise Invalid.one(name, "not_allowed", "only an adopted opinion becomes a proposal")
    relays = state.point_id is not None and not state.by_point
    return [
        events.OpinionAnswered(
            opinion_id=state.opinion_id,
            resolution=command.resolution,
            answered_on=context.today,
            answer=command.answer,
            proposal_id=command.proposal_id,
            relaying=watch(context, context.settings.relay_days) if relays else None,
        )
    ]


def take(state: Opinion, command: commands.TakeOpinionAsClue, _: Context) -> list[Any]:
    """Its source hears of it by the clue's own feedback."""
    return [events.OpinionTakenAsClue(opinion_id=state.opinion_id, clue_id=command.clue_id)]


def recuse(state: Opinion, command: commands.RecuseFromOpinion, _: Context) -> list[Any]:
    if command.account_id in state.recused:
        raise Refused(Reason.NOTHING_CHANGES, "they stay out already", ["account_id"])
    return [
        events.RecusedFromOpinion(
            opinion_id=state.opinion_id,
            account_id=command.account_id,
            tie=command.tie,
            reasons=command.reasons,
        )
    ]


def relay(state: Opinion, command: commands.RelayAnswer, context: Context) -> list[Any]:
    assert state.answered_on is not None
    if not state.answered_on <= command.relayed_on <= context.today:
        told = f"must be from {state.answered_on} to {context.today}"
        raise Invalid.one("relayed_on", "out_of_range", told)
    return [
        events.AnswerRelayed(
            opinion_id=state.opinion_id, relayed_on=command.relayed_on, means=command.means
        )
    ]


_S = OpinionStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, File): file,
    (_S.FILED, commands.AnswerOpinion): answer,
    (_S.FILED, commands.TakeOpinionAsClue): take,
    (_S.ANSWERED, commands.RelayAnswer): relay,
    **{
        (status, commands.RecuseFromOpinion): recuse
        for status in (_S.FILED, _S.ANSWERED, _S.TOLD, _S.TAKEN)
    },
    **limits.keeping(_S.FILED, _S.ANSWERED),
}


def decide(state: Opinion, command: Any, context: Context) -> list[Any]:
    """Raises Refused with CASE_RECUSED for whoever stays out, whatever the command."""
    if context.actor_id in state.recused:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this opinion")
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Opinion, event: Any) -> Opinion:
    match event:
        case events.OpinionFiled():
            return Opinion(
                status=_S.FILED,
                opinion_id=event.opinion_id,
                division=event.division,
                point_id=event.point_id,
                by_point=event.by_point,
                way=event.way,
                source_id=event.source_id,
                hotline_number=event.hotline_number,
                reporting=event.reporting,
                reporter_id=event.reporter_id,
                text=event.text,
                reporter_name=event.reporter_name,
                reporter_phone=event.reporter_phone,
                limits=opened({}, ClueLimit.OPINION, event.answering),
            )
        case events.OpinionAnswered():
            running = closed(state.limits, [ClueLimit.OPINION])
            if event.relaying is not None:
                running = opened(running, ClueLimit.RELAY, event.relaying)
            return replace(
                state,
                status=_S.TOLD if event.relaying is None else _S.ANSWERED,
                answered_on=event.answered_on,
                proposal_id=event.proposal_id,
                limits=running,
            )
        case events.OpinionTakenAsClue():
            return replace(
                state,
                status=_S.TAKEN,
                taken_as=event.clue_id,
                limits=closed(state.limits, [ClueLimit.OPINION]),
            )
        case events.RecusedFromOpinion():
            return replace(state, recused=state.recused | {event.account_id})
        case events.AnswerRelayed():
            return replace(state, status=_S.TOLD, limits=closed(state.limits, [ClueLimit.RELAY]))
        case events.AlarmRaised() | events.LimitMoved():
            return replace(state, limits=limits.evolve(state.limits, event))
    raise TypeError(f"an opinion knows nothing of {type(event).__name__}")
