"""What carries out the commands of erasure, in a service that says what it holds."""

from __future__ import annotations

from typing import Any

from shared.contracts.erasure import commands, events
from shared.contracts.erasure.vocabulary import ErasureGround, ErasureScope
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.erasure import domain, locks, words
from shared.erasure.aggregate import ERASURE
from shared.erasure.domain import Erasure
from shared.erasure.holdings import FindHeld, Held
from shared.service.command_bus import Route
from shared.service.work import Work

_CLAIM = "erasure"
"""One request at a time about the same thing, and none once it is erased."""


def routes(held: FindHeld) -> dict[type, Route]:
    """The routes of a service that holds what `held` tells."""

    def request(work: Work, command: commands.RequestErasure) -> None:
        its = held(work, command.stream, command.scope)
        if not covers(work.actor.division, its.division):
            raise NotFound("stream", command.stream)
        _ask(work, its, command.stream, command.scope, command)

    def propose(work: Work, command: commands.ProposeErasure) -> None:
        its = held(work, command.stream, ErasureScope.WHOLE)
        _ask(work, its, command.stream, ErasureScope.WHOLE, command)

    def approve(work: Work, command: commands.ApproveErasure) -> None:
        its = _still_held(work, command.erasure_id)
        stream = known(work, command.erasure_id).stream
        subjects = (*its.subjects, *its.beside, *words.keys_over(work, stream, command.erasure_id))
        decided = work.decide(ERASURE, command.erasure_id, domain.Approve(subjects))
        erases = any(isinstance(event, events.SubjectErased) for event in decided)
        refuse = locks.take_all if erases else locks.refuse_locked
        refuse(work, command.erasure_id, its.subjects)

    def lock(work: Work, command: commands.LockSubject) -> None:
        its = _still_held(work, command.erasure_id)
        work.decide(ERASURE, command.erasure_id, domain.Lock(command, its.subjects))
        locks.take_one(work, command.erasure_id, (*its.subjects, *its.needed))

    def _still_held(work: Work, erasure_id: str) -> Held:
        """It may have been taken up anew since somebody asked."""
        state = known(work, erasure_id)
        its = held(work, state.stream, state.scope)
        _refuse_open(its, state.scope)
        return its

    leader, of = frozenset({Role.LEADER}), _stream
    system = frozenset({Role.SYSTEM})
    return {
        commands.RequestErasure: Route({Role.OFFICER, Role.LEADER}, of, request),
        commands.ProposeErasure: Route(system, of, propose),
        commands.ApproveErasure: Route(leader, of, approve),
        commands.RefuseErasure: Route(leader, of, refuse),
        commands.LockSubject: Route(leader, of, lock),
        commands.AllowReading: Route(leader, of, decided_alone),
        commands.EndLock: Route(system, of, decided_alone),
    }


def _ask(
    work: Work,
    its: Held,
    stream: str,
    scope: ErasureScope,
    command: commands.RequestErasure | commands.ProposeErasure,
) -> None:
    asked = isinstance(command, commands.RequestErasure)
    _refuse_open(its, scope)
    given = domain.Request(
        erasure_id=command.erasure_id,
        stream=stream,
        scope=scope,
        division=its.division,
        ground=ErasureGround.SUBJECT_ASKS if asked else ErasureGround.RETENTION_OVER,
        reason=command.reason if isinstance(command, commands.RequestErasure) else None,
        requested_by=work.actor.id if asked else None,
    )
    work.decide(ERASURE, command.erasure_id, given)
    holder = ERASURE.stream(command.erasure_id)
    work.claim(_CLAIM, (stream, str(scope)), holder, Reason.ERASURE_OPEN, "stream")
    words.enter(work, stream, command.erasure_id)


def _refuse_open(its: Held, scope: ErasureScope) -> None:
    """The words of a case are needed until it is over; who told it can be erased at any time."""
    if not its.over and scope is ErasureScope.WHOLE:
        raise Refused(Reason.MATTER_OPEN, "it is not over yet", ["stream"])


def known(work: Work, erasure_id: str) -> Erasure:
    """The request, which must lie in the actor's divisions. Raises NotFound."""
    state: Erasure = work.require(ERASURE, erasure_id)
    if work.actor.role is not Role.SYSTEM:
        work.within_or_unknown(ERASURE, erasure_id, state.division)
    return state


def refuse(work: Work, command: commands.RefuseErasure) -> None:
    """It may be asked for anew."""
    known(work, command.erasure_id)
    work.decide(ERASURE, command.erasure_id, command)
    work.release(_CLAIM, ERASURE.stream(command.erasure_id))
    locks.give_back(work, command.erasure_id)


def decided_alone(work: Work, command: Any) -> None:
    known(work, command.erasure_id)
    work.decide(ERASURE, command.erasure_id, command)


def _stream(command: Any) -> str:
    return ERASURE.stream(command.erasure_id)
