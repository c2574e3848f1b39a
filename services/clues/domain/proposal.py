"""An improvement proposal: an adopted opinion, followed until its source knows what it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from services.clues.domain.context import Context
from services.clues.domain.days import EARLIEST, refuse_day
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ProposalStatus
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Proposal:
    """told: whether its source knows what became of it"""

    status: ProposalStatus = ProposalStatus.ABSENT
    proposal_id: str = ""
    division: str = ""
    point_id: str | None = None
    told: bool = False


@dataclass(frozen=True)
class Open:
    """Part of AnswerOpinion."""

    command: commands.AnswerOpinion
    division: str
    point_id: str | None


def open_proposal(_: Proposal, command: Open, __: Context) -> list[Any]:
    given = command.command
    assert given.proposal_id is not None
    assert given.responsible is not None
    assert given.proposal is not None
    return [
        events.ProposalOpened(
            proposal_id=given.proposal_id,
            opinion_id=given.opinion_id,
            division=command.division,
            point_id=command.point_id,
            responsible=given.responsible,
            proposal=given.proposal,
        )
    ]


def take_step(state: Proposal, command: commands.TakeProposalStep, context: Context) -> list[Any]:
    refuse_day("taken_on", command.taken_on, EARLIEST, context)
    return [
        events.ProposalStepTaken(
            proposal_id=state.proposal_id, taken_on=command.taken_on, account=command.account
        )
    ]


def complete(state: Proposal, command: commands.CompleteProposal, _: Context) -> list[Any]:
    return [
        events.ProposalCompleted(
            proposal_id=state.proposal_id,
            result=command.result,
            document=command.document,
            account=command.account,
        )
    ]


def drop(state: Proposal, command: commands.DropProposal, _: Context) -> list[Any]:
    return [events.ProposalDropped(proposal_id=state.proposal_id, reasons=command.reasons)]


def tell_back(state: Proposal, command: commands.TellProposalBack, context: Context) -> list[Any]:
    if state.told:
        raise Refused(Reason.NOTHING_CHANGES, "its source knows already")
    refuse_day("told_on", command.told_on, EARLIEST, context)
    return [
        events.ProposalToldBack(
            proposal_id=state.proposal_id, told_on=command.told_on, means=command.means
        )
    ]


_S = ProposalStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Open): open_proposal,
    (_S.OPEN, commands.TakeProposalStep): take_step,
    (_S.OPEN, commands.CompleteProposal): complete,
    (_S.OPEN, commands.DropProposal): drop,
    (_S.COMPLETED, commands.TellProposalBack): tell_back,
    (_S.DROPPED, commands.TellProposalBack): tell_back,
}


def decide(state: Proposal, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Proposal, event: Any) -> Proposal:
    match event:
        case events.ProposalOpened():
            return Proposal(_S.OPEN, event.proposal_id, event.division, event.point_id)
        case events.ProposalStepTaken():
            return state
        case events.ProposalCompleted():
            return replace(state, status=_S.COMPLETED)
        case events.ProposalDropped():
            return replace(state, status=_S.DROPPED)
        case events.ProposalToldBack():
            return replace(state, told=True)
    raise TypeError(f"a proposal knows nothing of {type(event).__name__}")
