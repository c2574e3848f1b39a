"""A batch: one round of selection with its places, and the bureau's deliberation over it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.plan import Plan, extend, plan_places
from services.registry.domain.plan import PlanPlaces as PlanPlaces
from services.registry.domain.quorum import refuse_no_meeting
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


class BatchStatus(StrEnum):
    ABSENT = "absent"
    OPEN = "open"


@dataclass(frozen=True)
class Batch:
    """A batch's state; `listed` are the applications that hold a place."""

    status: BatchStatus = BatchStatus.ABSENT
    batch_id: str = ""
    division: str = ""
    title: str = ""
    places: int = 0
    opens_on: dt.date = dt.date.min
    closes_on: dt.date = dt.date.min
    listed: frozenset[str] = frozenset()
    deliberations: frozenset[str] = frozenset()
    plan: Plan | None = None

    def takes_applications(self, day: dt.date) -> bool:
        return self.status is BatchStatus.OPEN and self.opens_on <= day <= self.closes_on


@dataclass(frozen=True)
class FreePlace:
    """Part of a larger command: a listed application has dropped out."""

    application_id: str


@dataclass(frozen=True)
class RecordRanking:
    """Part of RecordDeliberation: the order that was proposed to it."""

    deliberation_id: str
    ranked: tuple[str, ...]


def open_batch(_: Batch, command: commands.OpenBatch, __: Context) -> list[Any]:
    if command.closes_on < command.opens_on:
        raise Invalid.one("closes_on", "out_of_range", "must not lie before opens_on")
    return [
        events.BatchOpened(
            batch_id=command.batch_id,
            division=command.division,
            title=command.title,
            places=command.places,
            opens_on=command.opens_on,
            closes_on=command.closes_on,
        )
    ]


def record_deliberation(
    state: Batch, command: commands.RecordDeliberation, context: Context
) -> list[Any]:
    """The collective decision needs minutes, a quorum and a list that fits the places."""
    if command.deliberation_id in state.deliberations:
        raise Refused(Reason.ALREADY_EXISTS, "this deliberation is on record", ["deliberation_id"])
    refuse_no_meeting(command, context)
    if len(state.listed) + len(command.listed) > state.places:
        raise Refused(
            Reason.TOO_FEW_PLACES,
            f"{len(command.listed)} for {state.places - len(state.listed)} places left",
            ["listed"],
        )
    return [
        events.DeliberationRecorded(
            batch_id=command.batch_id,
            deliberation_id=command.deliberation_id,
            held_on=command.held_on,
            members=command.members,
            present=command.present,
            minutes=command.minutes,
            listed=command.listed,
        )
    ]


def free_place(state: Batch, command: FreePlace, _: Context) -> list[Any]:
    return [events.PlaceFreed(batch_id=state.batch_id, application_id=command.application_id)]


def record_ranking(state: Batch, command: RecordRanking, _: Context) -> list[Any]:
    return [
        events.CandidatesRanked(
            batch_id=state.batch_id,
            deliberation_id=command.deliberation_id,
            ranked=command.ranked,
        )
    ]


TRANSITIONS: Transitions = {
    **correcting(BatchStatus),
    (BatchStatus.ABSENT, commands.OpenBatch): open_batch,
    (BatchStatus.OPEN, commands.RecordDeliberation): record_deliberation,
    (BatchStatus.OPEN, FreePlace): free_place,
    (BatchStatus.OPEN, PlanPlaces): plan_places,
    (BatchStatus.OPEN, commands.ExtendBatch): extend,
    (BatchStatus.OPEN, RecordRanking): record_ranking,
}


def decide(state: Batch, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Batch, event: Any) -> Batch:
    match event:
        case events.BatchOpened():
            return Batch(
                status=BatchStatus.OPEN,
                batch_id=event.batch_id,
                division=event.division,
                title=event.title,
                places=event.places,
                opens_on=event.opens_on,
                closes_on=event.closes_on,
            )
        case events.DeliberationRecorded():
            return replace(
                state,
                listed=state.listed | set(event.listed),
                deliberations=state.deliberations | {event.deliberation_id},
            )
        case events.BatchPlanned():
            return replace(state, plan=Plan.of(event))
        case events.BatchExtended():
            return replace(state, closes_on=event.closes_on)
        case events.CandidatesRanked():
            return state
        case events.PlaceFreed():
            return replace(state, listed=state.listed - {event.application_id})
        case events.RecordCorrected():
            return state
    raise TypeError(f"a batch knows nothing of {type(event).__name__}")
