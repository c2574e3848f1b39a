"""Corrections of what earlier events say."""

from __future__ import annotations

from typing import Any

from shared.contracts.fields import Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Sealable, define, internal, public, sealed
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, CreditCode, division, phone, section, stream_name
from shared.contracts.registry.vocabulary import IndustryGroup, Size, Trade


@define(EVENTS)
class RecordCorrected:
    """What event `version` of this stream says is wrong, and what is right instead.

    division: whose it is
    """

    stream: str = public(stream_name())
    version: int = public(Whole(1))
    division: str = internal(division())
    wrong: Sealable[str] = sealed(Text(LONG), under="stream")
    right: Sealable[str] = sealed(Text(LONG), under="stream")
    reason: Sealable[str] = sealed(Text(LONG), under="stream")


@define(EVENTS, schema_version=2)
class UnitDataCorrected:
    """A unit's data as they are after a correction, complete; `corrected` names what changed."""

    application_id: str = public(Identifier())
    corrected: tuple[str, ...] = public(Many(Text(60), least=1, distinct=True))
    division: str = internal(division())
    industry_section: str | None = internal(section(allow_none=True))
    industry_group: IndustryGroup = internal(OneOf(IndustryGroup))
    trade: Trade | None = internal(OneOf(Trade, allow_none=True))
    size: Size = internal(OneOf(Size))
    staff: int | None = internal(Whole(0, allow_none=True))
    revenue_wan: int | None = internal(Whole(0, allow_none=True))
    assets_wan: int | None = internal(Whole(0, allow_none=True))
    unit_name: Sealable[str] = sealed(Text(), under="application_id")
    credit_code: Sealable[str | None] = sealed(CreditCode(allow_none=True), under="application_id")
    address: Sealable[str] = sealed(Text(), under="application_id")
    contact_name: Sealable[str] = sealed(Text(50), under="application_id")
    contact_phone: Sealable[str] = sealed(phone(), under="application_id")
    reason: Sealable[str] = sealed(Text(LONG), under="application_id")


@EVENTS.upcaster("UnitDataCorrected", 1)
def _unit_data_corrected_of_six_trades(values: dict[str, Any]) -> dict[str, Any]:
    """Written when there were six trades."""
    return values
