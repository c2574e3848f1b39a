"""The review group, who stays out of it, and what it recorded, asked and voted."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text
from shared.contracts.limits import TimeLimit
from shared.contracts.message import (
    Part,
    Sealable,
    define,
    internal,
    part,
    public,
    sealed,
    value,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, CreditCode, division
from shared.contracts.registry.vocabulary import (
    Check,
    Finding,
    FlagResolution,
    IndustryGroup,
    OpinionSource,
    OpinionView,
    PartyOrganisation,
    RecusalGround,
)


@value
class Recused:
    """A member who stays out of a review, and why."""

    member_id: str = part(Text())
    ground: RecusalGround = part(OneOf(RecusalGround))


@define(EVENTS)
class ReviewGroupAppointed:
    batch_id: str = public(Identifier())
    member_ids: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    chair: str = internal(Text())


@define(EVENTS)
class ReviewGroupChanged:
    batch_id: str = public(Identifier())
    member_ids: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    chair: str = internal(Text())
    reasons: str = internal(Text(LONG))


@define(EVENTS)
class InterestsDeclared:
    """A statement of ties, of a member or another of the bureau; all that were made hold."""

    batch_id: str = public(Identifier())
    member_id: str = internal(Text())
    employer_name: Sealable[str | None] = sealed(Text(allow_none=True), under="member_id")
    employer_code: Sealable[str | None] = sealed(CreditCode(allow_none=True), under="member_id")
    bodies: Sealable[tuple[str, ...]] = sealed(Many(Text(), most=50), under="member_id")
    industry_group: IndustryGroup | None = internal(OneOf(IndustryGroup, allow_none=True))
    district: str | None = internal(division(allow_none=True))


@define(EVENTS)
class RecusalDeclared:
    application_id: str = public(Identifier())
    member_id: str = internal(Text())
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class RecusalsExamined:
    """Declared interests were compared with the applicant: these members are tied to it."""

    application_id: str = public(Identifier())
    recused: tuple[Recused, ...] = internal(Many(Part(Recused)))


@define(EVENTS)
class FlagResolved:
    application_id: str = public(Identifier())
    check: Check = public(OneOf(Check))
    resolution: FlagResolution = internal(OneOf(FlagResolution))
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class PoliticalDirectionRecorded:
    """Party organisation and interview; what it found follows as a check."""

    application_id: str = public(Identifier())
    party_organisation: PartyOrganisation = internal(OneOf(PartyOrganisation))
    interviewed_on: dt.date = internal(Day())
    interviewed: Sealable[str] = sealed(Text(), under="application_id")
    minutes: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class GovernanceAbilityRecorded:
    """The three findings of a village or chamber; the worst follows as a check."""

    application_id: str = public(Identifier())
    self_discipline: Finding = internal(OneOf(Finding))
    mediation: Finding = internal(OneOf(Finding))
    oversight: Finding = internal(OneOf(Finding))


@define(EVENTS)
class VisitRecorded:
    application_id: str = public(Identifier())
    visit_id: str = public(Identifier())
    held_on: dt.date = internal(Day())
    participants: Sealable[str] = sealed(Text(500), under="application_id")
    minutes: Sealable[str] = sealed(Text(LONG), under="application_id")
    documents: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))


@define(EVENTS)
class TalkRecorded:
    application_id: str = public(Identifier())
    talk_id: str = public(Identifier())
    held_on: dt.date = internal(Day())
    participants: Sealable[str] = sealed(Text(500), under="application_id")
    minutes: Sealable[str] = sealed(Text(LONG), under="application_id")
    documents: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))


@define(EVENTS)
class OpinionAsked:
    """A body was asked, to answer within `limit`, which is counted from the day of asking."""

    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())
    source: OpinionSource = internal(OneOf(OpinionSource))
    body: str = internal(Text())
    body_unit: str | None = internal(Text(allow_none=True))
    limit: TimeLimit = internal(Part(TimeLimit))


@define(EVENTS)
class OpinionAnswered:
    """`by_body`: by its own account, else entered by an officer · `late`: after the limit."""

    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())
    view: OpinionView = internal(OneOf(OpinionView))
    by_body: bool = internal(Flag())
    answered_on: dt.date = internal(Day())
    late: bool = internal(Flag())
    text: Sealable[str] = sealed(Text(LONG), under="application_id")
    document: str | None = internal(Identifier(allow_none=True))


@define(EVENTS)
class OpinionTakenBack:
    """Nobody waits for the answer any more: it was taken back, or the application has ended."""

    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())
    taken_back_on: dt.date = internal(Day())
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class OpinionOverdue:
    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())
    due_on: dt.date = internal(Day())


@define(EVENTS)
class VoteCast:
    application_id: str = public(Identifier())
    member_id: str = internal(Text())
    in_favour: bool = internal(Flag())
    reasons: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="application_id")
