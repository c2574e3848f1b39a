"""Referral: to the body or another authority, what it answers, and answers that go back."""

from __future__ import annotations

from typing import Any

from services.clues.domain import limits
from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.limits import has_passed, span, watch
from services.clues.domain.pausing import refuse_while_stopped
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueLimit, ClueStatus, ReferralTarget, ReplyPart
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions


def refer(state: Clue, command: commands.ReferClue, context: Context) -> list[Any]:
    """The unit concerned is named only with its consent; who told it, never."""
    refuse_while_stopped(state)
    if command.names_unit and state.consent is not True:
        raise Refused(Reason.CONSENT_MISSING, "the unit has not consented", ["names_unit"])
    return [
        events.ClueReferred(
            clue_id=state.clue_id,
            referral_id=command.referral_id,
            target=command.target,
            authority=_authority(state, command),
            unit=command.unit,
            names_unit=command.names_unit,
            summary=command.summary,
            refusable=span(context.calendar, context.today, context.settings.refusal_days),
            answering=watch(context, context.settings.answer_days),
        )
    ]


def _authority(state: Clue, command: commands.ReferClue) -> str:
    if command.target is ReferralTarget.BODY:
        if command.authority is not None:
            raise Invalid.one("authority", "not_allowed", "it is the body complained of")
        return state.body
    if command.authority is None:
        raise Invalid.one("authority", "missing", "say to which authority")
    return command.authority


def refuse(state: Clue, command: commands.RefuseReferral, context: Context) -> list[Any]:
    _refuse_other(state, command.referral_id)
    assert state.referral is not None
    refusable = limits.counted_anew(state.referral.refusable, context)
    if has_passed(refusable, context.today):
        raise Refused(Reason.REFUSAL_TOO_LATE, f"it could be refused until {refusable.due_on}")
    return [
        events.ReferralRefused(
            clue_id=state.clue_id, referral_id=command.referral_id, reasons=command.reasons
        )
    ]


def answer(state: Clue, command: commands.AnswerReferral, _: Context) -> list[Any]:
    """An answer that lacks a part goes back by itself, and its limit runs on."""
    _refuse_other(state, command.referral_id)
    missing = tuple(part for part in ReplyPart if getattr(command, part) is None)
    if len(missing) == len(ReplyPart):
        raise Invalid.one("facts", "missing", "state facts, basis, action and refund")
    answered = events.ReferralAnswered(
        clue_id=state.clue_id,
        referral_id=command.referral_id,
        complete=not missing,
        facts=command.facts,
        basis=command.basis,
        action=command.action,
        refund=command.refund,
    )
    if not missing:
        return [answered]
    returned = events.AnswerReturned(
        clue_id=state.clue_id,
        referral_id=command.referral_id,
        missing=missing,
        remarks=None,
        answering=None,
    )
    return [answered, returned]


def return_answer(state: Clue, command: commands.ReturnAnswer, context: Context) -> list[Any]:
    assert state.referral is not None
    return [
        events.AnswerReturned(
            clue_id=state.clue_id,
            referral_id=state.referral.referral_id,
            missing=command.missing,
            remarks=command.remarks,
            answering=watch(context, context.settings.second_answer_days),
        )
    ]


def recompute(state: Clue, command: commands.RecomputeLimit, context: Context) -> list[Any]:
    """With the limit to answer moves the one to refuse, which is counted from the same day."""
    assert state.referral is not None
    decided = limits.recompute(state, command, context)
    if command.name is not ClueLimit.ANSWER:
        return decided
    (moved,) = decided
    return [
        moved,
        events.ReferralMoved(
            clue_id=state.clue_id,
            referral_id=state.referral.referral_id,
            refusable=limits.counted_anew(state.referral.refusable, context),
            answer_by=moved.watch.span.due_on,
        ),
    ]


def withdraw(state: Clue, command: commands.WithdrawReferral, _: Context) -> list[Any]:
    assert state.referral is not None
    return [
        events.ReferralWithdrawn(
            clue_id=state.clue_id,
            referral_id=state.referral.referral_id,
            reasons=command.reasons,
        )
    ]


def _refuse_other(state: Clue, referral_id: str) -> None:
    if state.referral is None or state.referral.referral_id != referral_id:
        raise Refused(Reason.REFERRAL_UNKNOWN, "it is not referred so", ["referral_id"])


_S = ClueStatus

TRANSITIONS: Transitions = {
    (_S.ACCEPTED, commands.ReferClue): refer,
    (_S.REFERRED, commands.RefuseReferral): refuse,
    (_S.REFERRED, commands.AnswerReferral): answer,
    (_S.ANSWERED, commands.ReturnAnswer): return_answer,
    (_S.REFERRED, commands.RecomputeLimit): recompute,
    (_S.REFERRED, commands.WithdrawReferral): withdraw,
    (_S.ANSWERED, commands.WithdrawReferral): withdraw,
}
