"""What is open about a point: its renewal, its retirement, and how each begins and ends.

These are parts of larger commands: the procedures themselves are `renewal` and `retirement`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.registry.domain import term
from services.registry.domain.context import Context
from services.registry.domain.point_state import Point
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import RetirementGround


@dataclass(frozen=True)
class BeginRenewal:
    """Part of ProposeRenewal."""

    renewal_id: str


@dataclass(frozen=True)
class EndRenewal:
    """Part of DecideRenewal: it is not agreed to."""


@dataclass(frozen=True)
class BeginTerm:
    """Part of RenewPoint."""


@dataclass(frozen=True)
class BeginRetirement:
    """Part of OpenRetirement, MergePoint and EndTerm."""

    retirement_id: str
    ground: RetirementGround


@dataclass(frozen=True)
class EndRetirement:
    """Part of DecideRetirement and RenewPoint: the point is kept.

    facts_hold: whether the meeting found that what the retirement was opened on is so
    """

    facts_hold: bool = False


def begin_renewal(state: Point, command: BeginRenewal, context: Context) -> list[Any]:
    if state.renewal_id:
        raise Refused(Reason.RENEWAL_OPEN, "a renewal is under way")
    _refuse_retiring(state)
    term.refuse_last_term(state, context)
    return [
        events.PointProcedureOpened(
            point_id=state.point_id, renewal_id=command.renewal_id, retirement_id=None, ground=None
        )
    ]


def end_renewal(state: Point, _: EndRenewal, __: Context) -> list[Any]:
    return [
        events.PointProcedureClosed(
            point_id=state.point_id, renewal_id=state.renewal_id, retirement_id=None
        )
    ]


def begin_term(state: Point, _: BeginTerm, context: Context) -> list[Any]:
    """The new term follows the old one without a gap, however late it is agreed on."""
    _refuse_retiring(state)
    term.refuse_last_term(state, context)
    begun = term.begin(
        state.point_id, state.term_number + 1, state.term_ends_on + dt.timedelta(days=1), context
    )
    return [begun, *end_renewal(state, EndRenewal(), context)]


def begin_retirement(state: Point, command: BeginRetirement, context: Context) -> list[Any]:
    return open_retirement(state, command.retirement_id, command.ground, context)


def open_retirement(
    state: Point, retirement_id: str, ground: RetirementGround, context: Context
) -> list[Any]:
    if state.retirement_id:
        raise Refused(Reason.RETIREMENT_OPEN, "its retirement is under way")
    if ground is RetirementGround.TERM_OVER and context.today <= state.term_ends_on:
        raise Refused(Reason.TERM_RUNNING, f"the term ends with {state.term_ends_on}", ["ground"])
    return [
        events.PointProcedureOpened(
            point_id=state.point_id, renewal_id=None, retirement_id=retirement_id, ground=ground
        )
    ]


def end_term(state: Point, command: commands.EndTerm, context: Context) -> list[Any]:
    """Opens the retirement of a point whose term is over, unless one is open already."""
    if command.last_day != state.term_ends_on:
        raise Refused(Reason.WRONG_STATE, f"the term ends with {state.term_ends_on}")
    if state.retirement_id:
        raise Refused(Reason.WRONG_STATE, "its retirement is under way")
    if context.today <= state.term_ends_on:
        raise Refused(Reason.LIMIT_RUNNING, f"the term ends with {state.term_ends_on}")
    retirement_id = term.retirement_after(state.point_id, command.last_day)
    return open_retirement(state, retirement_id, RetirementGround.TERM_OVER, context)


def end_retirement(state: Point, command: EndRetirement, context: Context) -> list[Any]:
    """A point that was said to be merged is kept only if it is not, and then stands alone again."""
    if state.merged_into and command.facts_hold:
        raise Refused(Reason.MUST_RETIRE, f"it is part of {state.merged_into}", ["resolution"])
    closed = events.PointProcedureClosed(
        point_id=state.point_id, renewal_id=None, retirement_id=state.retirement_id
    )
    if not state.merged_into:
        return [closed]
    undone = events.PointMergerUndone(
        point_id=state.point_id, into_point_id=state.merged_into, undone_on=context.today
    )
    return [undone, closed]


def _refuse_retiring(state: Point) -> None:
    """While it is decided whether a point must go, it is not renewed; a term over is no reproach.

    Raises Refused.
    """
    if state.retirement_id and state.ground is not RetirementGround.TERM_OVER:
        raise Refused(Reason.RETIREMENT_OPEN, "its retirement is under way")
