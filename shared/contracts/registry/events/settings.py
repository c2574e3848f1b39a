"""Settings: figures of the rules with the day from which each holds, and the working calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.fields import Day, Many, OneOf, Text, Whole
from shared.contracts.figures import FigureSet as FigureSet
from shared.contracts.message import Part, define, internal, part, public, value
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import Measure, Trade


@value
class SizeLimits:
    """Lower limits of large, medium and small by one measure: persons, or 10,000 yuan."""

    trade: Trade = part(OneOf(Trade))
    measure: Measure = part(OneOf(Measure))
    large: int = part(Whole(1))
    medium: int = part(Whole(1))
    small: int = part(Whole(1))


@define(EVENTS)
class SettingsChanged:
    """These figures hold from the day on; `corrects` says what was wrong where it lies behind."""

    effective_from: dt.date = public(Day())
    figures: tuple[FigureSet, ...] = public(Many(Part(FigureSet), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))
    changed_by: str = internal(Text())


@define(EVENTS, schema_version=2)
class SizeLimitsSet:
    """Size classes of these trades are judged by these limits from the day on.

    A trade that is named is named with all its measures.
    """

    effective_from: dt.date = public(Day())
    limits: tuple[SizeLimits, ...] = public(Many(Part(SizeLimits), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))
    changed_by: str = internal(Text())


@EVENTS.upcaster("SizeLimitsSet", 1)
def _size_limits_set_of_six_trades(values: dict[str, Any]) -> dict[str, Any]:
    """Written when there were six trades."""
    return values


@define(EVENTS)
class WorkingDaysLoaded:
    """The State Council's notice of a year: weekdays that are off, weekend days that are worked.

    It holds for the whole year and replaces what was loaded of it before.
    """

    year: int = public(Whole(1949, 9999))
    off: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    worked: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    source: str = public(Text())
    changed_by: str = internal(Text())
