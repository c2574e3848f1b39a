"""Applications before their formal check: recommendation, supplement, withdrawal, lapse."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import Channel, Size, Trade, UnitKind


@define(COMMANDS)
class ConfirmRecommendation:
    """The recommender that an application names stands by it.

    By an account of that body; or by an officer, who names the paper it says so in.
    """

    application_id: str = public(Identifier())
    document: str | None = internal(Text(allow_none=True))


@define(COMMANDS)
class DeclineRecommendation:
    """The recommender that an application names has not recommended it; `document` as above."""

    application_id: str = public(Identifier())
    document: str | None = internal(Text(allow_none=True))
    reasons: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class RequestSupplement:
    """Tell the applicant what is missing; the days to supply it follow from the rules."""

    application_id: str = public(Identifier())
    missing: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class SubmitSupplement:
    """The applicant's answer to a request: what was supplied, and the unit's data as they now are.

    The data are whole, as in SubmitApplication; they replace what was said before.
    """

    application_id: str = public(Identifier())
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
    answer: str = sealed(Text(LONG), under="application_id")
    unit_name: str = sealed(Text(), under="application_id")
    credit_code: str | None = sealed(CreditCode(allow_none=True), under="application_id")
    address: str = sealed(Text(), under="application_id")
    contact_name: str = sealed(Text(50), under="application_id")
    contact_phone: str = sealed(phone(), under="application_id")


@define(COMMANDS)
class WithdrawApplication:
    """Take an application back before its unit is a point; an officer says how it asked for it."""

    application_id: str = public(Identifier())
    reasons: str | None = sealed(Text(LONG, allow_none=True), under="application_id")


@define(COMMANDS)
class LapseApplication:
    """The days for the supplement are over and nothing came; sent by the timekeeper alone."""

    application_id: str = public(Identifier())


@define(COMMANDS)
class ReportFormalCheckOverdue:
    """The days for the formal check are over; sent by the timekeeper alone."""

    application_id: str = public(Identifier())
