"""What may be done next about a point, its renewal and its retirement, and if not, why not.

A reading of the transition tables for people, as `next_steps` is for an application: `possible`
is what `decide` would say to a payload that fits, as the tests prove for every state.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.registry.domain.point_state import PointStatus
from services.registry.domain.retirement import PATHS
from services.registry.domain.settings import Schedule
from services.registry.domain.step_facts import Step
from services.registry.domain.term import renewal_opens_on
from shared.contracts.days import ONE_DAY
from shared.contracts.limits import TimeLimit
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import (
    Grade,
    RenewalStatus,
    Resolution,
    RetirementGround,
    RetirementStatus,
)


@dataclass(frozen=True)
class OpenRenewal:
    """`meeting_from`: the first day on which a meeting may have agreed to it."""

    status: RenewalStatus
    grade: Grade | None
    meeting_from: dt.date


@dataclass(frozen=True)
class OpenRetirement:
    """`limit`: within which the point may state its case; `heard_on`: when it did, or waived it."""

    status: RetirementStatus
    ground: RetirementGround
    limit: TimeLimit | None = None
    heard_on: dt.date | None = None


@dataclass(frozen=True)
class PointFacts:
    """What the next steps of a point depend on, on the day `today`.

    schedule: the figures of each day, by which a meeting goes that was held on it
    term_number: of the running term, which ends with `term_ends_on`; renewed: whether the next
    one is set
    """

    status: PointStatus
    today: dt.date
    schedule: Schedule
    has_plaque: bool
    term_number: int
    term_ends_on: dt.date
    renewed: bool = False
    renewal: OpenRenewal | None = None
    retirement: OpenRetirement | None = None


_P, _N, _T = PointStatus, RenewalStatus, RetirementStatus
_WHILE_A_POINT = (_P.ACTIVE, _P.SUSPENDED)


def point_steps(facts: PointFacts) -> list[Step]:
    """Every command that a point meets, in the order of its life."""
    return [
        *(
            _while(facts, command, *_WHILE_A_POINT)
            for command in (
                "ChangePointDetails",
                "MovePoint",
                "AppointPointLiaison",
                "AppointBureauLiaison",
            )
        ),
        _give_plaque(facts),
        _return_plaque(facts),
        _while(facts, "SuspendPoint", _P.ACTIVE),
        _while(facts, "ResumePoint", _P.SUSPENDED),
        _propose_renewal(facts),
        _record_grade(facts),
        _decide_renewal(facts, agreed=True),
        _decide_renewal(facts, agreed=False),
        _renew(facts),
        _open_retirement(facts, "OpenRetirement"),
        _open_retirement(facts, "MergePoint"),
        _procedure(facts, "TellRetirementFacts", _T.OPENED),
        _record_statement(facts),
        _procedure(facts, "WaiveStatement", _T.FACTS_TOLD),
        _decide_retirement(facts, Resolution.RETIRE),
        _decide_retirement(facts, Resolution.KEEP),
        _retire(facts),
    ]


def _while(facts: PointFacts, command: str, *statuses: PointStatus) -> Step:
    if facts.status in statuses:
        return Step(command, True)
    return Step(command, False, Reason.WRONG_STATE)


def _give_plaque(facts: PointFacts) -> Step:
    step = _while(facts, "GivePlaque", _P.ACTIVE)
    if step.possible and facts.has_plaque:
        return Step("GivePlaque", False, Reason.PLAQUE_HELD)
    return step


def _return_plaque(facts: PointFacts) -> Step:
    if not facts.has_plaque:
        return Step("ReturnPlaque", False, Reason.PLAQUE_NOT_HELD)
    return Step("ReturnPlaque", True)


Why = tuple[Reason, tuple[str, ...]]
"""A reason, with what is told with it."""


def _untimely(facts: PointFacts, day: dt.date) -> Why | None:
    """Why a day is none to renew on."""
    if day > facts.term_ends_on:
        return Reason.RENEWAL_TOO_LATE, (facts.term_ends_on.isoformat(),)
    window = facts.schedule.on(day).renewal_window_days
    opens_on = renewal_opens_on(facts.term_ends_on, window)
    return (Reason.RENEWAL_TOO_EARLY, (opens_on.isoformat(),)) if day < opens_on else None


def _unrenewable(facts: PointFacts, day: dt.date) -> Why | None:
    """Why a further term is not to be proposed on a day, nor agreed on by a meeting of it."""
    untimely = _untimely(facts, day)
    if untimely is not None:
        return untimely
    used_up = facts.term_number >= facts.schedule.on(day).most_terms
    return (Reason.TERMS_USED_UP, ()) if used_up else None


def _unagreed(facts: PointFacts, its: OpenRenewal) -> Why | None:
    """Why no meeting so far, of whatever day, can have agreed to it; None: one can.

    Of the days on which the same figures held, the last is the best.
    """
    untimely = _untimely(facts, facts.today)
    if untimely is not None:
        return untimely
    eves = {
        change.since - ONE_DAY for change in facts.schedule.changes if change.since > dt.date.min
    }
    earlier = [day for day in eves if its.meeting_from <= day < facts.today]
    told = [_unrenewable(facts, day) for day in (facts.today, *earlier)]
    return None if None in told else told[0]


def _propose_renewal(facts: PointFacts) -> Step:
    command = "ProposeRenewal"
    if facts.status is not _P.ACTIVE:
        return Step(command, False, Reason.WRONG_STATE)
    if facts.renewal is not None:
        return Step(command, False, Reason.RENEWAL_OPEN)
    if facts.renewed:
        return Step(command, False, Reason.RENEWED_ALREADY)
    why = _unrenewable(facts, facts.today)
    return Step(command, True) if why is None else Step(command, False, *why)


def _record_grade(facts: PointFacts) -> Step:
    if facts.renewal is not None and facts.renewal.status is _N.PROPOSED:
        return Step("RecordRenewalGrade", True)
    return Step("RecordRenewalGrade", False, Reason.WRONG_STATE)


def _decide_renewal(facts: PointFacts, agreed: bool) -> Step:
    command, variant = "DecideRenewal", "agreed" if agreed else "declined"
    its = facts.renewal
    if its is None or its.status is not _N.PROPOSED:
        return Step(command, False, Reason.WRONG_STATE, variant=variant)
    if agreed and its.grade is None:
        return Step(command, False, Reason.GRADE_MISSING, variant=variant)
    if agreed and its.grade is Grade.INCOMPETENT:
        return Step(command, False, Reason.GRADE_TOO_LOW, variant=variant)
    why = _unagreed(facts, its) if agreed else None
    if why is not None:
        return Step(command, False, *why, variant)
    return Step(command, True, variant=variant)


def _renew(facts: PointFacts) -> Step:
    command = "RenewPoint"
    agreed = facts.renewal is not None and facts.renewal.status is _N.AGREED
    if not agreed or facts.status not in _WHILE_A_POINT:
        return Step(command, False, Reason.WRONG_STATE)
    if facts.retirement is not None:
        return Step(command, False, Reason.RETIREMENT_OPEN)
    if facts.today > facts.term_ends_on:
        ended = (facts.term_ends_on.isoformat(),)
        return Step(command, False, Reason.RENEWAL_TOO_LATE, ended)
    return Step(command, True)


def _open_retirement(facts: PointFacts, command: str) -> Step:
    step = _while(facts, command, *_WHILE_A_POINT)
    if step.possible and facts.retirement is not None:
        return Step(command, False, Reason.RETIREMENT_OPEN)
    return step


def _procedure(facts: PointFacts, command: str, *statuses: RetirementStatus) -> Step:
    if facts.retirement is not None and facts.retirement.status in statuses:
        return Step(command, True)
    return Step(command, False, Reason.WRONG_STATE)


def _record_statement(facts: PointFacts) -> Step:
    """Possible after its last day too: what was made in time may be recorded later."""
    step = _procedure(facts, "RecordStatement", _T.FACTS_TOLD, _T.HEARD)
    limit = None if facts.retirement is None else facts.retirement.limit
    if step.possible and limit is not None:
        return Step(step.command, True, needs=(limit.due_on.isoformat(),))
    return step


def _decide_retirement(facts: PointFacts, resolution: Resolution) -> Step:
    command, variant = "DecideRetirement", str(resolution)
    step = _procedure(facts, command, _T.OPENED, _T.FACTS_TOLD, _T.HEARD)
    its = facts.retirement
    if not step.possible or its is None:
        return Step(command, False, Reason.WRONG_STATE, variant=variant)
    unheard = _unheard(its, facts.today) if PATHS[its.ground].defence else None
    if unheard is not None:
        reason, needs = unheard
        return Step(command, False, reason, needs, variant)
    if resolution is Resolution.KEEP and its.ground is RetirementGround.TERM_OVER:
        return Step(command, False, Reason.MUST_RETIRE, variant=variant)
    return Step(command, True, variant=variant)


def _unheard(its: OpenRetirement, today: dt.date) -> Why | None:
    """Why a meeting of today comes too early for it, with the day that it has to wait for."""
    if its.limit is None:
        return Reason.FACTS_NOT_TOLD, ()
    if its.limit.has_passed(today):
        return None
    if its.heard_on is not None:
        early = (its.heard_on.isoformat(),)
        return (Reason.MEETING_TOO_EARLY, early) if today <= its.heard_on else None
    passed = today > its.limit.due_on
    reason = Reason.LIMIT_PROVISIONAL if passed else Reason.STATEMENT_OPEN
    return reason, (its.limit.due_on.isoformat(),)


def _retire(facts: PointFacts) -> Step:
    if facts.status not in _WHILE_A_POINT:
        return Step("RetirePoint", False, Reason.WRONG_STATE)
    if facts.retirement is None:
        return Step("RetirePoint", False, Reason.RETIREMENT_NOT_OPEN)
    if facts.retirement.status is not _T.TO_RETIRE:
        return Step("RetirePoint", False, Reason.WRONG_STATE)
    return Step("RetirePoint", True)
