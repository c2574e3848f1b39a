"""The refund ledger: whatever is sent in whatever order, its totals agree."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.clues.domain import clue
from services.clues.domain.clue import Clue
from shared.contracts.canonical import MAX_INTEGER
from shared.contracts.clues.commands import COMMANDS
from shared.contracts.clues.fields import LARGEST_AMOUNT
from shared.contracts.clues.vocabulary import ClueLimit
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from tests.services.clues import examples as example
from tests.services.clues.stories import VERIFIED, VERIFYING
from tests.services.clues.telling import TODAY, Story, context, uid

CLAIMS = st.sampled_from([uid(n) for n in range(100, 103)])
OWED = [*VERIFIED, example.CLAIM_REFUND, example.VERIFY_REFUND, example.GIVE_NOTICE]
"""A refund is verified, and there is a document by which it can be ordered."""
PAYMENTS = st.sampled_from([uid(n) for n in range(200, 206)])
CLOSE_UNORDERED = dataclasses.replace(example.CLOSE, unordered_reasons="企业自愿放弃")
AMOUNTS = st.integers(1, 60) | st.sampled_from([LARGEST_AMOUNT])


class Books(RuleBasedStateMachine):
    """A verified clue's ledger beside a simple model of it: what stands in four columns."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(clue, Clue())
        self.columns: dict[str, dict[str, int]] = {}
        self.payments: dict[str, tuple[str, int]] = {}

    @initialize()
    def begin(self) -> None:
        self.story.when(*VERIFIED, example.GIVE_NOTICE)

    def _send(self, command: Any) -> bool:
        """Whether it was carried out."""
        try:
            self.story.when(command)
        except Refused:
            return False
        return True

    @rule(claim=CLAIMS, amount=AMOUNTS)
    def claim(self, claim: str, amount: int) -> None:
        command = dataclasses.replace(example.CLAIM_REFUND, claim_id=claim, amount=amount)
        assert self._send(command) == (claim not in self.columns)
        self.columns.setdefault(claim, {"claimed": amount, "verified": 0, "ordered": 0, "paid": 0})

    @rule(claim=CLAIMS, amount=AMOUNTS)
    def verify(self, claim: str, amount: int) -> None:
        command = dataclasses.replace(example.VERIFY_REFUND, claim_id=claim, amount=amount)
        its = self.columns.get(claim)
        fits = its is not None and its["ordered"] <= amount <= its["claimed"]
        assert self._send(command) == (fits and its is not None and amount != its["verified"])
        if fits and its is not None:
            its["verified"] = amount

    @rule(claim=CLAIMS, amount=AMOUNTS)
    def order(self, claim: str, amount: int) -> None:
        command = dataclasses.replace(example.ORDER_REFUND, claim_id=claim, amount=amount)
        its = self.columns.get(claim)
        fits = its is not None and its["ordered"] < amount <= its["verified"]
        assert self._send(command) == fits
        if fits and its is not None:
            its["ordered"] = amount

    @rule(claim=CLAIMS, amount=AMOUNTS)
    def reduce(self, claim: str, amount: int) -> None:
        command = dataclasses.replace(example.REDUCE_ORDER, claim_id=claim, amount=amount)
        its = self.columns.get(claim)
        fits = its is not None and amount <= its["ordered"] - its["paid"]
        assert self._send(command) == fits
        if fits and its is not None:
            its["ordered"] -= amount

    @rule(claim=CLAIMS, payment=PAYMENTS, amount=AMOUNTS)
    def pay(self, claim: str, payment: str, amount: int) -> None:
        command = dataclasses.replace(
            example.PAY, claim_id=claim, payment_id=payment, amount=amount
        )
        its = self.columns.get(claim)
        fits = its is not None and amount <= its["ordered"] - its["paid"]
        assert self._send(command) == (fits and payment not in self.payments)
        if fits and its is not None and payment not in self.payments:
            its["paid"] += amount
            self.payments[payment] = (claim, amount)

    @rule(claim=CLAIMS, payment=PAYMENTS)
    def reverse(self, claim: str, payment: str) -> None:
        command = dataclasses.replace(example.REVERSE, claim_id=claim, payment_id=payment)
        booked = self.payments.get(payment)
        counts = booked is not None and booked[0] == claim and booked[1] > 0
        assert self._send(command) == counts
        if booked is not None and counts:
            self.columns[claim]["paid"] -= booked[1]
            self.payments[payment] = (claim, 0)

    @invariant()
    def columns_agree(self) -> None:
        found = {
            key: {
                "claimed": its.claimed,
                "verified": its.verified,
                "ordered": its.ordered,
                "paid": its.paid,
            }
            for key, its in self.story.state.ledger.claims.items()
        }
        assert found == self.columns
        totals = dataclasses.asdict(self.story.state.ledger.totals)
        assert totals == {name: sum(its[name] for its in self.columns.values()) for name in totals}

    @invariant()
    def each_step_lies_within_the_one_before(self) -> None:
        for its in self.columns.values():
            assert 0 <= its["paid"] <= its["ordered"] <= its["verified"] <= its["claimed"]

    @invariant()
    def what_is_unpaid_has_a_limit_and_keeps_the_case_open(self) -> None:
        if not self.story.state.clue_id:
            return
        unpaid = {key for key, its in self.columns.items() if its["paid"] < its["ordered"]}
        limits = {
            about for name, about in self.story.state.limits if name is ClueLimit.REFUND_PAYMENT
        }
        assert limits == unpaid
        assert self._reason_against(example.CLOSE) == (
            "refund_unpaid" if unpaid else "refund_not_ordered" if self._unordered() else None
        )

    @invariant()
    def what_is_verified_and_not_ordered_is_closed_with_reasons_alone(self) -> None:
        unordered = self._unordered()
        paid = all(its["paid"] == its["ordered"] for its in self.columns.values())
        if not (self.story.state.clue_id and unordered and paid):
            return
        left, closed = clue.decide(self.story.state, CLOSE_UNORDERED, context())
        assert (left.amount, closed.finding) == (unordered, "substantiated")

    def _unordered(self) -> int:
        return sum(its["verified"] - its["ordered"] for its in self.columns.values())

    def _reason_against(self, command: Any) -> str | None:
        try:
            clue.decide(self.story.state, command, context())
        except Refused as refused:
            return str(refused.reason)
        return None


