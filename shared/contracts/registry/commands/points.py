"""Contact points: their details, place, liaison officers, plaque, and suspension."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import Size, Trade


@define(COMMANDS)
class ChangePointDetails:
    """What has changed about the unit; what is left out stays as it is.

    Group and size class are worked out anew, by the rules of the day, from its section, trade and
    figures or the size that it declares.
    """

    point_id: str = public(Identifier())
    unit_name: str | None = public(Text(allow_none=True))
    industry_section: str | None = internal(section(allow_none=True))
    trade: Trade | None = internal(OneOf(Trade, allow_none=True))
    staff: int | None = internal(Whole(0, allow_none=True))
    revenue_wan: int | None = internal(Whole(0, allow_none=True))
    assets_wan: int | None = internal(Whole(0, allow_none=True))
    declared_size: Size | None = internal(OneOf(Size, allow_none=True))
    credit_code: str | None = sealed(CreditCode(allow_none=True), under="point_id")
    address: str | None = sealed(Text(allow_none=True), under="point_id")
    contact_name: str | None = sealed(Text(50, allow_none=True), under="point_id")
    contact_phone: str | None = sealed(phone(allow_none=True), under="point_id")
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class MovePoint:
    """The unit has moved to another district; it counts there from `moved_on`."""

    point_id: str = public(Identifier())
    division: str = public(division())
    moved_on: dt.date = public(Day())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class MergePoint:
    """The unit has become part of another one that is a point.

    Its history is linked to the other's, and its retirement is opened: it is wound up.
    """

    point_id: str = public(Identifier())
    into_point_id: str = public(Identifier())
    retirement_id: str = public(Identifier())
    merged_on: dt.date = public(Day())
    reasons: str = sealed(Text(LONG), under="point_id")


@define(COMMANDS)
class AppointPointLiaison:
    """Who is the point's liaison officer from now on."""

    point_id: str = public(Identifier())
    liaison_name: str = sealed(Text(50), under="point_id")
    liaison_phone: str = sealed(phone(), under="point_id")


@define(COMMANDS)
class AppointBureauLiaison:
    """Which of the bureau's officers guides the point from now on."""

    point_id: str = public(Identifier())
    account_id: str = internal(Identifier())


@define(COMMANDS)
class GivePlaque:
    """The plaque was handed over."""

    point_id: str = public(Identifier())
    plaque_number: str = public(Text(40))
    given_on: dt.date = public(Day())


@define(COMMANDS)
class ReturnPlaque:
    """The plaque came back."""

    point_id: str = public(Identifier())
    returned_on: dt.date = public(Day())


@define(COMMANDS)
class SuspendPoint:
    """The point does not act as one until it is resumed; its term runs on."""

    point_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="point_id")


@define(COMMANDS)
class ResumePoint:
    """The point acts as one again."""

    point_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="point_id")
