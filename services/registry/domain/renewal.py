"""A renewal: proposed, graded by the assessment, deliberated on, and then the point's new term."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.day import refuse_day
from services.registry.domain.quorum import refuse_no_meeting
from services.registry.domain.term import refuse_untimely, refuse_used_up
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import Grade, RenewalStatus
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Renewal:
    """`grade` is the assessment result that was recorded last, on the day `graded_on`.

    proposed_on: the first day on which a meeting can decide on it
    """

    status: RenewalStatus = RenewalStatus.ABSENT
    renewal_id: str = ""
    point_id: str = ""
    grade: Grade | None = None
    graded_on: dt.date = dt.date.min
    proposed_on: dt.date = dt.date.min


@dataclass(frozen=True)
class Decide:
    """DecideRenewal, with the last day of the term that is to be renewed, and its number."""

    command: commands.DecideRenewal
    term_ends_on: dt.date
    term_number: int


@dataclass(frozen=True)
class Lapse:
    """Part of RetirePoint: the point will have no further term."""


def propose(_: Renewal, command: commands.ProposeRenewal, context: Context) -> list[Any]:
    return [
        events.RenewalProposed(
            renewal_id=command.renewal_id,
            point_id=command.point_id,
            proposed_on=context.today,
            reasons=command.reasons,
        )
    ]


def record_grade(
    state: Renewal, command: commands.RecordRenewalGrade, context: Context
) -> list[Any]:
    if command.year > context.today.year:
        raise Invalid.one("year", "out_of_range", "the year has not begun")
    return [
        events.RenewalGraded(
            renewal_id=state.renewal_id,
            point_id=state.point_id,
            graded_on=context.today,
            year=command.year,
            grade=command.grade,
            evidence=command.evidence,
        )
    ]


def decide_renewal(state: Renewal, given: Decide, context: Context) -> list[Any]:
    """Nobody is renewed without a grade, nor with one that says incompetent, nor out of season.

    The meeting had the grade before it, and so was not held before that was on record. And nobody
    is for more terms in a row than there may be on the day of the meeting.
    """
    command = given.command
    refuse_day("held_on", command.held_on, state.proposed_on, context)
    refuse_no_meeting(command, context)
    if command.agreed:
        if state.grade is None:
            raise Refused(Reason.GRADE_MISSING, "no assessment result is on record")
        if state.grade is Grade.INCOMPETENT:
            raise Refused(Reason.GRADE_TOO_LOW, "the assessment says incompetent", ["agreed"])
        refuse_day("held_on", command.held_on, state.graded_on, context)
        refuse_untimely(context.today, given.term_ends_on, context)
        refuse_untimely(command.held_on, given.term_ends_on, context, ["held_on"])
        refuse_used_up(given.term_number, context, command.held_on)
    return [
        events.RenewalDecided(
            renewal_id=state.renewal_id,
            point_id=state.point_id,
            held_on=command.held_on,
            members=command.members,
            present=command.present,
            minutes=command.minutes,
            agreed=command.agreed,
            reasons=command.reasons,
        )
    ]


def complete(state: Renewal, _: commands.RenewPoint, __: Context) -> list[Any]:
    return [events.RenewalCompleted(renewal_id=state.renewal_id, point_id=state.point_id)]


def lapse(state: Renewal, _: Lapse, __: Context) -> list[Any]:
    return [events.RenewalLapsed(renewal_id=state.renewal_id, point_id=state.point_id)]


_S = RenewalStatus
TRANSITIONS: Transitions = {
    **correcting(RenewalStatus),
    (_S.ABSENT, commands.ProposeRenewal): propose,
    (_S.PROPOSED, commands.RecordRenewalGrade): record_grade,
    (_S.PROPOSED, Decide): decide_renewal,
    (_S.PROPOSED, Lapse): lapse,
    (_S.AGREED, commands.RenewPoint): complete,
    (_S.AGREED, Lapse): lapse,
}


def decide(state: Renewal, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Renewal, event: Any) -> Renewal:
    match event:
        case events.RenewalProposed():
            return Renewal(
                status=_S.PROPOSED,
                renewal_id=event.renewal_id,
                point_id=event.point_id,
                proposed_on=event.proposed_on,
            )
        case events.RenewalGraded():
            graded_on = event.graded_on or state.proposed_on
            return replace(state, grade=event.grade, graded_on=graded_on)
        case events.RenewalDecided():
            return replace(state, status=_S.AGREED if event.agreed else _S.DECLINED)
        case events.RenewalCompleted():
            return replace(state, status=_S.RENEWED)
        case events.RenewalLapsed():
            return replace(state, status=_S.LAPSED)
        case events.RecordCorrected():
            return state
    raise TypeError(f"a renewal knows nothing of {type(event).__name__}")
