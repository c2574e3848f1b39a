"""What may be done next about a clue, and if not, why not.

Each command is tried on the state with a payload that fits it, so `possible` is what `decide`
says and cannot part from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.clues.domain import clue, handling, pausing, refunds
from services.clues.domain.clue import Clue
from services.clues.domain.context import Context
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import (
    DOCUMENTS,
    ClueFinding,
    ClueLimit,
    DeclineGround,
    FeedbackMeans,
    OutcomeKind,
    PauseGround,
    ReferralTarget,
    ReplyPart,
    Satisfaction,
    TieKind,
    VerificationMeans,
)
from shared.contracts.errors import Invalid, Refused

_TEXT = "—"
_OTHER = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has."""
_NO_DAY = "out_of_range"
"""Of a clock that was set back before what is on record, no day fits; a form says so."""


@dataclass(frozen=True)
class Step:
    """about: what within the clue it is about, such as a refund's claim, or which kind of it"""

    command: str
    about: str | None
    possible: bool
    reason: str | None


def next_steps(state: Clue, context: Context) -> list[Step]:
    """Every command that a clue meets on its way, in that order, as this actor would find it."""
    flagging = _tried(state, None, handling.Flag(_OTHER), context, "FlagRetaliation")
    tried = [_tried(state, about, probe, context) for about, probe in _probes(state, context)]
    return [*tried, flagging]


def _tried(state: Clue, about: str | None, probe: Any, context: Context, name: str = "") -> Step:
    name = name or type(probe).__name__
    try:
        clue.decide(state, probe, context)
    except Refused as refused:
        return Step(name, about, False, refused.reason)
    except Invalid as invalid:
        if any(its.code != _NO_DAY for its in invalid.problems):
            raise
    return Step(name, about, True, None)


def _probes(state: Clue, context: Context) -> Iterator[tuple[str | None, Any]]:
    for command in (
        *_entry(state, context),
        *_referral(state),
        *_verification(state, context.today),
        *_pauses(state, context),
    ):
        yield None, command
    yield from _outcomes(state, context.today)
    yield from _refunds(state, context.today)
    for command in _end(state, context.today):
        yield None, command


def _entry(state: Clue, context: Context) -> Iterator[Any]:
    clue_id, me = state.clue_id, context.actor_id
    yield commands.AcceptClue(clue_id=clue_id)
    yield commands.DeclineClue(clue_id=clue_id, ground=DeclineGround.NOT_ENFORCEMENT, reasons=_TEXT)
    somebody = f"{_OTHER}+" if _OTHER in {*state.handlers, *state.recused} else _OTHER
    yield commands.AssignClue(clue_id=clue_id, handlers=(somebody,))
    yield commands.RecuseOfficer(
        clue_id=clue_id, account_id=me, tie=TieKind.OTHER_TIE, reasons=_TEXT
    )
    yield commands.RecordConsent(clue_id=clue_id, given=True, evidence=_TEXT)
    yield commands.JoinClue(clue_id=clue_id, into_clue_id=_OTHER, reasons=_TEXT)


def _referral(state: Clue) -> Iterator[Any]:
    clue_id = state.clue_id
    referral_id = state.referral.referral_id if state.referral else _OTHER
    yield commands.ReferClue(
        clue_id=clue_id,
        referral_id=_OTHER,
        target=ReferralTarget.BODY,
        authority=None,
        unit=None,
        names_unit=False,
        summary=_TEXT,
    )
    yield commands.RefuseReferral(clue_id=clue_id, referral_id=referral_id, reasons=_TEXT)
    yield commands.AnswerReferral(
        clue_id=clue_id,
        referral_id=referral_id,
        facts=_TEXT,
        basis=_TEXT,
        action=_TEXT,
        refund=_TEXT,
    )
    yield commands.ReturnAnswer(clue_id=clue_id, missing=(ReplyPart.FACTS,), remarks=_TEXT)
    yield commands.WithdrawReferral(clue_id=clue_id, reasons=_TEXT)


