"""Aggregates that only keep what they are told: imports, totals of years, the registry's points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.clues.domain.context import Context
from services.clues.domain.days import EARLIEST, refuse_day
from shared.contracts.clues import commands, events
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


class RecordStatus(StrEnum):
    ABSENT = "absent"
    KEPT = "kept"


@dataclass(frozen=True)
class Import:
    """An import of the hotline's work orders."""

    status: RecordStatus = RecordStatus.ABSENT


@dataclass(frozen=True)
class TakeIn:
    """ImportHotline with what of it was new."""

    command: commands.ImportHotline
    entry_ids: tuple[str, ...]


def take_in(_: Import, command: TakeIn, __: Context) -> list[Any]:
    given = command.command
    if not command.entry_ids:
        raise Refused(Reason.ALL_TAKEN_IN, "every order was taken in before", ["orders"])
    return [
        events.HotlineImported(
            import_id=given.import_id,
            division=given.division,
            filed=len(command.entry_ids),
            known=len(given.orders) - len(command.entry_ids),
            entry_ids=command.entry_ids,
        )
    ]


IMPORTING: Transitions = {(RecordStatus.ABSENT, TakeIn): take_in}


def decide_import(state: Import, command: Any, context: Context) -> list[Any]:
    return decide_by(IMPORTING, state, command, context)


def evolve_import(state: Import, event: Any) -> Import:
    if isinstance(event, events.HotlineImported):
        return replace(state, status=RecordStatus.KEPT)
    raise TypeError(f"an import knows nothing of {type(event).__name__}")


@dataclass(frozen=True)
class Baseline:
    """Totals of a division by their years."""

    status: RecordStatus = RecordStatus.ABSENT
    years: Mapping[int, events.BaselineRecorded] = field(default_factory=dict)


def record_baseline(
    state: Baseline, command: commands.RecordBaseline, context: Context
) -> list[Any]:
    """Of a year that is over; a share is at most the whole, shares may overlap."""
    if command.year >= context.today.year:
        raise Invalid.one("year", "out_of_range", "only years that are over have totals")
    names = [share.name for share in command.shares]
    for index, share in enumerate(command.shares):
        if share.number > command.complaints:
            told = f"must be at most {command.complaints}"
            raise Invalid.one(f"shares[{index}].number", "out_of_range", told)
        if share.name in names[:index]:
            raise Invalid.one(f"shares[{index}].name", "duplicate", "is named twice")
    recorded = events.BaselineRecorded(
        division=command.division,
        year=command.year,
        complaints=command.complaints,
        shares=command.shares,
        source=command.source,
    )
    if state.years.get(command.year) == recorded:
        raise Refused(Reason.NOTHING_CHANGES, "so it is on record", ["year"])
    return [recorded]


BASELINE: Transitions = {
    (status, commands.RecordBaseline): record_baseline for status in RecordStatus
}


def decide_baseline(state: Baseline, command: Any, context: Context) -> list[Any]:
    return decide_by(BASELINE, state, command, context)


def evolve_baseline(state: Baseline, event: Any) -> Baseline:
    if isinstance(event, events.BaselineRecorded):
        return Baseline(RecordStatus.KEPT, {**state.years, event.year: event})
    raise TypeError(f"a baseline knows nothing of {type(event).__name__}")


@dataclass(frozen=True)
class Inspection:
    """One inspection of a unit."""

    status: RecordStatus = RecordStatus.ABSENT


@dataclass(frozen=True)
class NoteDown:
    """NoteInspection with the point that wrote it down; None: the bureau did."""

    command: commands.NoteInspection
    point_id: str | None


def note_inspection(_: Inspection, command: NoteDown, context: Context) -> list[Any]:
    given = command.command
    refuse_day("inspected_on", given.inspected_on, EARLIEST, context)
    return [
        events.InspectionNoted(
            inspection_id=given.inspection_id,
            division=given.division,
            inspected_on=given.inspected_on,
            body=given.body,
            point_id=command.point_id,
            unit=given.unit,
        )
    ]


INSPECTING: Transitions = {(RecordStatus.ABSENT, NoteDown): note_inspection}


def decide_inspection(state: Inspection, command: Any, context: Context) -> list[Any]:
    return decide_by(INSPECTING, state, command, context)


def evolve_inspection(state: Inspection, event: Any) -> Inspection:
    if isinstance(event, events.InspectionNoted):
        return replace(state, status=RecordStatus.KEPT)
    raise TypeError(f"an inspection knows nothing of {type(event).__name__}")
