"""What is done about a clue, from its acceptance to the reporter's word on it."""

from __future__ import annotations

from typing import Any

from services.clues.domain import closing, handling
from services.clues.domain.clue import Clue
from services.clues.domain.telling_back import read_by_reporter
from services.clues.handlers.aggregates import CLUE
from services.clues.handlers.common import BUREAU, clue_within, of
from services.clues.handlers.evidence import attach_proof
from services.clues.handlers.identity import (
    refuse_identity,
    refuse_other_reporters,
    refuse_reporters,
)
from services.clues.handlers.kin import carry_recusals, family_of
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import DOCUMENTS
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.service.command_bus import Route
from shared.service.work import Work

REFERRAL_ID = "referral_id"
"""No two referrals bear one id, since an authority asks for its own by it."""


def about_clue(work: Work, command: Any) -> None:
    """A command that concerns one clue alone."""
    clue_within(work, command.clue_id)
    work.decide(CLUE, command.clue_id, command)


def rate_satisfaction(work: Work, command: commands.RateSatisfaction) -> None:
    state = clue_within(work, command.clue_id)
    told = read_by_reporter(state, work.context) if work.actor.role is Role.REPORTER else None
    if told is not None:
        work.decide(CLUE, command.clue_id, told)
    work.decide(CLUE, command.clue_id, command)


def recuse_officer(work: Work, command: commands.RecuseOfficer) -> None:
    clue_within(work, command.clue_id)
    if work.actor.role is Role.OFFICER and command.account_id != work.actor.id:
        raise Refused(Reason.WRONG_ROLE, "an officer declares their own ties", ["account_id"])
    work.decide(CLUE, command.clue_id, command)
    carry_recusals(work, command.clue_id)


def join_clue(work: Work, command: commands.JoinClue) -> None:
    """The other one must be at work, in the actor's divisions, and not kept from the actor.

    Whoever stays out of one of them stays out of both from here on.
    """
    state = clue_within(work, command.clue_id)
    work.decide(CLUE, command.clue_id, command)
    try:
        clue_within(work, command.into_clue_id)
        gathered = handling.Gather(command.clue_id, state.recused)
        work.decide(CLUE, command.into_clue_id, gathered)
    except NotFound:
        raise Refused(Reason.WRONG_STATE, "no such clue is at work", ["into_clue_id"]) from None
    except Refused as refused:
        raise Refused(refused.reason, str(refused), ["into_clue_id"]) from None
    carry_recusals(work, command.clue_id)


def close_clue(work: Work, command: commands.CloseClue) -> None:
    """Those that were joined to it are closed with it, each to be told on its own."""
    about_clue(work, command)
    state: Clue = work.state(CLUE, command.clue_id)
    assert state.finding is not None
    for joined in state.gathered:
        shared = closing.CloseWithMain(
            command.clue_id, state.finding, closing.outcomes_of(state), command.summary
        )
        work.decide(CLUE, joined, shared)


def refer_clue(work: Work, command: commands.ReferClue) -> None:
    """In words that name neither who told it nor, without consent, whom it concerns."""
    clue_within(work, command.clue_id)
    work.decide(CLUE, command.clue_id, command)
    work.claim(
        REFERRAL_ID,
        (command.referral_id,),
        CLUE.stream(command.clue_id),
        Reason.ALREADY_EXISTS,
        "referral_id",
    )
    texts = {name: getattr(command, name) for name in ("summary", "authority", "unit")}
    refuse_identity(work, command.clue_id, texts, names_unit=command.names_unit)


def tell_authority(work: Work, command: commands.ReturnAnswer | commands.WithdrawReferral) -> None:
    """Words that follow a referral, and are held to what it was held to."""
    referral = clue_within(work, command.clue_id).referral
    work.decide(CLUE, command.clue_id, command)
    assert referral is not None
    field = "remarks" if isinstance(command, commands.ReturnAnswer) else "reasons"
    texts = {field: getattr(command, field)}
    refuse_identity(work, command.clue_id, texts, names_unit=referral.names_unit)


def record_outcome(work: Work, command: commands.RecordOutcome) -> None:
    """A document goes to the body: it says to whom to refund, but never who told it."""
    clue_within(work, command.clue_id)
    work.decide(CLUE, command.clue_id, command)
    if command.kind in DOCUMENTS:
        _keep_reporters_out(work, command, "details", "document_number")


def _keep_reporters_out(work: Work, command: Any, *fields: str) -> None:
    """Raise Refused where one of these texts, which the body will read, says who told it."""
    texts = {name: getattr(command, name, None) for name in fields}
    refuse_reporters(work, family_of(work, command.clue_id).values(), texts)


def give_feedback(work: Work, command: commands.GiveFeedback) -> None:
    """One reporter never learns of another; what is told to them may bear their own name."""
    about_clue(work, command)
    refuse_other_reporters(work, command.clue_id, {"text": command.text})


