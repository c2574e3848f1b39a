"""What each event makes of a clue's state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from services.clues.domain import ledger, limits
from services.clues.domain.clue_state import Clue, Outcome, Referral
from services.clues.domain.limits import closed, opened
from shared.contracts.clues import events
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import ClueLimit, ClueStatus, OutcomeKind, ReferralTarget

_S, _L = ClueStatus, ClueLimit


def evolve(state: Clue, event: Any) -> Clue:
    match event:
        case events.ClueFiled():
            return _filed(event)
        case events.RetaliationFlagged():
            its = event.retaliation_clue_id
            return replace(state, retaliation_clue_id=its, kin=state.kin | {its})
        case events.AlarmRaised() | events.LimitMoved():
            return replace(state, limits=limits.evolve(state.limits, event))
        case events.ClueAccepted():
            accepted = _open(_close(state, _L.ACCEPTANCE), _L.OVERALL, event.overall)
            return replace(accepted, status=_S.ACCEPTED)
        case events.ClueDeclined():
            declined = _open(_close(state, _L.ACCEPTANCE), _L.FEEDBACK, event.feedback)
            return replace(declined, status=_S.DECLINED, declined=event.ground)
        case events.ClueAssigned():
            return replace(state, handlers=event.handlers)
        case events.OfficerRecused():
            return _out(state, (event.account_id,))
        case events.RecusalsCarried():
            return _out(state, event.recused)
        case events.ConsentRecorded():
            return replace(state, consent=event.given)
        case events.ClueJoined():
            joined = _close(state, _L.ACCEPTANCE, _L.OVERALL)
            its = event.into_clue_id
            return replace(joined, status=_S.JOINED, into=its, kin=state.kin | {its})
        case events.ClueGathered():
            its = event.joined_clue_id
            gathering = replace(state, gathered=(*state.gathered, its), kin=state.kin | {its})
            return _out(gathering, event.recused)
    for part in (_referral, _verification, _pause, _outcome, _refund, _feedback):
        found = part(state, event)
        if found is not None:
            return found
    raise TypeError(f"a clue knows nothing of {type(event).__name__}")


def _out(state: Clue, accounts: Iterable[str]) -> Clue:
    """Who stays out handles it no more."""
    recused = state.recused | set(accounts)
    left = tuple(each for each in state.handlers if each not in recused)
    return replace(state, recused=recused, handlers=left)


def _filed(event: events.ClueFiled) -> Clue:
    filed_on = event.acceptance.span.counted_from
    return Clue(
        status=_S.FILED,
        clue_id=event.clue_id,
        division=event.division,
        kinds=event.kinds,
        body=event.body,
        since=min(filed_on, event.happened_on or filed_on),
        point_id=event.point_id,
        urgent=event.urgent,
        reporting=event.reporting,
        reporter_id=event.reporter_id,
        by_point=event.by_point,
        concerns_unit=event.concerns_unit,
        text=event.text,
        unit_concerned=event.unit_concerned,
        reporter_name=event.reporter_name,
        reporter_phone=event.reporter_phone,
        kin=frozenset() if event.of_clue is None else frozenset({event.of_clue}),
        limits=opened({}, _L.ACCEPTANCE, event.acceptance),
    )


def _referral(state: Clue, event: Any) -> Clue | None:
    match event:
        case events.ClueReferred():
            referral = Referral(event.referral_id, event.unit, event.names_unit, event.refusable)
            referred = _open(state, _L.ANSWER, event.answering)
            to_body = event.target is ReferralTarget.BODY and event.unit is not None
            return replace(
                referred,
                status=_S.REFERRED,
                referral=referral,
                body_unit=event.unit if to_body else state.body_unit,
            )
        case events.ReferralMoved() if state.referral is not None:
            return replace(state, referral=replace(state.referral, refusable=event.refusable))
        case events.ReferralRefused() | events.ReferralWithdrawn():
            return replace(_close(state, _L.ANSWER), status=_S.ACCEPTED, referral=None)
        case events.ReferralAnswered(complete=True):
            return replace(_close(state, _L.ANSWER), status=_S.ANSWERED)
        case events.ReferralAnswered():
            return state
        case events.AnswerReturned():
            returned = replace(state, status=_S.REFERRED)
            its = event.answering
            return returned if its is None else _open(returned, _L.ANSWER, its)
    return None


def _verification(state: Clue, event: Any) -> Clue | None:
    match event:
        case events.VerificationStarted():
            started = _open(state, _L.VERIFICATION, event.verification)
            return replace(started, status=_S.VERIFYING, referral=None)
        case events.VerificationStepTaken():
            return replace(state, steps=state.steps | {event.step_id})
        case events.ClueVerificationExtended():
            longer = _open(state, _L.VERIFICATION, event.verification)
            return replace(longer, extended=state.extended | {_L.VERIFICATION})
        case events.CaseExtended():
            longer = _open(state, _L.OVERALL, event.overall)
            return replace(longer, extended=state.extended | {_L.OVERALL})
        case events.VerificationPaused():
            stopped = {
                name: (state.limits[name, None], left)
                for name, left in zip(event.stops, event.days_left, strict=True)
            }
            return replace(_close(state, *event.stops), status=_S.PAUSED, paused=stopped)
        case events.VerificationResumed():
            resumed = replace(state, status=_S.VERIFYING, paused={})
            if event.verification is not None:
                resumed = _open(resumed, _L.VERIFICATION, event.verification)
            if event.overall is not None:
                resumed = _open(resumed, _L.OVERALL, event.overall)
            return resumed
        case events.ClueVerified():
            verified = _close(state, _L.VERIFICATION)
            return replace(verified, status=_S.VERIFIED, finding=event.finding)
    return None


def _pause(state: Clue, event: Any) -> Clue | None:
    match event:
        case events.LimitsPaused():
            keys = {(its.name, its.about): its.days_left for its in event.stopped}
            stopped = {key: (state.limits[key], left) for key, left in keys.items()}
            running = {key: its for key, its in state.limits.items() if key not in keys}
            return replace(state, limits=running, stopped={**state.stopped, **stopped})
        case events.LimitsResumed():
            for its in event.resumed:
                state = _open(state, its.name, its.watch, its.about)
            return state
    return None


def _outcome(state: Clue, event: Any) -> Clue | None:
    match event:
        case events.OutcomeRecorded():
            return _recorded(state, event)
        case events.ComplianceRecorded():
            its = replace(state.outcomes[event.outcome_id], complied=True)
            followed = replace(state, outcomes={**state.outcomes, event.outcome_id: its})
            names = [_L.CORRECTION, _L.REPORT]
            return _close(followed, *names, about=event.outcome_id)
        case events.ClueClosed():
            done = replace(state, status=_S.CLOSED, finding=event.finding)
            none = replace(done, paused={}, stopped={}, limits={})
            return _open(none, _L.FEEDBACK, event.feedback)
    return None


def _recorded(state: Clue, event: events.OutcomeRecorded) -> Clue:
    """An outcome; a decision takes the place of the opinions that were not followed."""
    outcomes = dict(state.outcomes)
    for key in event.supersedes:
        outcomes[key] = replace(outcomes[key], superseded=True)
        state = _close(state, _L.CORRECTION, about=key)
    outcomes[event.outcome_id] = Outcome(
        event.kind, complied=event.complying is None, document_number=event.document_number
    )
    if event.complying is not None:
        state = _open(state, LIMIT_OF[event.kind], event.complying, event.outcome_id)
    return replace(state, outcomes=outcomes)


LIMIT_OF: Mapping[OutcomeKind, ClueLimit] = {
    OutcomeKind.SUPERVISION_OPINION: _L.CORRECTION,
    OutcomeKind.SUPERVISION_DECISION: _L.REPORT,
}
"""The limit within which an outcome is to be followed."""


def _refund(state: Clue, event: Any) -> Clue | None:
    match event:
        case events.RefundsLeftUnordered():
            return state
        case events.RefundClaimed() | events.RefundVerified():
            pass
        case events.RefundOrdered():
            state = _open(state, _L.REFUND_PAYMENT, event.paying, event.claim_id)
        case events.RefundOrderReduced() | events.RefundPaid():
            if event.settled:
                state = _close(state, _L.REFUND_PAYMENT, about=event.claim_id)
        case events.RefundPaymentReversed():
            if event.paying is not None:
                state = _open(state, _L.REFUND_PAYMENT, event.paying, event.claim_id)
        case _:
            return None
    return replace(state, ledger=ledger.evolve(state.ledger, event))


def _feedback(state: Clue, event: Any) -> Clue | None:
    match event:
        case events.FeedbackGiven(relaying=None):
            told = _close(state, _L.FEEDBACK)
            return replace(told, status=_S.TOLD, told_on=event.given_on)
        case events.FeedbackGiven(relaying=WatchedLimit() as relaying):
            given = _open(_close(state, _L.FEEDBACK), _L.RELAY, relaying)
            return replace(given, status=_S.FED_BACK, fed_back_on=event.given_on)
        case events.FeedbackRelayed():
            told = _close(state, _L.RELAY)
            return replace(told, status=_S.TOLD, told_on=event.relayed_on)
        case events.SatisfactionRated():
            return replace(state, satisfaction=event.satisfaction)
        case events.ReopeningDecided():
            return state
        case events.ClueReopened():
            return _open(_afresh(state, event.round), _L.OVERALL, event.overall)
    return None


def _afresh(state: Clue, number: int) -> Clue:
    """Accepted anew, with what was found before but its finding; the ledger goes on."""
    return replace(
        state,
        status=_S.ACCEPTED,
        round=number,
        ledger=state.ledger.afresh(),
        referral=None,
        finding=None,
        outcomes={},
        extended=frozenset(),
        gathered=(),
        into="",
        fed_back_on=None,
        told_on=None,
        satisfaction=None,
    )


def _open(state: Clue, name: ClueLimit, its: WatchedLimit, about: str | None = None) -> Clue:
    """In place of one that ran, or waits, under its name."""
    ended = _close(state, name, about=about)
    return replace(ended, limits=opened(ended.limits, name, its, about))


def _close(state: Clue, *names: ClueLimit, about: str | None = None) -> Clue:
    """Whether it runs or waits."""
    return replace(
        state,
        limits=closed(state.limits, names, about),
        stopped=closed(state.stopped, names, about),
    )
