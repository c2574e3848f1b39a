"""A request for erasure: approved by two leaders, refused, or kept under lock (PIPL article 47)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Protocol

from shared.contracts.erasure import commands, events
from shared.contracts.erasure.vocabulary import ErasureGround, ErasureScope, ErasureStatus
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by

READING_HOURS = 24
"""How long two leaders may read what they have opened together."""


class Context(Protocol):
    """What a decision may know of the moment and of who acts, in any service."""

    @property
    def now(self) -> dt.datetime: ...
    @property
    def today(self) -> dt.date: ...
    @property
    def actor_id(self) -> str: ...


@dataclass(frozen=True)
class Erasure:
    """subjects: whose keys it is about, once they are locked

    approved_by: the first leader; allowed_by: the first who would have locked data read
    ended: whether the day up to which it had to be kept is over
    """

    status: ErasureStatus = ErasureStatus.ABSENT
    erasure_id: str = ""
    stream: str = ""
    scope: ErasureScope = ErasureScope.WHOLE
    division: str = ""
    requested_by: str | None = None
    subjects: tuple[str, ...] = ()
    approved_by: str = ""
    allowed_by: str = ""
    locked_until: dt.date | None = None
    ended: bool = False


@dataclass(frozen=True)
class Request:
    """RequestErasure or ProposeErasure, with whose division it is about."""

    erasure_id: str
    stream: str
    scope: ErasureScope
    division: str
    ground: ErasureGround
    reason: str | None
    requested_by: str | None


@dataclass(frozen=True)
class Approve:
    """ApproveErasure, with the subjects whose keys it would destroy."""

    subjects: tuple[str, ...]


@dataclass(frozen=True)
class Lock:
    """LockSubject, with the subjects whose keys it would shut away."""

    command: commands.LockSubject
    subjects: tuple[str, ...]


def request(_: Erasure, command: Request, __: Context) -> list[Any]:
    return [
        events.ErasureRequested(
            erasure_id=command.erasure_id,
            stream=command.stream,
            scope=command.scope,
            division=command.division,
            ground=command.ground,
            reason=command.reason,
            requested_by=command.requested_by,
        )
    ]


def approve(state: Erasure, command: Approve, context: Context) -> list[Any]:
    """By the second of two leaders, neither of whom has asked for it, it is decided."""
    _refuse_involved(context, state.requested_by, state.approved_by)
    approved = events.ErasureApproved(erasure_id=state.erasure_id, approved_by=context.actor_id)
    if not state.approved_by:
        return [approved]
    erased = events.SubjectErased(erasure_id=state.erasure_id, subjects=command.subjects)
    return [approved, erased]


def refuse(state: Erasure, command: commands.RefuseErasure, context: Context) -> list[Any]:
    return [
        events.ErasureRefused(
            erasure_id=state.erasure_id,
            subjects=state.subjects,
            refused_by=context.actor_id,
            reasons=command.reasons,
        )
    ]


def lock(state: Erasure, command: Lock, context: Context) -> list[Any]:
    """By a leader who has not asked for the erasure; from the next day on at the earliest."""
    _refuse_involved(context, state.requested_by)
    given = command.command
    if given.locked_until <= context.today:
        raise Invalid.one("locked_until", "out_of_range", "must lie ahead")
    return [
        events.SubjectLocked(
            erasure_id=state.erasure_id,
            subjects=command.subjects,
            ground=given.ground,
            locked_until=given.locked_until,
            reasons=given.reasons,
            locked_by=context.actor_id,
        )
    ]


def allow_reading(state: Erasure, command: commands.AllowReading, context: Context) -> list[Any]:
    _refuse_involved(context, state.allowed_by)
    allowed = events.ReadingAllowed(
        erasure_id=state.erasure_id, allowed_by=context.actor_id, purpose=command.purpose
    )
    if not state.allowed_by:
        return [allowed]
    opened = events.LockedDataOpened(
        erasure_id=state.erasure_id,
        subjects=state.subjects,
        readers=(state.allowed_by, context.actor_id),
        hours=READING_HOURS,
    )
    return [allowed, opened]


def end_lock(state: Erasure, _: commands.EndLock, context: Context) -> list[Any]:
    if state.ended:
        raise Refused(Reason.NOTHING_CHANGES, "the lock has ended")
    if state.locked_until is not None and context.today <= state.locked_until:
        raise Refused(Reason.LIMIT_RUNNING, f"it is kept until {state.locked_until}")
    return [events.LockEnded(erasure_id=state.erasure_id)]


def approve_locked(state: Erasure, command: Approve, context: Context) -> list[Any]:
    """What the law has kept is erased once it need not be kept any more."""
    if not state.ended:
        raise Refused(Reason.LIMIT_RUNNING, f"it is kept until {state.locked_until}")
    return approve(state, command, context)


def refuse_locked(state: Erasure, command: commands.RefuseErasure, context: Context) -> list[Any]:
    if not state.ended:
        raise Refused(Reason.LIMIT_RUNNING, f"it is kept until {state.locked_until}")
    return refuse(state, command, context)


def _refuse_involved(context: Context, *involved: str | None) -> None:
    """Who is one account twice is one person: whatever roles it holds, it counts once."""
    if context.actor_id in involved:
        raise Refused(Reason.APPROVER_INVOLVED, "it takes somebody else")


_S = ErasureStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Request): request,
    **{
        (status, command): decision
        for status in (_S.REQUESTED, _S.APPROVED)
        for command, decision in (
            (Approve, approve),
            (commands.RefuseErasure, refuse),
            (Lock, lock),
        )
    },
    (_S.LOCKED, commands.AllowReading): allow_reading,
    (_S.LOCKED, commands.EndLock): end_lock,
    (_S.LOCKED, Approve): approve_locked,
    (_S.LOCKED, commands.RefuseErasure): refuse_locked,
}


def decide(state: Erasure, command: Any, context: Any) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Erasure, event: Any) -> Erasure:
    match event:
        case events.ErasureRequested():
            return Erasure(
                status=_S.REQUESTED,
                erasure_id=event.erasure_id,
                stream=event.stream,
                scope=event.scope,
                division=event.division,
                requested_by=event.requested_by,
            )
        case events.ErasureApproved():
            locked = state.status is _S.LOCKED
            status = _S.LOCKED if locked else _S.APPROVED
            return replace(state, status=status, approved_by=event.approved_by)
        case events.ErasureRefused():
            return replace(state, status=_S.REFUSED)
        case events.SubjectErased():
            return replace(state, status=_S.ERASED)
        case events.SubjectLocked():
            return replace(
                state,
                status=_S.LOCKED,
                subjects=event.subjects,
                approved_by="",
                locked_until=event.locked_until,
            )
        case events.ReadingAllowed():
            return replace(state, allowed_by=event.allowed_by)
        case events.LockedDataOpened():
            return replace(state, allowed_by="")
        case events.LockEnded():
            return replace(state, ended=True)
    raise TypeError(f"an erasure knows nothing of {type(event).__name__}")