def _verification(state: Clue, today: dt.date) -> Iterator[Any]:
    clue_id = state.clue_id
    yield commands.StartVerification(clue_id=clue_id)
    yield commands.TakeVerificationStep(
        clue_id=clue_id,
        step_id=_OTHER,
        taken_on=today,
        means=VerificationMeans.CASE_FILE,
        account=_TEXT,
    )
    yield commands.ExtendClueVerification(clue_id=clue_id, reasons=_TEXT)
    yield commands.ExtendCase(clue_id=clue_id, reasons=_TEXT)
    yield commands.PauseVerification(clue_id=clue_id, ground=PauseGround.COURT, reasons=_TEXT)
    yield commands.ResumeVerification(clue_id=clue_id, reasons=_TEXT)
    yield commands.ConcludeVerification(
        clue_id=clue_id, finding=ClueFinding.SUBSTANTIATED, facts=_TEXT, basis=_TEXT
    )


def _pauses(state: Clue, context: Context) -> Iterator[Any]:
    names = dict.fromkeys(name for name, _ in pausing.stoppable(state, context))
    yield commands.PauseLimits(
        clue_id=state.clue_id,
        limits=tuple(names) or (ClueLimit.OVERALL,),
        ground=PauseGround.COURT,
        reasons=_TEXT,
    )
    yield commands.ResumeLimits(clue_id=state.clue_id, reasons=_TEXT)


def _outcomes(state: Clue, today: dt.date) -> Iterator[tuple[str, Any]]:
    for kind in OutcomeKind:
        if kind is not OutcomeKind.REFUND:
            yield (
                str(kind),
                commands.RecordOutcome(
                    clue_id=state.clue_id,
                    outcome_id=_OTHER,
                    kind=kind,
                    document_number=_TEXT if kind in DOCUMENTS else None,
                    persons=1 if kind is OutcomeKind.DISCIPLINE else None,
                    details=_TEXT,
                ),
            )
    for key, its in state.outcomes.items():
        if not (its.complied or its.superseded):
            yield (
                key,
                commands.RecordCompliance(
                    clue_id=state.clue_id, outcome_id=key, complied_on=today, account=_TEXT
                ),
            )


def _refunds(state: Clue, today: dt.date) -> Iterator[tuple[str | None, Any]]:
    clue_id = state.clue_id
    yield (
        None,
        commands.ClaimRefund(clue_id=clue_id, claim_id=_OTHER, amount=1, claimant=_TEXT),
    )
    for key, its in state.ledger.claims.items():
        lower = max(1, its.ordered)
        verified = its.claimed if its.verified != its.claimed else lower
        yield (
            key,
            commands.VerifyRefund(clue_id=clue_id, claim_id=key, amount=verified, basis=_TEXT),
        )
        yield (
            key,
            commands.OrderRefund(
                clue_id=clue_id,
                claim_id=key,
                amount=its.verified or 1,
                document_number=next(iter(refunds.documents_of(state)), _TEXT),
            ),
        )
        yield (
            key,
            commands.ReduceRefundOrder(clue_id=clue_id, claim_id=key, amount=1, reasons=_TEXT),
        )
        yield (
            key,
            commands.RecordRefundPayment(
                clue_id=clue_id,
                claim_id=key,
                payment_id=_OTHER,
                amount=1,
                paid_on=today,
                proof=_TEXT,
                proof_file=None,
            ),
        )
        for payment in its.payments:
            yield (
                payment,
                commands.ReverseRefundPayment(
                    clue_id=clue_id, claim_id=key, payment_id=payment, reasons=_TEXT
                ),
            )


def _end(state: Clue, today: dt.date) -> Iterator[Any]:
    clue_id = state.clue_id
    yield commands.CloseClue(
        clue_id=clue_id,
        summary=_TEXT,
        unordered_reasons=_TEXT if state.ledger.unordered else None,
    )
    yield commands.GiveFeedback(clue_id=clue_id, means=FeedbackMeans.ONLINE, text=_TEXT)
    yield commands.RelayFeedback(clue_id=clue_id, relayed_on=today, means=FeedbackMeans.IN_PERSON)
    yield commands.RateSatisfaction(
        clue_id=clue_id, satisfaction=Satisfaction.NOT_SOLVED, comment=None
    )
    yield commands.ReopenClue(clue_id=clue_id, reasons=_TEXT)