Books.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestBooks = Books.TestCase


def test_a_refund_is_paid_in_parts_each_with_its_proof() -> None:
    story = Story(clue, Clue())
    story.when(*OWED, example.ORDER_REFUND)
    story.refuses(example.CLOSE, "refund_unpaid")
    (paid,) = story.when(example.PAY)
    assert not paid.settled
    story.refuses(example.CLOSE, "refund_unpaid")
    (paid,) = story.when(example.PAY_REST)
    assert paid.settled
    (closed,) = story.when(example.CLOSE)
    assert [str(kind) for kind in closed.outcomes] == ["notice", "refund"]


def test_a_refund_is_ordered_by_a_document_of_its_round_that_still_stands() -> None:
    story = Story(clue, Clue())
    story.when(*VERIFIED, example.CLAIM_REFUND, example.VERIFY_REFUND, example.DISCIPLINE)
    story.refuses(example.ORDER_REFUND, "order_without_document")
    story.when(example.GIVE_OPINION)
    by_opinion = dataclasses.replace(
        example.ORDER_REFUND, document_number=example.GIVE_OPINION.document_number
    )
    assert Story(clue, story.state).when(by_opinion)
    decision = dataclasses.replace(example.GIVE_DECISION, outcome_id=uid(75))
    story.on(TODAY + 31 * ONE_DAY).when(decision)
    story.refuses(by_opinion, "order_without_document")
    by_decision = dataclasses.replace(by_opinion, document_number=decision.document_number)
    (ordered,) = story.when(by_decision)
    assert ordered.document_number == decision.document_number


def test_what_is_verified_and_not_ordered_closes_with_reasons_that_stay_on_record() -> None:
    """rules.md section 2, refund: claimed, verified, ordered, paid; what is left out is told."""
    story = Story(clue, Clue())
    story.when(*OWED)
    with pytest.raises(Refused) as refusal:
        story.when(example.CLOSE)
    assert refusal.value.reason == "refund_not_ordered"
    assert refusal.value.fields == ("unordered_reasons",)
    left, closed = Story(clue, story.state).when(CLOSE_UNORDERED)
    assert (left.amount, left.reasons) == (30_000 * example.YUAN, "企业自愿放弃")
    assert [str(kind) for kind in closed.outcomes] == ["notice"]
    story.when(example.ORDER_REFUND, example.PAY, example.PAY_REST)
    story.finds_wrong(CLOSE_UNORDERED, "unordered_reasons", "not_allowed")
    assert story.when(example.CLOSE)


