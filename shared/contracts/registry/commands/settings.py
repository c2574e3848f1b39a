"""Settings: who leads or administers the city's bureau changes the figures of the rules."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Many, Text, Whole
from shared.contracts.message import Part, define, internal, public
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.events.settings import FigureSet, SizeLimits
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class ChangeSettings:
    """Give figures new values from a day on; those that are not named stay as they are.

    `corrects` says what was wrong, where `effective_from` lies in the past.
    """

    effective_from: dt.date = public(Day())
    figures: tuple[FigureSet, ...] = public(Many(Part(FigureSet), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))


@define(COMMANDS)
class SetSizeLimits:
    """Judge the size classes of trades by other limits from a day on.

    A trade that is named is named with all its measures; `corrects` as in ChangeSettings.
    """

    effective_from: dt.date = public(Day())
    limits: tuple[SizeLimits, ...] = public(Many(Part(SizeLimits), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))


@define(COMMANDS)
class LoadWorkingDays:
    """Load a year's working calendar; again replaces all that was loaded of the year.

    off: weekdays that are no working days
    worked: weekend days that are
    source: the notice it is taken from
    """

    year: int = public(Whole(1949, 9999))
    off: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    worked: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    source: str = public(Text())
