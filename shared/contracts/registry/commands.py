"""What the registry can be asked to do, in the imperative.

Ids are chosen by the sender, so that a command repeated after a lost answer names the same
thing. Sealed fields cross the broker sealed to the registry.
"""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Part, Vocabulary, define, internal, public, sealed
from shared.contracts.registry.events import LONG, DistrictFigure
from shared.contracts.registry.fields import CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Conclusion,
    Finding,
    ObjectionOutcome,
    RejectionGround,
    RetirementGround,
    Size,
    Trade,
    UnitKind,
)

COMMANDS = Vocabulary("registry", "command")


@define(COMMANDS)
class RecordDistrictFigures:
    """Put a bureau's figures of a year on record; again replaces all that was said of it.

    `division` is the bureau's, the figures are those of its districts and counties.
    """

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    figures: tuple[DistrictFigure, ...] = public(Many(Part(DistrictFigure), least=1))


@define(COMMANDS)
class OpenBatch:
    batch_id: str = public(Identifier())
    division: str = public(division())
    title: str = public(Text())
    places: int = public(Whole(1, 1000))
    opens_on: dt.date = public(Day())
    closes_on: dt.date = public(Day())


@define(COMMANDS)
class SubmitApplication:
    """An application by either channel.

    An enterprise's size follows from `trade`, `staff` and `revenue_wan` (10,000 yuan; for
    construction `assets_wan` too), an individual business needs none of them, a village or
    chamber states `declared_size`.
    """

    application_id: str = public(Identifier())
    batch_id: str = public(Identifier())
    channel: Channel = public(OneOf(Channel))
    recommender: str | None = internal(Text(allow_none=True))
    unit_kind: UnitKind = public(OneOf(UnitKind))
    division: str = public(division())
    industry_section: str | None = internal(section(allow_none=True))
    trade: Trade | None = internal(OneOf(Trade, allow_none=True))
    staff: int | None = internal(Whole(0, allow_none=True))
    revenue_wan: int | None = internal(Whole(0, allow_none=True))
    assets_wan: int | None = internal(Whole(0, allow_none=True))
    declared_size: Size | None = internal(OneOf(Size, allow_none=True))
    unit_name: str = sealed(Text(), under="application_id")
    credit_code: str | None = sealed(CreditCode(allow_none=True), under="application_id")
    address: str = sealed(Text(), under="application_id")
    contact_name: str = sealed(Text(50), under="application_id")
    contact_phone: str = sealed(phone(), under="application_id")


@define(COMMANDS)
class PassFormalCheck:
    application_id: str = public(Identifier())


@define(COMMANDS)
class FailFormalCheck:
    application_id: str = public(Identifier())
    grounds: tuple[RejectionGround, ...] = internal(
        Many(OneOf(RejectionGround), least=1, distinct=True)
    )
    reasons: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class RecordReviewCheck:
    application_id: str = public(Identifier())
    check: Check = public(OneOf(Check))
    finding: Finding = internal(OneOf(Finding))
    evidence: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class ConcludeReview:
    """The review group's conclusion by vote; `grounds` when it is not qualified."""

    application_id: str = public(Identifier())
    conclusion: Conclusion = internal(OneOf(Conclusion))
    votes_for: int = internal(Whole(0, 100))
    votes_against: int = internal(Whole(0, 100))
    grounds: tuple[RejectionGround, ...] = internal(Many(OneOf(RejectionGround), distinct=True))
    reasons: str | None = sealed(Text(LONG, allow_none=True), under="application_id")


@define(COMMANDS)
class RecordDeliberation:
    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: str = sealed(Text(LONG), under="deliberation_id")
    listed: tuple[str, ...] = internal(Many(Identifier(), least=1, distinct=True))


@define(COMMANDS)
class PublishNotice:
    """Show listed applications of a batch to the public; the period follows from the rules."""

    notice_id: str = public(Identifier())
    batch_id: str = public(Identifier())
    text: str = public(Text(LONG))
    application_ids: tuple[str, ...] = internal(Many(Identifier(), least=1, distinct=True))


@define(COMMANDS)
class ObjectToNotice:
    """Anyone may object: with name and phone, or anonymously with concrete facts."""

    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    application_id: str = internal(Identifier())
    anonymous: bool = internal(Flag())
    facts: str = sealed(Text(LONG, shortest=10), under="objection_id")
    contact_name: str | None = sealed(Text(50, allow_none=True), under="objection_id")
    contact_phone: str | None = sealed(phone(allow_none=True), under="objection_id")


@define(COMMANDS)
class DecideObjection:
    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    outcome: ObjectionOutcome = public(OneOf(ObjectionOutcome))
    reasons: str = sealed(Text(LONG), under="objection_id")


@define(COMMANDS)
class DesignatePoints:
    """Make units of a notice that has ended into points. All of them, or none."""

    notice_id: str = public(Identifier())
    application_ids: tuple[str, ...] = public(Many(Identifier(), least=1, distinct=True))


@define(COMMANDS)
class RetirePoint:
    point_id: str = public(Identifier())
    ground: RetirementGround = public(OneOf(RetirementGround))
    facts: str = sealed(Text(LONG), under="point_id")
