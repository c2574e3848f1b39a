"""A batch's plan and dates."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Part, define, internal, part, public, value
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.events.plan import DistrictPlaces, GroupPlaces, SizePlaces
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import Apportionment, Weighting


@value
class SpreadChoice:
    """Which proposal the bureau went by; the service computes it anew.

    year: of the districts' figures
    present: points in office to count, by district; empty: the batch's places alone are spread
    """

    method: Apportionment = part(OneOf(Apportionment))
    weighting: Weighting = part(OneOf(Weighting))
    year: int = part(Whole(1949, 9999))
    present: tuple[DistrictPlaces, ...] = part(Many(Part(DistrictPlaces), most=100))


@define(COMMANDS)
class PlanBatch:
    """Say where a batch's places are to go; again, with a reason, until its first deliberation.

    Each list that is not empty adds up to the batch's places.
    """

    batch_id: str = public(Identifier())
    districts: tuple[DistrictPlaces, ...] = public(Many(Part(DistrictPlaces), least=1, most=100))
    groups: tuple[GroupPlaces, ...] = public(Many(Part(GroupPlaces)))
    sizes: tuple[SizePlaces, ...] = public(Many(Part(SizePlaces)))
    proposal: SpreadChoice | None = public(Part(SpreadChoice, allow_none=True))
    reason: str | None = internal(Text(LONG, allow_none=True))


@define(COMMANDS)
class ExtendBatch:
    """Take applications until a later day; until the batch's first deliberation."""

    batch_id: str = public(Identifier())
    closes_on: dt.date = public(Day())
    reason: str = internal(Text(LONG))
