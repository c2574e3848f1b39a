"""The figures of districts, by which places are spread."""

from __future__ import annotations

from typing import Any

from shared.contracts.fields import Many, Text, Whole
from shared.contracts.message import (
    Part,
    define,
    internal,
    part,
    public,
    value,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, division


@value
class DistrictFigure:
    """One district's weight: market entities, and output in 10,000 yuan where known."""

    division: str = part(division())
    market_entities: int = part(Whole(0))
    output_wan: int | None = part(Whole(0, allow_none=True))


@define(EVENTS, schema_version=2)
class DistrictFiguresRecorded:
    """A bureau's figures of a year, complete: a district that is left out has none.

    reason: why they replace what was on record
    """

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    figures: tuple[DistrictFigure, ...] = public(Many(Part(DistrictFigure), least=1))
    reason: str | None = internal(Text(LONG, allow_none=True))


@EVENTS.upcaster("DistrictFiguresRecorded", 1)
def _without_a_reason(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "reason": None}
