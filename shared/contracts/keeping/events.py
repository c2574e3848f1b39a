"""What a service knows of the registry, and its own figures, in the past tense."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.figures import FigureSet
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.message import Part, Vocabulary, define, internal, public
from shared.contracts.registry.fields import LONG, division

KEEPING_EVENTS = Vocabulary("keeping", "event")


@define(KEEPING_EVENTS)
class PointNoted:
    """How a contact point stands, as the registry says."""

    point_id: str = public(Identifier())
    standing: KnownStanding = public(OneOf(KnownStanding))
    division: str = public(division())
    unit_name: str = public(Text())


@define(KEEPING_EVENTS)
class WorkingDaysNoted:
    """A year's working days, as the registry has loaded them."""

    year: int = public(Whole(1949, 9999))
    off: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    worked: tuple[dt.date, ...] = public(Many(Day(), distinct=True))


@define(KEEPING_EVENTS)
class SettingsChanged:
    """These figures hold from the day on; `corrects` says what was wrong where it lies behind."""

    effective_from: dt.date = public(Day())
    figures: tuple[FigureSet, ...] = public(Many(Part(FigureSet), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))
    changed_by: str = internal(Text())
