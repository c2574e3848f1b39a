"""A training of points: planned, then held with those who came, or cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from services.assessment.domain.context import Context
from services.assessment.domain.days import refuse_day
from shared.contracts.assessment import commands, events
from shared.contracts.assessment.vocabulary.duties import TrainingStatus
from shared.contracts.errors import Invalid
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Training:
    status: TrainingStatus = TrainingStatus.ABSENT
    training_id: str = ""
    division: str = ""


def plan(_: Training, command: commands.PlanTraining, context: Context) -> list[Any]:
    if command.planned_on < context.today:
        raise Invalid.one("planned_on", "out_of_range", f"must not lie before {context.today}")
    return [
        events.TrainingPlanned(
            training_id=command.training_id,
            division=command.division,
            title=command.title,
            planned_on=command.planned_on,
            place=command.place,
        )
    ]


def hold(
    state: Training, command: commands.RecordTrainingAttendance, context: Context
) -> list[Any]:
    """On whatever day it was really held. Nobody both came and stayed away."""
    refuse_day("held_on", command.held_on, context)
    if not command.attended and not command.absent:
        raise Invalid.one("attended", "missing", "say who came")
    came = frozenset(command.attended)
    for index, point_id in enumerate(command.absent):
        if point_id in came:
            raise Invalid.one(f"absent[{index}]", "duplicate", "is among those who came")
    return [
        events.TrainingAttendanceRecorded(
            training_id=state.training_id,
            held_on=command.held_on,
            attended=command.attended,
            absent=command.absent,
        )
    ]


def cancel(state: Training, command: commands.CancelTraining, _: Context) -> list[Any]:
    return [events.TrainingCancelled(training_id=state.training_id, reasons=command.reasons)]


_S = TrainingStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, commands.PlanTraining): plan,
    (_S.PLANNED, commands.RecordTrainingAttendance): hold,
    (_S.PLANNED, commands.CancelTraining): cancel,
}


def decide(state: Training, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Training, event: Any) -> Training:
    match event:
        case events.TrainingPlanned():
            return Training(_S.PLANNED, event.training_id, event.division)
        case events.TrainingAttendanceRecorded():
            return replace(state, status=_S.HELD)
        case events.TrainingCancelled():
            return replace(state, status=_S.CANCELLED)
    raise TypeError(f"a training knows nothing of {type(event).__name__}")
