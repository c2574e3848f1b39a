"""The bureau's collective decision: a list, reserves in order, and why the rest was left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.registry.domain.batch_state import Batch
from services.registry.domain.context import Context
from services.registry.domain.quorum import is_quorum, refuse_no_meeting
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events


@dataclass(frozen=True)
class NoteQualified:
    """Part of ConcludeReview: deliberation must account for this application."""

    application_id: str


def note_qualified(state: Batch, command: NoteQualified, context: Context) -> list[Any]:
    return [
        events.UnitQualified(
            batch_id=state.batch_id,
            application_id=command.application_id,
            qualified_on=context.today,
        )
    ]


@dataclass(frozen=True)
class NoteLeft:
    """Part of WithdrawApplication or StrikeOff: a qualified unit or a reserve is no candidate."""

    application_id: str


def note_left(state: Batch, command: NoteLeft, _: Context) -> list[Any]:
    return [events.CandidateLeft(batch_id=state.batch_id, application_id=command.application_id)]


def record(state: Batch, command: commands.RecordDeliberation, context: Context) -> list[Any]:
    """The collective decision needs minutes, a quorum and a list that fits the places."""
    refuse_known(state, command.deliberation_id)
    refuse_no_meeting(command, context)
    _refuse_early(state, command)
    if len(state.listed) + len(command.listed) > state.places:
        raise Refused(
            Reason.TOO_FEW_PLACES,
            f"{len(command.listed)} for {state.places - len(state.listed)} places left",
            ["listed"],
        )
    _refuse_unaccounted(state, command)
    left_out = command.left_out
    return [
        events.DeliberationRecorded(
            batch_id=command.batch_id,
            deliberation_id=command.deliberation_id,
            held_on=command.held_on,
            members=command.members,
            present=command.present,
            minutes=command.minutes,
            listed=command.listed,
            reserves=command.reserves,
            left_out=None if left_out is None else tuple(its.application_id for its in left_out),
        )
    ]


def adjourn(state: Batch, command: commands.AdjournDeliberation, context: Context) -> list[Any]:
    """A meeting without a quorum decides nothing, and is on record all the same."""
    refuse_known(state, command.deliberation_id)
    refuse_before(state.opens_on, command.held_on)
    if is_quorum(command, context):
        raise Refused(Reason.QUORUM_MET, "so many can decide", ["present"])
    return [
        events.DeliberationAdjourned(
            batch_id=command.batch_id,
            deliberation_id=command.deliberation_id,
            held_on=command.held_on,
            members=command.members,
            present=command.present,
            minutes=command.minutes,
        )
    ]


def promote(state: Batch, command: commands.PromoteReserve, _: Context) -> list[Any]:
    """The next in order takes the place; whoever is taken before it, with reasons."""
    if command.application_id not in state.reserves:
        raise Refused(Reason.NOT_A_RESERVE, "it is no reserve of this batch", ["application_id"])
    if len(state.listed) >= state.places:
        raise Refused(Reason.TOO_FEW_PLACES, "no place is free")
    deviates = state.reserves[0] != command.application_id
    if deviates and command.reasons is None:
        raise Refused(Reason.REASONS_NEEDED, "others stand before it: say why", ["reasons"])
    return [
        events.ReservePromoted(
            batch_id=state.batch_id,
            application_id=command.application_id,
            deviates=deviates,
            reasons=command.reasons,
        )
    ]


def close_reserves(state: Batch, _: commands.CloseReserves, __: Context) -> list[Any]:
    """Whoever is kept as a reserve can apply nowhere else, so that it has to end some day."""
    if not state.reserves:
        raise Refused(Reason.NO_RESERVES, "the batch keeps no reserves")
    return [events.ReservesClosed(batch_id=state.batch_id, application_ids=state.reserves)]


def refuse_known(state: Batch, deliberation_id: str) -> None:
    """Raise Refused for a meeting that is on record already."""
    if deliberation_id in state.deliberations:
        raise Refused(Reason.ALREADY_EXISTS, "this deliberation is on record", ["deliberation_id"])


def _refuse_early(state: Batch, command: commands.RecordDeliberation) -> None:
    """The bureau decides about what the review group has concluded (rules of selection: steps)."""
    left_out = [its.application_id for its in command.left_out or ()]
    decided = (*command.listed, *(command.reserves or ()), *left_out)
    concluded = [state.qualified.get(its) for its in decided]
    refuse_before(max([state.opens_on, *filter(None, concluded)]), command.held_on)


def refuse_before(earliest: dt.date, held_on: dt.date) -> None:
    """Raise Invalid for a meeting on a day before it can have been."""
    if held_on < earliest:
        raise Invalid.one("held_on", "too_early", f"must not lie before {earliest}")


def _refuse_unaccounted(state: Batch, command: commands.RecordDeliberation) -> None:
    """Each application stands in one list, and a decision that closes the round forgets none."""
    left_out = [its.application_id for its in command.left_out or ()]
    if not (command.listed or command.reserves or left_out):
        raise Invalid.one("listed", "bad_length", "a decision is about at least one application")
    named = set(command.listed)
    for field, ids in (("reserves", command.reserves or ()), ("left_out", left_out)):
        for index, application_id in enumerate(ids):
            if application_id in named:
                raise Invalid.one(f"{field}[{index}]", "duplicate", "it is named twice")
            named.add(application_id)
    forgotten = state.qualified.keys() - named
    if command.left_out is not None and forgotten:
        raise Refused(
            Reason.QUALIFIED_UNACCOUNTED,
            f"qualified and not mentioned: {', '.join(sorted(forgotten))}",
            ["left_out"],
        )
