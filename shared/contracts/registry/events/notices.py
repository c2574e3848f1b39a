"""Public notices and objections."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text
from shared.contracts.limits import TimeLimit
from shared.contracts.message import (
    Part,
    Precision,
    Sealable,
    define,
    internal,
    part,
    public,
    sealed,
    value,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, division, phone
from shared.contracts.registry.vocabulary import (
    Channel,
    Departure,
    IndustryGroup,
    ObjectionOutcome,
    Size,
    UnitKind,
)


@value
class NoticedUnit:
    """A unit as the public notice names it."""

    application_id: str = part(Identifier())
    unit_name: str = part(Text())
    unit_kind: UnitKind = part(OneOf(UnitKind))
    division: str = part(division())
    industry_group: IndustryGroup = part(OneOf(IndustryGroup))
    size: Size = part(OneOf(Size))
    channel: Channel = part(OneOf(Channel))


@define(EVENTS)
class NoticePublished:
    """Open to everyone from `first_day` to the end of `last_day`, Asia/Shanghai."""

    notice_id: str = public(Identifier())
    batch_id: str = public(Identifier())
    text: str = public(Text(LONG))
    published_on: dt.date = public(Day())
    first_day: dt.date = public(Day())
    last_day: dt.date = public(Day())
    units: tuple[NoticedUnit, ...] = public(Many(Part(NoticedUnit), least=1))


@define(EVENTS, schema_version=2, precision=Precision.DAY, anonymous=True)
class NoticeObjected:
    """Somebody objects to a unit on notice, with a name or, anonymously, with concrete facts.

    limit: of its verification
    """

    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    application_id: str = internal(Identifier())
    anonymous: bool = internal(Flag())
    facts: Sealable[str] = sealed(Text(LONG, shortest=10), under="objection_id")
    contact_name: Sealable[str | None] = sealed(Text(50, allow_none=True), under="objection_id")
    contact_phone: Sealable[str | None] = sealed(phone(allow_none=True), under="objection_id")
    receipt_code: Sealable[str | None] = sealed(Text(100, allow_none=True), under="objection_id")
    limit: TimeLimit | None = internal(Part(TimeLimit, allow_none=True))


@EVENTS.upcaster("NoticeObjected", 1)
def _without_limit(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "limit": None}


@define(EVENTS)
class ObjectionDecided:
    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    application_id: str = internal(Identifier())
    outcome: ObjectionOutcome = public(OneOf(ObjectionOutcome))
    reasons: Sealable[str] = sealed(Text(LONG), under="objection_id")


@define(EVENTS)
class UnitsDesignated:
    """These units of the notice are points now; no objection to them is heard any more."""

    notice_id: str = public(Identifier())
    application_ids: tuple[str, ...] = public(Many(Identifier(), least=1, distinct=True))


@define(EVENTS)
class NoticeCorrected:
    """What the notice said of a unit was wrong; the unit's days run anew, the others' go on."""

    notice_id: str = public(Identifier())
    application_id: str = public(Identifier())
    wrong: str = public(Text(LONG))
    correction: str = public(Text(LONG))
    corrected_on: dt.date = public(Day())
    first_day: dt.date = public(Day())
    last_day: dt.date = public(Day())


@define(EVENTS)
class VerificationExtended:
    """The verification of an objection has this limit instead, counted from the first one's day."""

    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    limit: TimeLimit = internal(Part(TimeLimit))
    reasons: Sealable[str] = sealed(Text(LONG), under="objection_id")


@define(EVENTS)
class ObjectionOverdue:
    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    due_on: dt.date = internal(Day())


@define(EVENTS)
class UnitLeftNotice:
    """The unit is no candidate any more; its objections are still answered."""

    notice_id: str = public(Identifier())
    application_id: str = public(Identifier())
    departure: Departure = internal(OneOf(Departure))
    left_on: dt.date = public(Day())


@define(EVENTS)
class NoticedUnitReplaced:
    """With a correction of the notice: how everybody reads the unit from here on."""

    notice_id: str = public(Identifier())
    noticed_unit: NoticedUnit = public(Part(NoticedUnit))
