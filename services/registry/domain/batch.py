"""A batch: one round of selection with its places, and the bureau's deliberation over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.registry.domain import deliberation
from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.plan import Plan, extend, plan_places
from services.registry.domain.plan import PlanPlaces as PlanPlaces
from shared.contracts.errors import Invalid
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


class BatchStatus(StrEnum):
    ABSENT = "absent"
    OPEN = "open"


@dataclass(frozen=True)
class Batch:
    """A batch's state; `listed` are the applications that hold a place.

    qualified: those that deliberation has not decided about, and since when, where that is known
    stands_since: the day from which each unit stands where it does, as far as that is known
    reserves: in their order · reserved: how many became one so far, whose order goes on
    deliberations: meetings on record · decided: one of them has decided
    """

    status: BatchStatus = BatchStatus.ABSENT
    batch_id: str = ""
    division: str = ""
    title: str = ""
    places: int = 0
    opens_on: dt.date = dt.date.min
    closes_on: dt.date = dt.date.min
    listed: frozenset[str] = frozenset()
    qualified: Mapping[str, dt.date | None] = field(default_factory=dict)
    stands_since: Mapping[str, dt.date] = field(default_factory=dict)
    reserves: tuple[str, ...] = ()
    reserved: int = 0
    deliberations: frozenset[str] = frozenset()
    decided: bool = False
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


@dataclass(frozen=True)
class RecordStrikingOff:
    """Part of StrikeOff: the meeting that decided it."""

    command: commands.StrikeOff


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


def record_striking_off(state: Batch, command: RecordStrikingOff, _: Context) -> list[Any]:
    """Not by a meeting before the one that let the unit through, nor before its review ended."""
    given = command.command
    deliberation.refuse_known(state, given.deliberation_id)
    since = state.stands_since.get(given.application_id, state.opens_on)
    deliberation.refuse_before(max(state.opens_on, since), given.held_on)
    return [
        events.StrikingOffRecorded(
            batch_id=state.batch_id,
            deliberation_id=given.deliberation_id,
            application_id=given.application_id,
            held_on=given.held_on,
            members=given.members,
            present=given.present,
            minutes=given.minutes,
        )
    ]


TRANSITIONS: Transitions = {
    **correcting(BatchStatus),
    (BatchStatus.ABSENT, commands.OpenBatch): open_batch,
    (BatchStatus.OPEN, deliberation.NoteQualified): deliberation.note_qualified,
    (BatchStatus.OPEN, deliberation.NoteLeft): deliberation.note_left,
    (BatchStatus.OPEN, commands.RecordDeliberation): deliberation.record,
    (BatchStatus.OPEN, commands.AdjournDeliberation): deliberation.adjourn,
    (BatchStatus.OPEN, commands.PromoteReserve): deliberation.promote,
    (BatchStatus.OPEN, commands.CloseReserves): deliberation.close_reserves,
    (BatchStatus.OPEN, FreePlace): free_place,
    (BatchStatus.OPEN, RecordStrikingOff): record_striking_off,
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
        case events.UnitQualified():
            qualified = {**state.qualified, event.application_id: event.qualified_on}
            since = _since(state, event.qualified_on, event.application_id)
            return replace(state, qualified=qualified, stands_since=since)
        case events.DeliberationRecorded():
            reserves, left_out = event.reserves or (), event.left_out or ()
            return replace(
                state,
                listed=state.listed | set(event.listed),
                qualified=_without(state.qualified, *event.listed, *reserves, *left_out),
                stands_since=_since(state, event.held_on, *event.listed, *reserves),
                reserves=(*state.reserves, *reserves),
                reserved=state.reserved + len(reserves),
                deliberations=state.deliberations | {event.deliberation_id},
                decided=True,
            )
        case events.BatchPlanned():
            return replace(state, plan=Plan.of(event))
        case events.BatchExtended():
            return replace(state, closes_on=event.closes_on)
        case events.CandidatesRanked():
            return state
        case events.DeliberationAdjourned() | events.StrikingOffRecorded():
            return replace(state, deliberations=state.deliberations | {event.deliberation_id})
        case events.ReservePromoted():
            left = tuple(its for its in state.reserves if its != event.application_id)
            return replace(state, listed=state.listed | {event.application_id}, reserves=left)
        case events.ReservesClosed():
            return replace(state, reserves=())
        case events.CandidateLeft():
            left = tuple(its for its in state.reserves if its != event.application_id)
            others = _without(state.qualified, event.application_id)
            return replace(state, qualified=others, reserves=left)
        case events.PlaceFreed():
            return replace(state, listed=state.listed - {event.application_id})
        case events.RecordCorrected():
            return state
    raise TypeError(f"a batch knows nothing of {type(event).__name__}")


def _since(state: Batch, day: dt.date | None, *units: str) -> Mapping[str, dt.date]:
    return (
        state.stands_since if day is None else {**state.stands_since, **dict.fromkeys(units, day)}
    )


def _without(
    qualified: Mapping[str, dt.date | None], *decided: str
) -> Mapping[str, dt.date | None]:
    return {its: since for its, since in qualified.items() if its not in decided}
