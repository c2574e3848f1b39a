"""The seal on a confidential reporter's identity: asked for, agreed to by two, open for a time.

Decision 022 says who may know of whom; rules.md section 2 asks for a reason and two approvals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import OpeningState, Reporting
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by

APPROVALS = 2
"""Leaders that must agree, each another person than the rest and than whoever asked."""


class SealStatus(StrEnum):
    """`pending` while a request waits for its approvals, `settled` while none does."""

    ABSENT = "absent"
    PENDING = "pending"
    SETTLED = "settled"


@dataclass(frozen=True)
class Opening:
    """One request. approved_by: leaders who have agreed · until: None while it is not open"""

    requested_by: str
    approved_by: tuple[str, ...] = ()
    refused: bool = False
    until: dt.datetime | None = None

    @property
    def waits(self) -> bool:
        return not self.refused and self.until is None

    def state(self, now: dt.datetime) -> OpeningState:
        if self.refused:
            return OpeningState.REFUSED
        if self.until is None:
            return OpeningState.REQUESTED
        return OpeningState.OPENED if now < self.until else OpeningState.EXPIRED


@dataclass(frozen=True)
class Seal:
    """All requests about one clue's reporter, by their ids."""

    status: SealStatus = SealStatus.ABSENT
    clue_id: str = ""
    openings: Mapping[str, Opening] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """What of the clue a decision about its seal goes by, and whether the actor is its leader."""

    clue: Clue
    leads: bool


@dataclass(frozen=True)
class Request:
    command: commands.RequestOpening
    case: Case


@dataclass(frozen=True)
class Approve:
    command: commands.ApproveOpening
    case: Case


@dataclass(frozen=True)
class Refuse:
    command: commands.RefuseOpening
    case: Case


@dataclass(frozen=True)
class Read:
    command: commands.ReadIdentity
    case: Case


def request(state: Seal, command: Request, context: Context) -> list[Any]:
    """By who handles the case, or its leader; of one whose reporter asked to be kept secret."""
    given, clue = command.command, command.case.clue
    if clue.reporting is Reporting.NAMED:
        raise Refused(Reason.REPORTER_NAMED, "whoever handles the case sees it there")
    if clue.reporting is Reporting.ANONYMOUS:
        raise Refused(Reason.REPORTER_ANONYMOUS, "nobody knows who told it")
    _refuse_outsider(command.case, context)
    if given.opening_id in state.openings:
        raise Refused(Reason.ALREADY_EXISTS, "that request is on record", ["opening_id"])
    return [
        events.OpeningRequested(
            clue_id=given.clue_id,
            opening_id=given.opening_id,
            division=clue.division,
            requested_by=context.actor_id,
            reason=given.reason,
        )
    ]


def request_again(state: Seal, command: Request, context: Context) -> list[Any]:
    """One at a time, so that nobody approves one and opens another."""
    request(state, command, context)
    raise Refused(Reason.OPENING_PENDING, "another request waits for its approvals")


def approve(state: Seal, command: Approve, context: Context) -> list[Any]:
    """The second approval opens it. Those of leaders who stay out of the case by now do not count.

    Who somebody is goes by their account, whichever of their roles they act in.
    """
    given, recused = command.command, command.case.clue.recused
    its = _waiting(state, given.opening_id)
    if its.requested_by == context.actor_id:
        raise Refused(Reason.OWN_REQUEST, "you asked for it yourself")
    if context.actor_id in its.approved_by:
        raise Refused(Reason.APPROVED_ALREADY, "it takes another leader too")
    if its.requested_by in recused:
        raise Refused(Reason.REQUESTER_RECUSED, "whoever asked stays out of the case by now")
    approved = events.OpeningApproved(
        clue_id=state.clue_id, opening_id=given.opening_id, approved_by=context.actor_id
    )
    counting = [each for each in (*its.approved_by, context.actor_id) if each not in recused]
    if len(counting) < APPROVALS:
        return [approved]
    hours = context.settings.opening_hours
    opened = events.IdentityOpened(
        clue_id=state.clue_id,
        opening_id=given.opening_id,
        requested_by=its.requested_by,
        approvers=tuple(counting),
        until=context.now + dt.timedelta(hours=hours),
    )
    return [approved, opened]


