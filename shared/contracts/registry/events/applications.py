"""Applications, from submission to designation or rejection."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.limits import TimeLimit
from shared.contracts.message import (
    Part,
    Sealable,
    define,
    internal,
    public,
    sealed,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Conclusion,
    Finding,
    IndustryGroup,
    RejectionGround,
    RejectionStage,
    Size,
    Trade,
    UnitKind,
)


@define(EVENTS, schema_version=3)
class ApplicationSubmitted:
    """An application is on record, to be checked within `check_limit`; when it names a recommender,
    there is none before that one has spoken.
    """

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
    filed_on: dt.date | None = internal(Day(allow_none=True))
    check_limit: TimeLimit | None = internal(Part(TimeLimit, allow_none=True))
    unit_name: Sealable[str] = sealed(Text(), under="application_id")
    credit_code: Sealable[str | None] = sealed(CreditCode(allow_none=True), under="application_id")
    address: Sealable[str] = sealed(Text(), under="application_id")
    contact_name: Sealable[str] = sealed(Text(50), under="application_id")
    contact_phone: Sealable[str] = sealed(phone(), under="application_id")


@EVENTS.upcaster("ApplicationSubmitted", 2)
def _application_submitted_of_six_trades(values: dict[str, Any]) -> dict[str, Any]:
    """Written when there were six trades."""
    return values


@EVENTS.upcaster("ApplicationSubmitted", 1)
def _without_a_limit(values: dict[str, Any]) -> dict[str, Any]:
    """The first form knew neither the day of filing nor a limit of the formal check."""
    return {**values, "filed_on": None, "check_limit": None}


@define(EVENTS)
class FormalCheckPassed:
    application_id: str = public(Identifier())


@define(EVENTS, schema_version=3)
class ReviewCheckRecorded:
    """One check of one application; the last record of a check holds.

    documents: ids of documents that are its evidence
    penalised_on: of violations and penalties, the day of the last penalty that was found
    """

    application_id: str = public(Identifier())
    check: Check = public(OneOf(Check))
    finding: Finding = internal(OneOf(Finding))
    evidence: Sealable[str] = sealed(Text(LONG), under="application_id")
    reviewer_id: str | None = internal(Text(allow_none=True))
    documents: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))
    penalised_on: dt.date | None = internal(Day(allow_none=True))


@EVENTS.upcaster("ReviewCheckRecorded", 2)
def _without_a_penalty(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "penalised_on": None}


@EVENTS.upcaster("ReviewCheckRecorded", 1)
def _without_reviewer(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "reviewer_id": None, "documents": None}


@define(EVENTS)
class ReviewConcluded:
    application_id: str = public(Identifier())
    conclusion: Conclusion = internal(OneOf(Conclusion))
    votes_for: int = internal(Whole(0, 100))
    votes_against: int = internal(Whole(0, 100))
    reasons: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="application_id")


@define(EVENTS, schema_version=3)
class ApplicationRejected:
    """The unit is left out, on grounds and with reasons.

    2: it may be that nobody recommends it · 3: a meeting may have struck it off
    """

    application_id: str = public(Identifier())
    stage: RejectionStage = internal(OneOf(RejectionStage))
    grounds: tuple[RejectionGround, ...] = internal(
        Many(OneOf(RejectionGround), least=1, distinct=True)
    )
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")


@EVENTS.upcaster("ApplicationRejected", 1)
def _of_fewer_grounds(values: dict[str, Any]) -> dict[str, Any]:
    return values


@EVENTS.upcaster("ApplicationRejected", 2)
def _of_fewer_stages(values: dict[str, Any]) -> dict[str, Any]:
    return values


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
