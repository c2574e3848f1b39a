"""The figures of a year's districts, by which the spread of places is measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


class FiguresStatus(StrEnum):
    ABSENT = "absent"
    RECORDED = "recorded"


@dataclass(frozen=True)
class Figures:
    """What is on record of a year; recording it again replaces what it said."""

    status: FiguresStatus = FiguresStatus.ABSENT
    figures: tuple[events.DistrictFigure, ...] = ()


def record(state: Figures, command: commands.RecordDistrictFigures, context: Context) -> list[Any]:
    """Of a year that has begun; what is on record is replaced with a reason."""
    if command.year > context.today.year:
        raise Invalid.one("year", "out_of_range", "the year has not begun")
    named = [figure.division for figure in command.figures]
    for index, division in enumerate(named):
        if division in named[:index]:
            raise Invalid.one(f"figures[{index}].division", "duplicate", "is named twice")
    if state.status is FiguresStatus.RECORDED and command.reason is None:
        raise Refused(Reason.REASONS_NEEDED, "say why the figures are replaced", ["reason"])
    return [
        events.DistrictFiguresRecorded(
            division=command.division,
            year=command.year,
            figures=command.figures,
            reason=command.reason,
        )
    ]


TRANSITIONS: Transitions = {
    (FiguresStatus.ABSENT, commands.RecordDistrictFigures): record,
    (FiguresStatus.RECORDED, commands.RecordDistrictFigures): record,
}


def decide(state: Figures, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(_: Figures, event: Any) -> Figures:
    match event:
        case events.DistrictFiguresRecorded():
            return Figures(FiguresStatus.RECORDED, event.figures)
    raise TypeError(f"district figures know nothing of {type(event).__name__}")
