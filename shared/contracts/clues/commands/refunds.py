"""The refund ledger; amounts in whole fen."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.evidence import EvidenceFile
from shared.contracts.clues.fields import amount
from shared.contracts.fields import Day, Identifier, Text
from shared.contracts.message import Part, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class ClaimRefund:
    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    claimant: str = sealed(Text(), under="clue_id")


@define(COMMANDS)
class VerifyRefund:
    """Say how much of a claim was taken in excess; again, in place of what was said before."""

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    basis: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class OrderRefund:
    """Have the body pay by a document of this round that goes to it.

    document_number: of an outcome that is on record and still stands
    """

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    document_number: str = internal(Text(60))


@define(COMMANDS)
class ReduceRefundOrder:
    """Order so much less than before, as after a review."""

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    amount: int = internal(amount())
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class RecordRefundPayment:
    """proof: in words · proof_file: the paper itself, whose ciphertext lies in the store"""

    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    payment_id: str = internal(Identifier())
    amount: int = internal(amount())
    paid_on: dt.date = internal(Day())
    proof: str = sealed(Text(LONG), under="clue_id")
    proof_file: EvidenceFile | None = sealed(Part(EvidenceFile, allow_none=True), under="clue_id")


@define(COMMANDS)
class ReverseRefundPayment:
    clue_id: str = public(Identifier())
    claim_id: str = internal(Identifier())
    payment_id: str = internal(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")
