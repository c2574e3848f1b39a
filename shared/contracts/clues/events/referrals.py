"""Referral of a clue to the body complained of or another authority, and what comes back."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import Span, WatchedLimit
from shared.contracts.clues.vocabulary import ReferralTarget, ReplyPart
from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text
from shared.contracts.message import Part, Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY)
class ClueReferred:
    """What the authority is given is `summary`, in the bureau's words; never who told it.

    unit: the unit of the authority's account, if it has one
    names_unit: whether the unit concerned is named, with its consent
    refusable: within which it may refuse · answering: within which it is to answer
    """

    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    target: ReferralTarget = internal(OneOf(ReferralTarget))
    authority: str = internal(Text())
    unit: str | None = internal(Text(allow_none=True))
    names_unit: bool = internal(Flag())
    summary: Sealable[str] = sealed(Text(LONG), under="clue_id")
    refusable: Span = internal(Part(Span))
    answering: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ReferralMoved:
    """The days of a referral were counted anew, since a year's working days were loaded.

    refusable: within which it may refuse · answer_by: the last day on which it is to answer
    """

    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    refusable: Span = internal(Part(Span))
    answer_by: dt.date = internal(Day())


@define(EVENTS, precision=Precision.DAY)
class ReferralRefused:
    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY)
class ReferralAnswered:
    """What the authority says; a part that it does not state is null, and it is not complete."""

    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    complete: bool = internal(Flag())
    facts: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="clue_id")
    basis: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="clue_id")
    action: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="clue_id")
    refund: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="clue_id")


@define(EVENTS, precision=Precision.DAY)
class AnswerReturned:
    """The answer goes back: it lacks these parts, or does not say them well enough.

    answering: within which it is to answer again; null: the limit that runs
    """

    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    missing: tuple[ReplyPart, ...] = internal(Many(OneOf(ReplyPart), least=1, distinct=True))
    remarks: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="clue_id")
    answering: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))


@define(EVENTS, precision=Precision.DAY)
class ReferralWithdrawn:
    """The bureau takes the matter back."""

    clue_id: str = public(Identifier())
    referral_id: str = internal(Identifier())
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")
