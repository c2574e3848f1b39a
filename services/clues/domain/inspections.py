"""Inspections of one unit in one year: too many of them show (rules.md section 2, pattern)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.clues.domain.context import Context
from shared.contracts.clues import commands, events
from shared.contracts.transitions import Transitions, decide_by


class InspectionsStatus(StrEnum):
    ABSENT = "absent"
    COUNTED = "counted"


@dataclass(frozen=True)
class Inspections:
    """told: whether it was said that there are too many"""

    status: InspectionsStatus = InspectionsStatus.ABSENT
    inspections: frozenset[str] = frozenset()
    told: bool = False


@dataclass(frozen=True)
class Count:
    """Part of NoteInspection: the unit's inspections of the year are one more."""

    command: commands.NoteInspection
    inspections_id: str


def count(state: Inspections, command: Count, context: Context) -> list[Any]:
    """By the figure of the inspection's own day; that there are too many is told once."""
    given = command.command
    number, year = len(state.inspections) + 1, given.inspected_on.year
    counted = events.InspectionCounted(
        inspections_id=command.inspections_id,
        inspection_id=given.inspection_id,
        year=year,
        division=given.division,
        number=number,
    )
    most = context.settings_on(given.inspected_on).most_inspections
    if state.told or number <= most:
        return [counted]
    return [
        counted,
        events.InspectedTooOften(
            inspections_id=command.inspections_id,
            division=given.division,
            year=year,
            number=number,
            most=most,
        ),
    ]


TRANSITIONS: Transitions = {(status, Count): count for status in InspectionsStatus}


def decide(state: Inspections, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Inspections, event: Any) -> Inspections:
    match event:
        case events.InspectionCounted():
            inspections = state.inspections | {event.inspection_id}
            return replace(state, status=InspectionsStatus.COUNTED, inspections=inspections)
        case events.InspectedTooOften():
            return replace(state, told=True)
    raise TypeError(f"inspections know nothing of {type(event).__name__}")
