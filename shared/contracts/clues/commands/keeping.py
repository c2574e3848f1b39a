"""What the timekeeper and the registry's events ask for, and the service's own figures."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import ClueLimit, KnownStanding
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.figures import FigureSet
from shared.contracts.message import Part, define, internal, public
from shared.contracts.registry.fields import LONG, division, stream_name


@define(COMMANDS)
class RaiseAlarm:
    """Raise what is due of a running limit; the timekeeper sends it."""

    stream: str = public(stream_name())
    name: ClueLimit = public(OneOf(ClueLimit))
    about: str | None = public(Identifier(allow_none=True))


@define(COMMANDS)
class RecomputeLimit:
    """Count a running limit of the stream anew, by the working calendar as it is now."""

    stream: str = public(stream_name())
    name: ClueLimit = public(OneOf(ClueLimit))
    about: str | None = public(Identifier(allow_none=True))


@define(COMMANDS)
class NotePoint:
    """Know how a contact point stands; what is null is as before."""

    point_id: str = public(Identifier())
    standing: KnownStanding | None = public(OneOf(KnownStanding, allow_none=True))
    division: str | None = public(division(allow_none=True))
    unit_name: str | None = public(Text(allow_none=True))


@define(COMMANDS)
class NoteWorkingDays:
    """Know a year's working days; as in the registry's event WorkingDaysLoaded."""

    year: int = public(Whole(1949, 9999))
    off: tuple[dt.date, ...] = public(Many(Day(), distinct=True))
    worked: tuple[dt.date, ...] = public(Many(Day(), distinct=True))


@define(COMMANDS)
class ChangeSettings:
    """Give figures of the clues service new values from a day on.

    `corrects` says what was wrong, where `effective_from` lies in the past.
    """

    effective_from: dt.date = public(Day())
    figures: tuple[FigureSet, ...] = public(Many(Part(FigureSet), least=1))
    corrects: str | None = internal(Text(LONG, allow_none=True))
    reason: str = internal(Text(LONG))
