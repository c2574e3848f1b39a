"""The refund ledger of one clue: pure arithmetic in whole fen.

Of every claim: paid <= ordered <= verified <= claimed. What would break that is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from shared.contracts.clues import events
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason

MOST_CLAIMS = 500
"""Claims of one clue; so many of the largest amount still are a number that a leaf can hold."""


@dataclass(frozen=True)
class Claim:
    """before: of what is ordered, how much was so before the case was handled anew"""

    claimed: int
    verified: int = 0
    ordered: int = 0
    before: int = 0
    payments: Mapping[str, int] = field(default_factory=dict)

    @property
    def paid(self) -> int:
        return sum(self.payments.values())

    @property
    def unpaid(self) -> int:
        """What is ordered and not paid."""
        return self.ordered - self.paid


@dataclass(frozen=True)
class Totals:
    claimed: int
    verified: int
    ordered: int
    paid: int


@dataclass(frozen=True)
class Ledger:
    """Claims by their ids. `reversed`: ids of payments that count no more, and come never again."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    reversed: frozenset[str] = frozenset()

    @property
    def totals(self) -> Totals:
        its = self.claims.values()
        return Totals(
            claimed=sum(claim.claimed for claim in its),
            verified=sum(claim.verified for claim in its),
            ordered=sum(claim.ordered for claim in its),
            paid=sum(claim.paid for claim in its),
        )

    @property
    def settled(self) -> bool:
        """Whether nothing that was ordered is unpaid."""
        return all(claim.unpaid == 0 for claim in self.claims.values())

    @property
    def unordered(self) -> int:
        """What is verified and not ordered."""
        return self.totals.verified - self.totals.ordered

    @property
    def ordered_anew(self) -> bool:
        """Whether this round of the case has ordered anything that still is."""
        return any(claim.ordered > claim.before for claim in self.claims.values())

    def afresh(self) -> Ledger:
        """The ledger as a new round of the case finds it."""
        claims = {key: replace(its, before=its.ordered) for key, its in self.claims.items()}
        return replace(self, claims=claims)

    def claim(self, claim_id: str) -> Claim:
        """Raises Refused at `claim_id` for one that is not there."""
        found = self.claims.get(claim_id)
        if found is None:
            raise Refused(Reason.CLAIM_UNKNOWN, "no such claim", ["claim_id"])
        return found

    def knows_payment(self, payment_id: str) -> bool:
        """Whether it is or was a payment of any claim."""
        booked = any(payment_id in claim.payments for claim in self.claims.values())
        return booked or payment_id in self.reversed


def evolve(ledger: Ledger, event: Any) -> Ledger:
    match event:
        case events.RefundClaimed():
            return _with(ledger, event.claim_id, Claim(event.amount))
        case events.RefundVerified():
            its = ledger.claims[event.claim_id]
            return _with(ledger, event.claim_id, replace(its, verified=event.amount))
        case events.RefundOrdered():
            its = ledger.claims[event.claim_id]
            return _with(ledger, event.claim_id, replace(its, ordered=event.amount))
        case events.RefundOrderReduced():
            its = ledger.claims[event.claim_id]
            left = its.ordered - event.amount
            reduced = replace(its, ordered=left, before=min(its.before, left))
            return _with(ledger, event.claim_id, reduced)
        case events.RefundPaid():
            its = ledger.claims[event.claim_id]
            payments = {**its.payments, event.payment_id: event.amount}
            return _with(ledger, event.claim_id, replace(its, payments=payments))
        case events.RefundPaymentReversed():
            its = ledger.claims[event.claim_id]
            payments = {key: paid for key, paid in its.payments.items() if key != event.payment_id}
            changed = _with(ledger, event.claim_id, replace(its, payments=payments))
            return replace(changed, reversed=ledger.reversed | {event.payment_id})
    raise TypeError(f"a ledger knows nothing of {type(event).__name__}")


def _with(ledger: Ledger, claim_id: str, claim: Claim) -> Ledger:
    return replace(ledger, claims={**ledger.claims, claim_id: claim})
