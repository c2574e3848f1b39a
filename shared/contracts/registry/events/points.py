"""Contact points."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, OneOf, Text
from shared.contracts.message import (
    Sealable,
    define,
    public,
    sealed,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, division
from shared.contracts.registry.vocabulary import (
    Channel,
    IndustryGroup,
    RetirementGround,
    Size,
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
class PointRetired:
    point_id: str = public(Identifier())
    ground: RetirementGround = public(OneOf(RetirementGround))
    retired_on: dt.date = public(Day())
    facts: Sealable[str] = sealed(Text(LONG), under="point_id")