def refuse(state: Seal, command: Refuse, context: Context) -> list[Any]:
    """One leader's no is enough; whoever asked may take it back so."""
    given = command.command
    _waiting(state, given.opening_id)
    return [
        events.OpeningRefused(
            clue_id=state.clue_id,
            opening_id=given.opening_id,
            refused_by=context.actor_id,
            reasons=given.reasons,
        )
    ]


def read(state: Seal, command: Read, context: Context) -> list[Any]:
    given = command.command
    refuse_shut(state, given.opening_id, command.case, context)
    return [
        events.IdentityRead(
            clue_id=state.clue_id,
            opening_id=given.opening_id,
            reading_id=state.clue_id,
            read_by=context.actor_id,
            purpose=given.purpose,
        )
    ]


def refuse_shut(state: Seal, opening_id: str, case: Case, context: Context) -> None:
    """Raise Refused unless the actor may read the identity by this opening at this moment."""
    _refuse_recused(case, context)
    its = _known(state, opening_id)
    if its.requested_by != context.actor_id:
        raise Refused(Reason.OPENING_NOT_YOURS, "it is shown to whoever asked alone")
    if its.until is None:
        raise Refused(Reason.OPENING_NOT_GRANTED, "two leaders have not agreed to it")
    if context.now >= its.until:
        raise Refused(Reason.OPENING_EXPIRED, "its time is over")
    _refuse_outsider(case, context)


def _refuse_outsider(case: Case, context: Context) -> None:
    if not case.leads and context.actor_id not in case.clue.handlers:
        raise Refused(Reason.NOT_HANDLER, "you do not handle this case")


def _refuse_recused(case: Case, context: Context) -> None:
    if context.actor_id in case.clue.recused:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")


def _known(state: Seal, opening_id: str) -> Opening:
    its = state.openings.get(opening_id)
    if its is None:
        raise Refused(Reason.OPENING_UNKNOWN, "no such request", ["opening_id"])
    return its


def _waiting(state: Seal, opening_id: str) -> Opening:
    its = _known(state, opening_id)
    if not its.waits:
        raise Refused(Reason.OPENING_DECIDED, "it is decided")
    return its


_S = SealStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Request): request,
    (_S.SETTLED, Request): request,
    (_S.PENDING, Request): request_again,
    **{
        (status, command): decision
        for status in (_S.PENDING, _S.SETTLED)
        for command, decision in ((Approve, approve), (Refuse, refuse), (Read, read))
    },
}


def decide(state: Seal, command: Any, context: Context) -> list[Any]:
    """Raises Refused with CASE_RECUSED for whoever stays out of the case, whatever the command."""
    if isinstance(command, Request | Approve | Refuse | Read):
        _refuse_recused(command.case, context)
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Seal, event: Any) -> Seal:
    match event:
        case events.OpeningRequested():
            asked = {**state.openings, event.opening_id: Opening(event.requested_by)}
            return Seal(_S.PENDING, event.clue_id, asked)
        case events.OpeningApproved():
            its = state.openings[event.opening_id]
            approved = replace(its, approved_by=(*its.approved_by, event.approved_by))
            return _with(state, event.opening_id, approved, _S.PENDING)
        case events.OpeningRefused():
            its = replace(state.openings[event.opening_id], refused=True)
            return _with(state, event.opening_id, its, _S.SETTLED)
        case events.IdentityOpened():
            its = replace(state.openings[event.opening_id], until=event.until)
            return _with(state, event.opening_id, its, _S.SETTLED)
        case events.IdentityRead():
            return state
    raise TypeError(f"a seal knows nothing of {type(event).__name__}")


def _with(state: Seal, opening_id: str, its: Opening, status: SealStatus) -> Seal:
    return replace(state, status=status, openings={**state.openings, opening_id: its})
