"""Applications: submit, check, review."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Conclusion,
    Finding,
    RejectionGround,
    Size,
    Trade,
    UnitKind,
)


@define(COMMANDS)
class SubmitApplication:
    """An application by either channel.

    An enterprise's size follows from `trade`, `staff` and `revenue_wan` (10,000 yuan; for trades
    that are judged by it `assets_wan` too), an individual business needs none of them, a village
    or chamber states `declared_size`.
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
    """One check and what it found.

    penalised_on: of the check of violations and penalties, the day of the last penalty
    """

    application_id: str = public(Identifier())
    check: Check = public(OneOf(Check))
    finding: Finding = internal(OneOf(Finding))
    evidence: str = sealed(Text(LONG), under="application_id")
    documents: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))
    penalised_on: dt.date | None = internal(Day(allow_none=True))


@define(COMMANDS)
class ConcludeReview:
    """The review group's conclusion by vote; `grounds` when it is not qualified.

    Where the batch has a review group, the votes its members have cast are counted, and numbers
    given here must be those; without one they are those of the meeting and must be given.
    """

    application_id: str = public(Identifier())
    conclusion: Conclusion = internal(OneOf(Conclusion))
    votes_for: int | None = internal(Whole(0, 100, allow_none=True))
    votes_against: int | None = internal(Whole(0, 100, allow_none=True))
    grounds: tuple[RejectionGround, ...] = internal(Many(OneOf(RejectionGround), distinct=True))
    reasons: str | None = sealed(Text(LONG, allow_none=True), under="application_id")
