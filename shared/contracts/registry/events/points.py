"""Contact points: designation, details, place, liaison officers, plaque, and suspension."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.limits import TimeLimit
from shared.contracts.message import Part, Sealable, define, internal, public, sealed
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import (
    Channel,
    IndustryGroup,
    PointDetail,
    RetirementGround,
    Size,
    Trade,
    UnitKind,
)


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
class PointDetailsChanged:
    """What has changed about the unit. `details` names it, so that it shows under seal too."""

    point_id: str = public(Identifier())
    changed_on: dt.date = public(Day())
    details: tuple[PointDetail, ...] = public(Many(OneOf(PointDetail), least=1, distinct=True))
    unit_name: str | None = public(Text(allow_none=True))
    address: Sealable[str | None] = sealed(Text(allow_none=True), under="point_id")
    contact_name: Sealable[str | None] = sealed(Text(50, allow_none=True), under="point_id")
    contact_phone: Sealable[str | None] = sealed(phone(allow_none=True), under="point_id")
    reasons: str = internal(Text(LONG))


@define(EVENTS, schema_version=2)
class PointProfileChanged:
    """What the unit is has changed: from `changed_on` on the point counts in this group and size.

    credit_code: the new one, null where it stays as it was
    """

    point_id: str = public(Identifier())
    changed_on: dt.date = public(Day())
    industry_section: str | None = internal(section(allow_none=True))
    industry_group: IndustryGroup = public(OneOf(IndustryGroup))
    trade: Trade | None = internal(OneOf(Trade, allow_none=True))
    size: Size = public(OneOf(Size))
    staff: int | None = internal(Whole(0, allow_none=True))
    revenue_wan: int | None = internal(Whole(0, allow_none=True))
    assets_wan: int | None = internal(Whole(0, allow_none=True))
    credit_code: Sealable[str | None] = sealed(CreditCode(allow_none=True), under="point_id")
    reasons: str = internal(Text(LONG))


@EVENTS.upcaster("PointProfileChanged", 1)
def _point_profile_changed_of_six_trades(values: dict[str, Any]) -> dict[str, Any]:
    """Written when there were six trades."""
    return values


@define(EVENTS)
class PointMoved:
    """The point counts in `division` from `moved_on`."""

    point_id: str = public(Identifier())
    from_division: str = public(division())
    division: str = public(division())
    moved_on: dt.date = public(Day())
    reasons: str = internal(Text(LONG))


@define(EVENTS)
class PointMerged:
    """The unit has become part of another point's; this point's retirement follows."""

    point_id: str = public(Identifier())
    into_point_id: str = public(Identifier())
    merged_on: dt.date = public(Day())


@define(EVENTS)
class PointAbsorbed:
    """Another point's unit has become part of this one's."""

    point_id: str = public(Identifier())
    merged_point_id: str = public(Identifier())
    merged_on: dt.date = public(Day())


@define(EVENTS)
class PointMergerUndone:
    """It was found that the unit has not become part of the other's: the point is kept."""

    point_id: str = public(Identifier())
    into_point_id: str = public(Identifier())
    undone_on: dt.date = public(Day())


@define(EVENTS)
class PointAbsorptionUndone:
    """The other point's unit has not become part of this one's after all."""

    point_id: str = public(Identifier())
    merged_point_id: str = public(Identifier())
    undone_on: dt.date = public(Day())


@define(EVENTS)
class PointLiaisonAppointed:
    """The point has a liaison officer, instead of the one before."""

    point_id: str = public(Identifier())
    since: dt.date = public(Day())
    liaison_name: Sealable[str] = sealed(Text(50), under="point_id")
    liaison_phone: Sealable[str] = sealed(phone(), under="point_id")


@define(EVENTS)
class BureauLiaisonAppointed:
    """An officer of the bureau guides the point, instead of the one before."""

    point_id: str = public(Identifier())
    since: dt.date = public(Day())
    account_id: str = internal(Identifier())


@define(EVENTS)
class PlaqueGiven:
    point_id: str = public(Identifier())
    plaque_number: str = public(Text(40))
    given_on: dt.date = public(Day())


@define(EVENTS)
class PlaqueReturnAsked:
    """A point that has retired is to give its plaque back within the limit."""

    point_id: str = public(Identifier())
    limit: TimeLimit = public(Part(TimeLimit))


@define(EVENTS)
class PlaqueReturned:
    point_id: str = public(Identifier())
    plaque_number: str = public(Text(40))
    returned_on: dt.date = public(Day())


@define(EVENTS)
class PointSuspended:
    """The point does not act as one until it is resumed; its term runs on."""

    point_id: str = public(Identifier())
    suspended_on: dt.date = public(Day())
    reasons: Sealable[str] = sealed(Text(LONG), under="point_id")


@define(EVENTS)
class PointResumed:
    point_id: str = public(Identifier())
    resumed_on: dt.date = public(Day())
    reasons: Sealable[str] = sealed(Text(LONG), under="point_id")


@define(EVENTS)
class PointRetired:
    point_id: str = public(Identifier())
    ground: RetirementGround = public(OneOf(RetirementGround))
    retired_on: dt.date = public(Day())
    facts: Sealable[str] = sealed(Text(LONG), under="point_id")
