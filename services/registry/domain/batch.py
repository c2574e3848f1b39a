"""A batch: one round of selection with its places, and the bureau's deliberation over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.registry.domain import deliberation
from services.registry.domain.batch_state import Batch as Batch
from services.registry.domain.batch_state import BatchStatus
from services.registry.domain.batch_state import evolve as evolve
from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.plan import PlanPlaces as PlanPlaces
from services.registry.domain.plan import extend, plan_places
from shared.contracts.errors import Invalid
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


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