def test_a_round_is_closed_by_what_it_has_ordered_itself() -> None:
    """What the round before has ordered, and paid, is no outcome of this one."""
    refunded = [example.ORDER_REFUND, example.PAY, example.PAY_REST, example.CLOSE]
    ended = [*refunded, example.GIVE_FEEDBACK, example.RELAY, example.NOT_SOLVED]
    story = Story(clue, Clue())
    story.when(*OWED, *ended, example.START)
    other = Story(clue, story.state)
    story.when(example.CONCLUDE)
    story.refuses(example.CLOSE, "outcome_missing")
    story.when(dataclasses.replace(example.VERIFY_REFUND, amount=35_000 * example.YUAN))
    more = dataclasses.replace(example.ORDER_REFUND, amount=35_000 * example.YUAN)
    rest = dataclasses.replace(example.PAY, payment_id=uid(77), amount=5_000 * example.YUAN)
    story.refuses(more, "order_without_document")
    story.when(example.GIVE_NOTICE, more, rest)
    (closed,) = story.when(example.CLOSE)
    assert [str(kind) for kind in closed.outcomes] == ["notice", "refund"]
    (closed,) = other.when(example.UNFOUNDED, example.CLOSE)[-1:]
    assert closed.outcomes == ()


def test_what_is_ordered_again_after_it_was_reduced_is_ordered_in_this_round() -> None:
    story = Story(clue, Clue())
    story.when(*OWED, example.ORDER_REFUND)
    story.when(example.PAY, example.PAY_REST, example.CLOSE, example.GIVE_FEEDBACK)
    story.when(example.RELAY, example.NOT_SOLVED, example.START, example.CONCLUDE)
    reduced = dataclasses.replace(example.REDUCE_ORDER, amount=example.PAY.amount)
    story.when(example.REVERSE, reduced)
    story.refuses(example.CLOSE, "outcome_missing")
    story.when(example.GIVE_NOTICE, example.ORDER_REFUND)
    story.when(dataclasses.replace(example.PAY, payment_id=uid(77)))
    assert story.when(example.CLOSE)


def test_a_payment_that_bounced_is_owed_again_within_a_limit_of_its_own() -> None:
    story = Story(clue, Clue())
    story.when(*OWED, example.ORDER_REFUND)
    story.when(example.PAY, example.PAY_REST)
    (reversal,) = story.when(example.REVERSE)
    assert reversal.amount == example.PAY.amount
    assert reversal.paying is not None
    story.refuses(example.CLOSE, "refund_unpaid")
    story.refuses(example.PAY, "already_exists")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (dataclasses.replace(example.VERIFY_REFUND, claim_id=uid(99)), "claim_unknown"),
        (dataclasses.replace(example.VERIFY_REFUND, amount=50_001 * 100), "more_than_claimed"),
        (dataclasses.replace(example.ORDER_REFUND, amount=30_001 * 100), "more_than_verified"),
        (example.REDUCE_ORDER, "more_than_unpaid"),
        (example.PAY, "more_than_unpaid"),
        (example.REVERSE, "payment_unknown"),
    ],
    ids=lambda given: given if isinstance(given, str) else type(given).__name__,
)
def test_what_goes_beyond_the_step_before_is_refused(command: Any, reason: str) -> None:
    story = Story(clue, Clue())
    story.when(*VERIFIED, example.CLAIM_REFUND, example.VERIFY_REFUND)
    story.refuses(command, reason)


def test_what_was_not_substantiated_orders_nothing() -> None:
    story = Story(clue, Clue())
    story.when(*VERIFYING, example.CLAIM_REFUND, example.VERIFY_REFUND, example.UNFOUNDED)
    story.refuses(example.ORDER_REFUND, "not_substantiated")
    assert story.when(CLOSE_UNORDERED)


@pytest.mark.parametrize("amount", [0, -1, -(2**63), 10**12 + 1, 2**53, 2**64, 1.5, "5", True])
@pytest.mark.parametrize(
    "command", ["FileClue", "ClaimRefund", "OrderRefund", "RecordRefundPayment"]
)
def test_no_command_takes_an_amount_below_one_fen_or_beyond_the_largest(
    command: str, amount: Any
) -> None:
    contract = COMMANDS.find(command)
    with pytest.raises(Invalid) as invalid:
        contract.load({"amount": amount})
    assert "amount" in {its.path for its in invalid.value.problems if its.code != "missing"}


def test_a_thousand_of_the_largest_claims_still_fit_a_number_of_a_leaf() -> None:
    assert 1_000 * LARGEST_AMOUNT <= MAX_INTEGER
