"""Batches and the bureau's deliberation."""

from __future__ import annotations

import datetime as dt
from typing import Any

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


@define(EVENTS, schema_version=2)
class DeliberationRecorded:
    """The bureau's collective decision; the list is what goes to notice.

    reserves: in their order · left_out: null when others are left for a later meeting
    """

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: Sealable[str] = sealed(Text(LONG), under="deliberation_id")
    listed: tuple[str, ...] = public(Many(Identifier(), distinct=True))
    reserves: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))
    left_out: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))


@EVENTS.upcaster("DeliberationRecorded", 1)
def _without_reserves(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "reserves": None, "left_out": None}


@define(EVENTS)
class PlaceFreed:
    """A listed application dropped out, so its place can be given again."""

    batch_id: str = public(Identifier())
    application_id: str = public(Identifier())
