"""Corrections: what was recorded wrong is said to be wrong, and why, by an event of its own."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section, stream_name
from shared.contracts.registry.vocabulary import Size, Trade


@define(COMMANDS)
class CorrectRecord:
    """Put right in words what an event of a stream says; the event itself stays as it is.

    version: which event of the stream it is
    """

    stream: str = public(stream_name())
    version: int = public(Whole(1))
    wrong: str = sealed(Text(LONG), under="stream")
    right: str = sealed(Text(LONG), under="stream")
    reason: str = sealed(Text(LONG), under="stream")


@define(COMMANDS)
class CorrectUnitData:
    """Correct a unit's data until it is designated; null leaves a datum as it is.

    Group and size class are worked out anew, by the rules of the day of filing. For a unit on
    notice the notice has to be corrected as well (CorrectNotice), which shows it anew.
    """

    application_id: str = public(Identifier())
    division: str | None = public(division(allow_none=True))
    industry_section: str | None = internal(section(allow_none=True))
    trade: Trade | None = internal(OneOf(Trade, allow_none=True))
    staff: int | None = internal(Whole(0, allow_none=True))
    revenue_wan: int | None = internal(Whole(0, allow_none=True))
    assets_wan: int | None = internal(Whole(0, allow_none=True))
    declared_size: Size | None = internal(OneOf(Size, allow_none=True))
    unit_name: str | None = sealed(Text(allow_none=True), under="application_id")
    credit_code: str | None = sealed(CreditCode(allow_none=True), under="application_id")
    address: str | None = sealed(Text(allow_none=True), under="application_id")
    contact_name: str | None = sealed(Text(50, allow_none=True), under="application_id")
    contact_phone: str | None = sealed(phone(allow_none=True), under="application_id")
    reason: str = sealed(Text(LONG), under="application_id")
