"""Applications before their formal check: recommendation, supplement, withdrawal, lapse.

A limit that begins is written as it was counted, by the settings and the calendar of that day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.fields import Day, Identifier, OneOf, Text, Whole
from shared.contracts.limits import TimeLimit
from shared.contracts.message import Part, Sealable, define, internal, public, sealed
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import Channel, IndustryGroup, Size, Trade, UnitKind


@define(EVENTS)
class RecommendationConfirmed:
    """By the recommender's own account, or by the bureau from a paper, which is then named.

    The formal check is due from here, unless a supplement is awaited.
    """

    application_id: str = public(Identifier())
    recommender: str = internal(Text())
    document: str | None = internal(Text(allow_none=True))
    check_limit: TimeLimit | None = internal(Part(TimeLimit, allow_none=True))


@define(EVENTS)
class RecommendationDeclined:
    """The recommender does not stand by it; the bureau decides what follows within the limit."""

    application_id: str = public(Identifier())
    recommender: str = internal(Text())
    document: str | None = internal(Text(allow_none=True))
    check_limit: TimeLimit | None = internal(Part(TimeLimit, allow_none=True))
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS)
class SupplementRequested:
    """The applicant may supply what is missing within the limit."""

    application_id: str = public(Identifier())
    limit: TimeLimit = internal(Part(TimeLimit))
    missing: Sealable[str] = sealed(Text(LONG), under="application_id")


@define(EVENTS, schema_version=2)
class SupplementSubmitted:
    """The unit's data as they now are; the formal check begins anew, once it can begin."""

    application_id: str = public(Identifier())
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
    check_limit: TimeLimit | None = internal(Part(TimeLimit, allow_none=True))
    answer: Sealable[str] = sealed(Text(LONG), under="application_id")
    unit_name: Sealable[str] = sealed(Text(), under="application_id")
    credit_code: Sealable[str | None] = sealed(CreditCode(allow_none=True), under="application_id")
    address: Sealable[str] = sealed(Text(), under="application_id")
    contact_name: Sealable[str] = sealed(Text(50), under="application_id")
    contact_phone: Sealable[str] = sealed(phone(), under="application_id")


@EVENTS.upcaster("SupplementSubmitted", 1)
def _supplement_submitted_of_six_trades(values: dict[str, Any]) -> dict[str, Any]:
    """Written when there were six trades."""
    return values


@define(EVENTS)
class ApplicationWithdrawn:
    """Taken back; the unit may apply again while the batch is open."""

    application_id: str = public(Identifier())
    withdrawn_on: dt.date = internal(Day())
    reasons: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="application_id")


@define(EVENTS)
class ApplicationLapsed:
    """No supplement came until the end of `due`; the unit may apply again in an open batch."""

    application_id: str = public(Identifier())
    due: dt.date = internal(Day())


@define(EVENTS)
class FormalCheckOverdue:
    """The bureau has not decided about the application until the end of `due`."""

    application_id: str = public(Identifier())
    due: dt.date = internal(Day())
