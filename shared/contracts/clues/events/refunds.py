"""The refund ledger of a clue: claimed, verified, ordered, paid; whole fen, never less than one.

Of each claim, what was paid is at most what was ordered, that at most what was verified, and
that at most what was claimed.
"""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import LARGEST_AMOUNT, WatchedLimit, amount
from shared.contracts.fields import Day, Flag, Identifier, Text, Whole
from shared.contracts.message import Part, Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RefundClaimed:
    """claimant: to whom the money would go"""

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    claimant: Sealable[str] = sealed(Text(), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RefundVerified:
    """So much of the claim was taken in excess, in place of what was verified before."""

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    basis: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RefundOrdered:
    """The body is to pay so much within the limit."""

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    document_number: str = internal(Text(60))
    paying: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RefundOrderReduced:
    """So much less is ordered, by `amount`; what was paid already stays ordered.

    settled: nothing of what is still ordered is unpaid
    """

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    settled: bool = internal(Flag())
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RefundsLeftUnordered:
    """A case is closed though `amount` of what is verified was not ordered, for these reasons."""

    clue_id: str = public(Identifier())
    amount: int = internal(Whole(1, 1_000 * LARGEST_AMOUNT))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RefundPaid:
    """A part of what was ordered, with its proof. settled: as in RefundOrderReduced"""

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    payment_id: str = internal(Identifier())
    amount: int = internal(amount())
    paid_on: dt.date = internal(Day())
    settled: bool = internal(Flag())
    proof: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RefundPaymentReversed:
    """A payment that never arrived, or was entered wrongly, counts no more.

    paying: the limit for what is unpaid again; null where one runs
    """

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    payment_id: str = internal(Identifier())
    amount: int = internal(amount())
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")
    paying: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))
