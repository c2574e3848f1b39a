"""Where opinions and clues are collected: boxes, symposia, imports, and totals of earlier years."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import MOST_ENTRIES
from shared.contracts.fields import Day, Identifier, Many, Text, Whole
from shared.contracts.message import (
    Part,
    Precision,
    Sealable,
    define,
    internal,
    part,
    public,
    sealed,
    value,
)
from shared.contracts.registry.fields import LONG, division


@define(EVENTS)
class BoxPlaced:
    """An opinion box is there: where, and whom to ask about it."""

    box_id: str = public(Identifier())
    point_id: str | None = public(Identifier(allow_none=True))
    division: str = public(division())
    place: str = public(Text())
    contact: str = public(Text(100))
    placed_on: dt.date = public(Day())


@define(EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class BoxEmptied:
    """The box was opened; each slip is a clue or an opinion of its own.

    opened_by: who was there; null of what was written before it was sealed
    entry_ids: what the slips became, none for an empty box
    """

    box_id: str = public(Identifier())
    emptying_id: str = internal(Identifier())
    emptied_on: dt.date = public(Day())
    number: int = public(Whole(0, MOST_ENTRIES))
    opened_by: Sealable[tuple[str, ...] | None] = sealed(
        Many(Text(50), least=2, most=10, distinct=True, allow_none=True), under="emptying_id"
    )
    entry_ids: tuple[str, ...] = internal(Many(Identifier(), most=MOST_ENTRIES, distinct=True))


@EVENTS.upcaster("BoxEmptied", 1)
def _without_names_in_clear(values: dict[str, Any]) -> dict[str, Any]:
    """The first form had the names of who was there as `emptied_by`, unsealed."""
    return {name: value for name, value in values.items() if name != "emptied_by"}


@define(EVENTS)
class BoxRemoved:
    box_id: str = public(Identifier())
    removed_on: dt.date = public(Day())
    reasons: str = internal(Text(LONG))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class SymposiumScheduled:
    """A meeting at which people are heard (座谈会), of a point or of the bureau."""

    symposium_id: str = public(Identifier())
    point_id: str | None = internal(Identifier(allow_none=True))
    division: str = public(division())
    planned_on: dt.date = public(Day())
    place: str = internal(Text())
    subject: str = internal(Text())


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class SymposiumHeld:
    """It was held; each thing said is a clue or an opinion of its own."""

    symposium_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    attendees: int = internal(Whole(1, 10_000))
    minutes: Sealable[str] = sealed(Text(LONG), under="symposium_id")
    entry_ids: tuple[str, ...] = internal(Many(Identifier(), most=MOST_ENTRIES, distinct=True))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class SymposiumCancelled:
    symposium_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class HotlineImported:
    """Work orders of the 12345 hotline were taken in.

    filed: those that were new · known: those that had been taken in before
    """

    import_id: str = public(Identifier())
    division: str = public(division())
    filed: int = internal(Whole(1, MOST_ENTRIES))
    known: int = internal(Whole(0, MOST_ENTRIES))
    entry_ids: tuple[str, ...] = internal(
        Many(Identifier(), least=1, most=MOST_ENTRIES, distinct=True)
    )


@value
class BaselineShare:
    """How many complaints of a year were about one thing, as the office counted them then."""

    name: str = part(Text(60))
    number: int = part(Whole())


@define(EVENTS)
class BaselineRecorded:
    """What was counted of a year before there was a log: totals, and no cases behind them.

    Recorded again, it replaces what was recorded of the year.
    """

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    complaints: int = public(Whole())
    shares: tuple[BaselineShare, ...] = public(Many(Part(BaselineShare), most=50))
    source: str = public(Text())
