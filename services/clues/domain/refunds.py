"""Decisions on the refund ledger: each step within the one before (rules.md section 2, refund)."""

from __future__ import annotations

from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.days import refuse_day
from services.clues.domain.ledger import MOST_CLAIMS
from services.clues.domain.limits import watch
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueFinding, ClueStatus
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions


def claim(state: Clue, command: commands.ClaimRefund, _: Context) -> list[Any]:
    if command.claim_id in state.ledger.claims:
        raise Refused(Reason.ALREADY_EXISTS, "that claim is on record", ["claim_id"])
    if len(state.ledger.claims) >= MOST_CLAIMS:
        raise Refused(Reason.TOO_MANY_CLAIMS, f"a case has at most {MOST_CLAIMS} claims")
    return [
        events.RefundClaimed(
            clue_id=state.clue_id,
            claim_id=command.claim_id,
            amount=command.amount,
            claimant=command.claimant,
        )
    ]


def verify(state: Clue, command: commands.VerifyRefund, _: Context) -> list[Any]:
    its = state.ledger.claim(command.claim_id)
    if command.amount > its.claimed:
        raise Refused(Reason.MORE_THAN_CLAIMED, f"{its.claimed} fen were claimed", ["amount"])
    if command.amount < its.ordered:
        raise Refused(Reason.LESS_THAN_ORDERED, f"{its.ordered} fen are ordered", ["amount"])
    if command.amount == its.verified:
        raise Refused(Reason.NOTHING_CHANGES, "so much is verified already", ["amount"])
    return [
        events.RefundVerified(
            clue_id=state.clue_id,
            claim_id=command.claim_id,
            amount=command.amount,
            basis=command.basis,
        )
    ]


def order(state: Clue, command: commands.OrderRefund, context: Context) -> list[Any]:
    its = state.ledger.claim(command.claim_id)
    if state.finding is ClueFinding.UNSUBSTANTIATED:
        raise Refused(Reason.NOT_SUBSTANTIATED, "the finding orders nothing")
    if command.amount > its.verified:
        raise Refused(Reason.MORE_THAN_VERIFIED, f"{its.verified} fen are verified", ["amount"])
    if command.amount <= its.ordered:
        raise Refused(Reason.NOTHING_CHANGES, f"{its.ordered} fen are ordered", ["amount"])
    if command.document_number not in documents_of(state):
        raise Refused(Reason.ORDER_WITHOUT_DOCUMENT, "no such document", ["document_number"])
    return [
        events.RefundOrdered(
            clue_id=state.clue_id,
            claim_id=command.claim_id,
            amount=command.amount,
            document_number=command.document_number,
            paying=watch(context, context.settings.refund_days),
        )
    ]


def documents_of(state: Clue) -> list[str]:
    """The numbers of the documents by which the body can be told to pay, the latest first.

    Of this round, and not those whose place a decision has taken.
    """
    return [
        its.document_number
        for its in reversed(tuple(state.outcomes.values()))
        if its.document_number is not None and not its.superseded
    ]


def reduce_order(state: Clue, command: commands.ReduceRefundOrder, _: Context) -> list[Any]:
    its = state.ledger.claim(command.claim_id)
    if command.amount > its.unpaid:
        raise Refused(Reason.MORE_THAN_UNPAID, f"{its.unpaid} fen are unpaid", ["amount"])
    return [
        events.RefundOrderReduced(
            clue_id=state.clue_id,
            claim_id=command.claim_id,
            amount=command.amount,
            settled=command.amount == its.unpaid,
            reasons=command.reasons,
        )
    ]


def pay(state: Clue, command: commands.RecordRefundPayment, context: Context) -> list[Any]:
    its = state.ledger.claim(command.claim_id)
    if state.ledger.knows_payment(command.payment_id):
        raise Refused(Reason.ALREADY_EXISTS, "that payment is on record", ["payment_id"])
    refuse_day("paid_on", command.paid_on, state.since, context)
    if command.amount > its.unpaid:
        raise Refused(Reason.MORE_THAN_UNPAID, f"{its.unpaid} fen are unpaid", ["amount"])
    return [
        events.RefundPaid(
            clue_id=state.clue_id,
            claim_id=command.claim_id,
            payment_id=command.payment_id,
            amount=command.amount,
            paid_on=command.paid_on,
            settled=command.amount == its.unpaid,
            proof=command.proof,
        )
    ]


def reverse(state: Clue, command: commands.ReverseRefundPayment, context: Context) -> list[Any]:
    its = state.ledger.claim(command.claim_id)
    amount = its.payments.get(command.payment_id)
    if amount is None:
        raise Refused(Reason.PAYMENT_UNKNOWN, "no such payment counts", ["payment_id"])
    anew = watch(context, context.settings.refund_days) if its.unpaid == 0 else None
    return [
        events.RefundPaymentReversed(
            clue_id=state.clue_id,
            claim_id=command.claim_id,
            payment_id=command.payment_id,
            amount=amount,
            reasons=command.reasons,
            paying=anew,
        )
    ]


_S = ClueStatus

TRANSITIONS: Transitions = {
    **{
        (status, commands.ClaimRefund): claim
        for status in (
            *(_S.ACCEPTED, _S.REFERRED, _S.ANSWERED),
            *(_S.VERIFYING, _S.PAUSED, _S.VERIFIED),
        )
    },
    **{(status, commands.VerifyRefund): verify for status in (_S.VERIFYING, _S.VERIFIED)},
    (_S.VERIFIED, commands.OrderRefund): order,
    (_S.VERIFIED, commands.ReduceRefundOrder): reduce_order,
    (_S.VERIFIED, commands.RecordRefundPayment): pay,
    (_S.VERIFIED, commands.ReverseRefundPayment): reverse,
}
