"""Opinion boxes, symposia, imports, and totals of earlier years."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.events.collecting import BaselineShare
from shared.contracts.clues.fields import MOST_ENTRIES, Entry, hotline_number
from shared.contracts.fields import Day, Identifier, Many, Text, Whole
from shared.contracts.message import Part, define, internal, part, public, sealed, value
from shared.contracts.registry.fields import LONG, division


@define(COMMANDS)
class PlaceBox:
    """Put up an opinion box; place and contact are shown to everybody."""

    box_id: str = public(Identifier())
    division: str = public(division())
    place: str = public(Text())
    contact: str = public(Text(100))
    placed_on: dt.date = public(Day())


@define(COMMANDS, schema_version=2)
class EmptyBox:
    """Open the box, two persons at least, and write down each slip; an empty box has none.

    opened_by: who was there
    """

    box_id: str = public(Identifier())
    emptying_id: str = public(Identifier())
    emptied_on: dt.date = public(Day())
    opened_by: tuple[str, ...] = sealed(
        Many(Text(50), least=2, most=10, distinct=True), under="emptying_id"
    )
    entries: tuple[Entry, ...] = sealed(Many(Part(Entry), most=MOST_ENTRIES), under="emptying_id")


@COMMANDS.upcaster("EmptyBox", 1)
def _with_names_sealed(values: dict[str, Any]) -> dict[str, Any]:
    """The first form had the names as `emptied_by`, unsealed."""
    known = {name: its for name, its in values.items() if name != "emptied_by"}
    return {**known, "opened_by": values.get("emptied_by")}


@define(COMMANDS)
class RemoveBox:
    box_id: str = public(Identifier())
    removed_on: dt.date = public(Day())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class ScheduleSymposium:
    """Plan a meeting at which people are heard."""

    symposium_id: str = public(Identifier())
    division: str = public(division())
    planned_on: dt.date = public(Day())
    place: str = internal(Text())
    subject: str = internal(Text())


@define(COMMANDS)
class HoldSymposium:
    """Write down what was said, each thing as an entry of its own."""

    symposium_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    attendees: int = internal(Whole(1, 10_000))
    minutes: str = sealed(Text(LONG), under="symposium_id")
    entries: tuple[Entry, ...] = sealed(Many(Part(Entry), most=MOST_ENTRIES), under="symposium_id")


@define(COMMANDS)
class CancelSymposium:
    symposium_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@value
class WorkOrder:
    """A work order of the hotline, which becomes an entry with an id that follows from its number.

    number: the hotline's own, by which it is taken in once
    """

    number: str = part(hotline_number())
    entry: Entry = part(Part(Entry))


@define(COMMANDS)
class ImportHotline:
    """Take in work orders of the 12345 hotline; those that were taken in before are passed over.

    The ids of the entries are taken from the orders' numbers, whatever they say.
    """

    import_id: str = public(Identifier())
    division: str = public(division())
    orders: tuple[WorkOrder, ...] = sealed(
        Many(Part(WorkOrder), least=1, most=MOST_ENTRIES), under="import_id"
    )


@define(COMMANDS)
class RecordBaseline:
    """Put totals of an earlier year on record, as they were counted then."""

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    complaints: int = public(Whole())
    shares: tuple[BaselineShare, ...] = public(Many(Part(BaselineShare), most=50))
    source: str = public(Text())
