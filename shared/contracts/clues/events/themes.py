"""Patterns among clues: what comes up again and again is a theme."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.vocabulary import ClueKind
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG, division

MOST_COUNTED = 500


@define(EVENTS, precision=Precision.DAY, anonymous=True, unpublished=True)
class ClueCounted:
    """A clue of one kind about one body; its name is the first spelling that was met.

    Part of a filing, so it tells of nobody either.
    """

    theme_id: str = public(Identifier())
    kind: ClueKind = internal(OneOf(ClueKind))
    body: str = internal(Text())
    division: str = internal(division())
    clue_id: str = internal(Identifier())
    counted_on: dt.date = internal(Day())


@define(EVENTS, schema_version=2, precision=Precision.DAY, anonymous=True, unpublished=True)
class ThemeRaised:
    """So many clues of one kind about one body within the days of the rule.

    Some anonymous letters are enough for one, so what is alleged where is told to nobody.
    """

    theme_id: str = public(Identifier())
    kind: ClueKind = internal(OneOf(ClueKind))
    division: str = internal(division())
    body: str = internal(Text())
    clue_ids: tuple[str, ...] = internal(
        Many(Identifier(), least=1, most=MOST_COUNTED, distinct=True)
    )
    first_on: dt.date = internal(Day())
    last_on: dt.date = internal(Day())


@EVENTS.upcaster("ThemeRaised", 1)
def _told_in_public(values: dict[str, Any]) -> dict[str, Any]:
    """Written when kind and division were public."""
    return values


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ThemeConcluded:
    """What was done about it; what is counted from here on may raise it anew."""

    theme_id: str = public(Identifier())
    measures: str = internal(Text(LONG))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class InspectionNoted:
    """A unit was inspected."""

    inspection_id: str = public(Identifier())
    division: str = internal(division())
    inspected_on: dt.date = internal(Day())
    body: str = internal(Text())
    point_id: str | None = internal(Identifier(allow_none=True))
    unit: Sealable[str] = sealed(Text(), under="inspection_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class InspectionCounted:
    """`number` counts the unit's inspections of the year."""

    inspections_id: str = public(Identifier())
    inspection_id: str = internal(Identifier())
    year: int = internal(Whole(1949, 9999))
    division: str = internal(division())
    number: int = internal(Whole(1, 10_000))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class InspectedTooOften:
    """The unit was inspected more often in the year than the figure allows; told once a year."""

    inspections_id: str = public(Identifier())
    division: str = public(division())
    year: int = internal(Whole(1949, 9999))
    number: int = internal(Whole(1, 10_000))
    most: int = internal(Whole(1, 10_000))
