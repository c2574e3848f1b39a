"""What the registry's events ask for, and figures of a service's own."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.figures import FigureSet
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.message import Part, Vocabulary, define, internal, public
from shared.contracts.registry.fields import LONG, division

KEEPING_COMMANDS = Vocabulary("keeping", "command")


@define(KEEPING_COMMANDS)
class NotePoint:
    """Know how a contact point stands; what is null is as before."""

    point_id: str = public(Identifier())
    standing: KnownStanding | None = public(OneOf(KnownStanding, allow_none=True))
    division: str | None = public(division(allow_none=True))
    unit_name: str | None = public(Text(allow_none=True))


@define(KEEPING_COMMANDS)
class NoteWorkingDays:
    """Know a year's working days; as in the registry's event WorkingDaysLoaded."""

    year: int = public(Whole(1949, 9999))
    off: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    worked: tuple[dt.date, ...] = public(Many(Day(), distinct=True))


@define(KEEPING_COMMANDS)
class ChangeSettings:
    """Give figures of the service new values from a day on.

    `corrects` says what was wrong, where `effective_from` lies in the past.
    """

    effective_from: dt.date = public(Day())
    figures: tuple[FigureSet, ...] = public(Many(Part(FigureSet), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))
