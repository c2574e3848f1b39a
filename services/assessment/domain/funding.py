"""A point's funds of a year, in whole fen: no more is spent than it was given.

There is one of each point and year, so its id names both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from services.assessment.domain.context import Context
from services.assessment.domain.days import refuse_day
from shared.contracts.assessment import commands, events
from shared.contracts.assessment.vocabulary.duties import FundingStatus
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


def parts_of(funding_id: str) -> tuple[int, str]:
    """The year and the point of funds, by their id `<year>-<point_id>`."""
    year, _, point_id = funding_id.partition("-")
    return int(year), point_id


@dataclass(frozen=True)
class Funding:
    """allocated, spent: fen, `spent` never the larger; entries: ids of what was entered"""

    status: FundingStatus = FundingStatus.ABSENT
    funding_id: str = ""
    division: str = ""
    allocated: int = 0
    spent: int = 0
    entries: frozenset[str] = frozenset()

    @property
    def left(self) -> int:
        return self.allocated - self.spent


@dataclass(frozen=True)
class Allocate:
    """AllocateFunding with the point's division."""

    command: commands.AllocateFunding
    division: str


def allocate(state: Funding, command: Allocate, context: Context) -> list[Any]:
    """Of this year, of one before (what was forgotten), or of the next."""
    given = command.command
    _refuse_double(state, given.entry_id)
    year, point_id = parts_of(given.funding_id)
    if year > context.today.year + 1:
        raise Invalid.one("funding_id", "out_of_range", f"{year} is too far ahead")
    return [
        events.FundingAllocated(
            funding_id=given.funding_id,
            point_id=point_id,
            division=command.division,
            year=year,
            entry_id=given.entry_id,
            amount=given.amount,
            allocated=state.allocated + given.amount,
            reasons=given.reasons,
        )
    ]


def take_back(state: Funding, command: commands.TakeBackFunding, _: Context) -> list[Any]:
    _refuse_double(state, command.entry_id)
    _refuse_more_than_left(state, command.amount)
    return [
        events.FundingTakenBack(
            funding_id=state.funding_id,
            entry_id=command.entry_id,
            amount=command.amount,
            allocated=state.allocated - command.amount,
            reasons=command.reasons,
        )
    ]


def spend(state: Funding, command: commands.SpendFunding, context: Context) -> list[Any]:
    """On a day of the year that the funds are of."""
    _refuse_double(state, command.entry_id)
    year, _ = parts_of(state.funding_id)
    refuse_day("spent_on", command.spent_on, context, earliest=dt.date(year, 1, 1))
    if command.spent_on.year != year:
        raise Invalid.one("spent_on", "out_of_range", f"must be a day of {year}")
    _refuse_more_than_left(state, command.amount)
    return [
        events.FundingSpent(
            funding_id=state.funding_id,
            entry_id=command.entry_id,
            amount=command.amount,
            spent=state.spent + command.amount,
            spent_on=command.spent_on,
            purpose=command.purpose,
            proof=command.proof,
        )
    ]


def _refuse_double(state: Funding, entry_id: str) -> None:
    if entry_id in state.entries:
        raise Refused(Reason.ALREADY_EXISTS, "that entry is on record", ["entry_id"])


def _refuse_more_than_left(state: Funding, amount: int) -> None:
    if amount > state.left:
        raise Refused(Reason.MORE_THAN_LEFT, f"{state.left} fen are left", ["amount"])


_S = FundingStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Allocate): allocate,
    (_S.OPEN, Allocate): allocate,
    (_S.OPEN, commands.TakeBackFunding): take_back,
    (_S.OPEN, commands.SpendFunding): spend,
}


def decide(state: Funding, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Funding, event: Any) -> Funding:
    match event:
        case events.FundingAllocated():
            return replace(
                state,
                status=_S.OPEN,
                funding_id=event.funding_id,
                division=event.division,
                allocated=event.allocated,
                entries=state.entries | {event.entry_id},
            )
        case events.FundingTakenBack():
            return replace(
                state,
                allocated=event.allocated,
                entries=state.entries | {event.entry_id},
            )
        case events.FundingSpent():
            return replace(state, spent=event.spent, entries=state.entries | {event.entry_id})
    raise TypeError(f"funds know nothing of {type(event).__name__}")
