"""A batch's plan: its places over districts, industry groups and sizes; its dates; its ranking."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Part, define, internal, part, public, value
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, division
from shared.contracts.registry.vocabulary import Apportionment, IndustryGroup, Size, Weighting

MOST_PLACES = 1_000
_FEW = 100
"""Districts of a bureau: there are fewer in any city."""


@value
class DistrictPlaces:
    division: str = part(division())
    places: int = part(Whole(0, MOST_PLACES))


@value
class GroupPlaces:
    industry_group: IndustryGroup = part(OneOf(IndustryGroup))
    places: int = part(Whole(0, MOST_PLACES))


@value
class SizePlaces:
    size: Size = part(OneOf(Size))
    places: int = part(Whole(0, MOST_PLACES))


@value
class DistrictShare:
    """One district's part of a proposal: what it was weighed by, and what came of it.

    present: points in office that were counted, 0 where none were
    places: how many of the batch's places the proposal gives it
    """

    division: str = part(division())
    market_entities: int = part(Whole(0))
    output_wan: int | None = part(Whole(0, allow_none=True))
    present: int = part(Whole(0))
    places: int = part(Whole(0, MOST_PLACES))


@value
class SpreadProposal:
    """A spread as it was computed, with all that it was computed from.

    year: of the districts' figures
    output_percent: share of output in a mixed weight, the rest is market entities
    least: places or points that every district has at least
    """

    method: Apportionment = part(OneOf(Apportionment))
    weighting: Weighting = part(OneOf(Weighting))
    year: int = part(Whole(1949, 9999))
    output_percent: int = part(Whole(0, 100))
    least: int = part(Whole(0, MOST_PLACES))
    districts: tuple[DistrictShare, ...] = part(Many(Part(DistrictShare), least=1, most=_FEW))


@define(EVENTS)
class BatchPlanned:
    """Where a batch's places are to go; each list that is not empty adds up to them.

    proposal: the spread that the bureau went by, beside what it decided
    reason: why an earlier plan was changed
    """

    batch_id: str = public(Identifier())
    districts: tuple[DistrictPlaces, ...] = public(Many(Part(DistrictPlaces), least=1, most=_FEW))
    groups: tuple[GroupPlaces, ...] = public(Many(Part(GroupPlaces)))
    sizes: tuple[SizePlaces, ...] = public(Many(Part(SizePlaces)))
    proposal: SpreadProposal | None = public(Part(SpreadProposal, allow_none=True))
    reason: str | None = internal(Text(LONG, allow_none=True))


@define(EVENTS)
class BatchExtended:
    """Applications are taken until the end of `closes_on`."""

    batch_id: str = public(Identifier())
    closes_on: dt.date = public(Day())
    reason: str = internal(Text(LONG))


@define(EVENTS)
class CandidatesRanked:
    """The order that was proposed to a deliberation: the first fills the plan's gaps best."""

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    ranked: tuple[str, ...] = internal(Many(Identifier(), least=1, distinct=True))