_ITS_WORDS = ("reasons", "facts", "basis", "action", "refund")


def by_authority(work: Work, command: commands.RefuseReferral | commands.AnswerReferral) -> None:
    """What an authority says by its own account, or an officer for one that has written.

    Bodies of two districts may bear one name, so an account's division must reach the clue's too.
    What an officer writes down must not add who told it. The unit concerned may stand there, and
    an account's own words are not compared at all: a refusal would tell it that it guessed right.
    """
    if work.actor.role is not Role.ENFORCEMENT_BODY:
        about_clue(work, command)
        _keep_reporters_out(work, command, *_ITS_WORDS)
        return
    state: Clue = work.require(CLUE, command.clue_id)
    referral = state.referral
    ours = referral is not None and referral.unit is not None and referral.unit == work.actor.unit
    ours = ours and covers(work.actor.division, state.division)
    if referral is None or not ours or referral.referral_id != command.referral_id:
        raise NotFound(CLUE.prefix, command.clue_id)
    work.decide(CLUE, command.clue_id, command)


def by_debtor(work: Work, command: commands.RecordRefundPayment) -> None:
    """What a body reports to have refunded, by its own account, or an officer from its papers.

    What turns out not to have arrived is reversed; an officer closes the case. The body reads the
    proof that an officer writes down.
    """
    if work.actor.role is not Role.ENFORCEMENT_BODY:
        about_clue(work, command)
        _keep_reporters_out(work, command, "proof")
        attach_proof(work, command)
        return
    state: Clue = work.require(CLUE, command.clue_id)
    ours = state.body_unit is not None and state.body_unit == work.actor.unit
    if not ours or not covers(work.actor.division, state.division):
        raise NotFound(CLUE.prefix, command.clue_id)
    claim = state.ledger.claims.get(command.claim_id)
    if claim is None or not claim.ordered:
        raise NotFound("claim", command.claim_id)
    work.decide(CLUE, command.clue_id, command)
    attach_proof(work, command)


_OFFICER = frozenset({Role.OFFICER})
_LEADER = frozenset({Role.LEADER})
_WITH_POINT = BUREAU | {Role.POINT}
_CLUE = of(CLUE, "clue_id")

_ABOUT_CLUE: dict[type, frozenset[Role]] = {
    commands.AcceptClue: _OFFICER,
    commands.DeclineClue: _OFFICER,
    commands.AssignClue: BUREAU,
    commands.RecordConsent: _OFFICER,
    commands.StartVerification: _OFFICER,
    commands.TakeVerificationStep: _OFFICER,
    commands.ExtendClueVerification: _LEADER,
    commands.ExtendCase: _LEADER,
    commands.PauseVerification: _LEADER,
    commands.ResumeVerification: _OFFICER,
    commands.ConcludeVerification: _OFFICER,
    commands.RecordCompliance: _OFFICER,
    commands.ClaimRefund: _OFFICER,
    commands.VerifyRefund: _OFFICER,
    commands.OrderRefund: _LEADER,
    commands.ReduceRefundOrder: _LEADER,
    commands.ReverseRefundPayment: _OFFICER,
    commands.PauseLimits: _LEADER,
    commands.ResumeLimits: _OFFICER,
    commands.ReopenClue: _LEADER,
    commands.RelayFeedback: _WITH_POINT,
}
"""Who sends what is about one clue alone; orders, extensions, pauses, reopening: the leader."""

ROUTES: dict[type, Route] = {
    **{command: Route(roles, _CLUE, about_clue) for command, roles in _ABOUT_CLUE.items()},
    commands.RecuseOfficer: Route(BUREAU, _CLUE, recuse_officer),
    commands.JoinClue: Route(_OFFICER, _CLUE, join_clue),
    commands.ReferClue: Route(_OFFICER, _CLUE, refer_clue),
    commands.ReturnAnswer: Route(_OFFICER, _CLUE, tell_authority),
    commands.WithdrawReferral: Route(_OFFICER, _CLUE, tell_authority),
    commands.RecordOutcome: Route(_LEADER, _CLUE, record_outcome),
    commands.RefuseReferral: Route(_OFFICER | {Role.ENFORCEMENT_BODY}, _CLUE, by_authority),
    commands.AnswerReferral: Route(_OFFICER | {Role.ENFORCEMENT_BODY}, _CLUE, by_authority),
    commands.RecordRefundPayment: Route(_OFFICER | {Role.ENFORCEMENT_BODY}, _CLUE, by_debtor),
    commands.CloseClue: Route(BUREAU, _CLUE, close_clue),
    commands.RateSatisfaction: Route(_WITH_POINT | {Role.REPORTER}, _CLUE, rate_satisfaction),
    commands.GiveFeedback: Route(_OFFICER, _CLUE, give_feedback),
}
