"""What is open about a point: its renewal, its retirement, and how each begins and ends.

These are parts of larger commands: the procedures themselves are `renewal` and `retirement`.
"""

from __future__ import annotations

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
class Renew:
    """Part of RenewPoint, and of EndTerm for what was agreed on in time.

    at_the_end: the timekeeper does it as the term is over
    """

    at_the_end: bool = False


@dataclass(frozen=True)
class BeginRetirement:
    """Part of OpenRetirement, MergePoint and EndTerm."""

    retirement_id: str
    ground: RetirementGround


@dataclass(frozen=True)
class EndRetirement:
    """Part of DecideRetirement: the point is kept.

    facts_hold: whether the meeting found that what the retirement was opened on is so
    """

    facts_hold: bool = False


def begin_renewal(state: Point, command: BeginRenewal, context: Context) -> list[Any]:
    """Also while a retirement is open, so that a point cleared of it has lost no term meanwhile."""
    if state.renewal_id:
        raise Refused(Reason.RENEWAL_OPEN, "a renewal is under way")
    if state.next_term is not None:
        first_day = state.next_term.first_day
        raise Refused(Reason.RENEWED_ALREADY, f"its next term begins on {first_day}")
    term.refuse_untimely(context.today, state.term_ends_on, context)
    term.refuse_used_up(state.term_number, context)
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


def renew(state: Point, command: Renew, context: Context) -> list[Any]:
    """The new term begins when the running one is over, and not before; without a gap.

    How many terms there may be was asked when it was agreed on, by the figures of that day. While
    it is decided whether the point must go, it waits.
    """
    if state.retirement_id:
        raise Refused(Reason.RETIREMENT_OPEN, "its retirement is under way")
    if context.today > state.term_ends_on and not command.at_the_end:
        raise Refused(Reason.RENEWAL_TOO_LATE, f"the term ended with {state.term_ends_on}")
    return [term.set_next(state, context), *end_renewal(state, EndRenewal(), context)]


def begin_retirement(state: Point, command: BeginRetirement, context: Context) -> list[Any]:
    return open_retirement(state, command.retirement_id, command.ground, context)


def open_retirement(
    state: Point, retirement_id: str, ground: RetirementGround, context: Context
) -> list[Any]:
    if state.retirement_id:
        raise Refused(Reason.RETIREMENT_OPEN, "its retirement is under way")
    over = state.next_term is None and context.today > state.term_ends_on
    if ground is RetirementGround.TERM_OVER and not over:
        raise Refused(Reason.TERM_RUNNING, f"the term ends with {state.term_ends_on}", ["ground"])
    return [
        events.PointProcedureOpened(
            point_id=state.point_id, renewal_id=None, retirement_id=retirement_id, ground=ground
        )
    ]


def end_term(state: Point, command: commands.EndTerm, context: Context) -> list[Any]:
    """The next term begins; without one the retirement is opened, unless one is already."""
    if command.last_day != state.term_ends_on:
        raise Refused(Reason.WRONG_STATE, f"the term ends with {state.term_ends_on}")
    if state.retirement_id:
        raise Refused(Reason.WRONG_STATE, "its retirement is under way")
    if context.today <= state.term_ends_on:
        raise Refused(Reason.LIMIT_RUNNING, f"the term ends with {state.term_ends_on}")
    if state.next_term is not None:
        return [term.begin_as_set(state.point_id, state.next_term, context)]
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
