"""Referral, and what the authority says."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import ReferralTarget, ReplyPart
from shared.contracts.fields import Flag, Identifier, Many, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class ReferClue:
    """Refer the matter, in words of the bureau's own; as in the event ClueReferred.

    authority: null for the body complained of
    """

    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    target: ReferralTarget = internal(OneOf(ReferralTarget))
    authority: str | None = internal(Text(allow_none=True))
    unit: str | None = internal(Text(allow_none=True))
    names_unit: bool = internal(Flag())
    summary: str = sealed(Text(LONG, shortest=5), under="clue_id")


@define(COMMANDS)
class RefuseReferral:
    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class AnswerReferral:
    """State facts, basis, action and refund; an answer that lacks one goes back by itself."""

    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    facts: str | None = sealed(Text(LONG, allow_none=True), under="clue_id")
    basis: str | None = sealed(Text(LONG, allow_none=True), under="clue_id")
    action: str | None = sealed(Text(LONG, allow_none=True), under="clue_id")
    refund: str | None = sealed(Text(LONG, allow_none=True), under="clue_id")


@define(COMMANDS)
class ReturnAnswer:
    """Give back an answer that states a part, but not well enough."""

    clue_id: str = public(Identifier())
    missing: tuple[ReplyPart, ...] = internal(Many(OneOf(ReplyPart), least=1, distinct=True))
    remarks: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class WithdrawReferral:
    clue_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")
