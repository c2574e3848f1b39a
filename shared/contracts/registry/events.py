"""What happens in the registry, in the past tense.

A unit's identity is sealed under its application until the public notice names it.
"""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import (
    Part,
    Precision,
    Sealable,
    Vocabulary,
    define,
    internal,
    part,
    public,
    sealed,
    value,
)
from shared.contracts.registry.fields import CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Conclusion,
    Finding,
    IndustryGroup,
    ObjectionOutcome,
    RejectionGround,
    RejectionStage,
    RetirementGround,
    Size,
    Trade,
    UnitKind,
)

EVENTS = Vocabulary("registry", "event")

LONG = 4_000


@value
class DistrictFigure:
    """One district's weight: market entities, and output in 10,000 yuan where known."""

    division: str = part(division())
    market_entities: int = part(Whole(0))
    output_wan: int | None = part(Whole(0, allow_none=True))


@define(EVENTS)
class DistrictFiguresRecorded:
    """A bureau's figures of a year, complete: a district that is left out has none."""

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    figures: tuple[DistrictFigure, ...] = public(Many(Part(DistrictFigure), least=1))


@define(EVENTS)
class BatchOpened:
    batch_id: str = public(Identifier())
    division: str = public(division())
    title: str = public(Text())
    places: int = public(Whole(1, 1000))
    opens_on: dt.date = public(Day())
    closes_on: dt.date = public(Day())


@define(EVENTS)
class DeliberationRecorded:
    """The bureau's collective decision; the list is what goes to notice."""

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: Sealable[str] = sealed(Text(LONG), under="deliberation_id")
    listed: tuple[str, ...] = public(Many(Identifier(), least=1, distinct=True))


@define(EVENTS)
class PlaceFreed:
    """A listed application dropped out, so its place can be given again."""

    batch_id: str = public(Identifier())
    application_id: str = public(Identifier())


@define(EVENTS)
class ApplicationSubmitted:
    application_id: str = public(Identifier())
    batch_id: str = public(Identifier())
    channel: Channel = internal(OneOf(Channel))
    recommender: str | None = internal(Text(allow_none=True))
    unit_kind: UnitKind = internal(OneOf(UnitKind))
    division: str = internal(division())
    industry_section: str | None = internal(section(allow_none=True))
    industry_group: IndustryGroup = internal(OneOf(IndustryGroup))
    trade: Trade | None = internal(OneOf(Trade, allow_none=True))
    size: Size = internal(OneOf(Size))
    staff: int | None = internal(Whole(0, allow_none=True))
    revenue_wan: int | None = internal(Whole(0, allow_none=True))
    assets_wan: int | None = internal(Whole(0, allow_none=True))
    filed_by: str = internal(Text())
    unit_name: Sealable[str] = sealed(Text(), under="application_id")
    credit_code: Sealable[str | None] = sealed(CreditCode(allow_none=True), under="application_id")
    address: Sealable[str] = sealed(Text(), under="application_id")
    contact_name: Sealable[str] = sealed(Text(50), under="application_id")
    contact_phone: Sealable[str] = sealed(phone(), under="application_id")


@define(EVENTS)
class FormalCheckPassed:
    application_id: str = public(Identifier())


@define(EVENTS)
class ReviewCheckRecorded:
    """One check of one application; the last record of a check holds."""

    application_id: str = public(Identifier())
    check: Check = public(OneOf(Check))
    finding: Finding = internal(OneOf(Finding))
    evidence: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class ReviewConcluded:
    application_id: str = public(Identifier())
    conclusion: Conclusion = internal(OneOf(Conclusion))
    votes_for: int = internal(Whole(0, 100))
    votes_against: int = internal(Whole(0, 100))
    reasons: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="application_id")


@define(EVENTS)
class ApplicationRejected:
    application_id: str = public(Identifier())
    stage: RejectionStage = internal(OneOf(RejectionStage))
    grounds: tuple[RejectionGround, ...] = internal(
        Many(OneOf(RejectionGround), least=1, distinct=True)
    )
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class ApplicationListed:
    application_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())


@define(EVENTS)
class ApplicationPutOnNotice:
    application_id: str = public(Identifier())
    notice_id: str = public(Identifier())


@define(EVENTS)
class ApplicationDesignated:
    application_id: str = public(Identifier())
    point_id: str = public(Identifier())


@value
class NoticedUnit:
    """A unit as the public notice names it."""

    application_id: str = part(Identifier())
    unit_name: str = part(Text())
    unit_kind: UnitKind = part(OneOf(UnitKind))
    division: str = part(division())
    industry_group: IndustryGroup = part(OneOf(IndustryGroup))
    size: Size = part(OneOf(Size))
    channel: Channel = part(OneOf(Channel))


@define(EVENTS)
class NoticePublished:
    """Open to everyone from `first_day` to the end of `last_day`, Asia/Shanghai."""

    notice_id: str = public(Identifier())
    batch_id: str = public(Identifier())
    text: str = public(Text(LONG))
    published_on: dt.date = public(Day())
    first_day: dt.date = public(Day())
    last_day: dt.date = public(Day())
    units: tuple[NoticedUnit, ...] = public(Many(Part(NoticedUnit), least=1))


@define(EVENTS, precision=Precision.DAY, anonymous=True)
class NoticeObjected:
    """Somebody objects to a unit on notice, with a name or, anonymously, with concrete facts."""

    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    application_id: str = internal(Identifier())
    anonymous: bool = internal(Flag())
    facts: Sealable[str] = sealed(Text(LONG, shortest=10), under="objection_id")
    contact_name: Sealable[str | None] = sealed(Text(50, allow_none=True), under="objection_id")
    contact_phone: Sealable[str | None] = sealed(phone(allow_none=True), under="objection_id")


@define(EVENTS)
class ObjectionDecided:
    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    application_id: str = internal(Identifier())
    outcome: ObjectionOutcome = public(OneOf(ObjectionOutcome))
    reasons: Sealable[str] = sealed(Text(LONG), under="objection_id")


@define(EVENTS)
class UnitsDesignated:
    """These units of the notice are points now; no objection to them is heard any more."""

    notice_id: str = public(Identifier())
    application_ids: tuple[str, ...] = public(Many(Identifier(), least=1, distinct=True))


@define(EVENTS)
class PointDesignated:
    """A contact point exists from here on, to the end of `term_ends_on`."""

    point_id: str = public(Identifier())
    application_id: str = public(Identifier())
    batch_id: str = public(Identifier())
    unit_name: str = public(Text())
    unit_kind: UnitKind = public(OneOf(UnitKind))
    division: str = public(division())
    industry_group: IndustryGroup = public(OneOf(IndustryGroup))
    size: Size = public(OneOf(Size))
    channel: Channel = public(OneOf(Channel))
    designated_on: dt.date = public(Day())
    term_ends_on: dt.date = public(Day())


@define(EVENTS)
class PointRetired:
    point_id: str = public(Identifier())
    ground: RetirementGround = public(OneOf(RetirementGround))
    retired_on: dt.date = public(Day())
    facts: Sealable[str] = sealed(Text(LONG), under="point_id")
