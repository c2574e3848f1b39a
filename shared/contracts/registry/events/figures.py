"""The figures of districts, by which places are spread."""

from __future__ import annotations

from shared.contracts.fields import Many, Whole
from shared.contracts.message import (
    Part,
    define,
    part,
    public,
    value,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import division


@value
class DistrictFigure:
    """One district's weight: market entities, and output in 10,000 yuan where known."""

    division: str = part(division())
    market_entities: int = part(Whole(0))
    output_wan: int | None = part(Whole(0, allow_none=True))


@define(EVENTS)
class DistrictFiguresRecorded:
    """A bureau's figures of a year, complete: a district that is left out has none."""

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    figures: tuple[DistrictFigure, ...] = public(Many(Part(DistrictFigure), least=1))
