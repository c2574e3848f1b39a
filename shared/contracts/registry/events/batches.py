"""Batches and the bureau's deliberation."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, Text, Whole
from shared.contracts.message import (
    Sealable,
    define,
    internal,
    public,
    sealed,
)
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, division


@define(EVENTS)
class BatchOpened:
    batch_id: str = public(Identifier())
    division: str = public(division())
    title: str = public(Text())
    places: int = public(Whole(1, 1000))
    opens_on: dt.date = public(Day())
    closes_on: dt.date = public(Day())


@define(EVENTS)
class DeliberationRecorded:
    """The bureau's collective decision; the list is what goes to notice."""

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: Sealable[str] = sealed(Text(LONG), under="deliberation_id")
    listed: tuple[str, ...] = public(Many(Identifier(), least=1, distinct=True))


@define(EVENTS)
class PlaceFreed:
    """A listed application dropped out, so its place can be given again."""

    batch_id: str = public(Identifier())
    application_id: str = public(Identifier())
