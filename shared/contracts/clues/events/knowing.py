"""What the service knows of the registry, and its own figures."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.vocabulary import KnownStanding
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.figures import FigureSet
from shared.contracts.message import Part, define, internal, public
from shared.contracts.registry.fields import LONG, division


@define(EVENTS)
class PointNoted:
    """How a contact point stands, as the registry says."""

    point_id: str = public(Identifier())
    standing: KnownStanding = public(OneOf(KnownStanding))
    division: str = public(division())
    unit_name: str = public(Text())


@define(EVENTS)
class WorkingDaysNoted:
    """A year's working days, as the registry has loaded them."""

    year: int = public(Whole(1949, 9999))
    off: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    worked: tuple[dt.date, ...] = public(Many(Day(), distinct=True))


@define(EVENTS)
class SettingsChanged:
    """These figures hold from the day on; `corrects` says what was wrong where it lies behind."""

    effective_from: dt.date = public(Day())
    figures: tuple[FigureSet, ...] = public(Many(Part(FigureSet), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))
    changed_by: str = internal(Text())
