"""What may be done next about a point, its renewal and its retirement, and if not, why not.

A reading of the transition tables for people, as `next_steps` is for an application: `possible`
is what `decide` would say to a payload that fits, as the tests prove for every state.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.registry.domain.point_state import PointStatus
from services.registry.domain.retirement import PATHS
from services.registry.domain.step_facts import Step
from services.registry.domain.term import renewal_opens_on
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
    status: RenewalStatus
    grade: Grade | None


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

    terms_left: how many more terms in a row it may have
    term_ends_on: the last day of the running one; renewal_days: how many of its last days
    renewal is open in; renewed: whether the next one is set
    """

    status: PointStatus
    today: dt.date
    terms_left: int
    has_plaque: bool
    term_ends_on: dt.date
    renewal_days: int
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


def _untimely(facts: PointFacts) -> tuple[Reason, tuple[str, ...]] | None:
    """Why today is no day to renew on, with the day that is told with it."""
    if facts.today > facts.term_ends_on:
        return Reason.RENEWAL_TOO_LATE, (facts.term_ends_on.isoformat(),)
    opens_on = renewal_opens_on(facts.term_ends_on, facts.renewal_days)
    return (Reason.RENEWAL_TOO_EARLY, (opens_on.isoformat(),)) if facts.today < opens_on else None


def _propose_renewal(facts: PointFacts) -> Step:
    command = "ProposeRenewal"
    if facts.status is not _P.ACTIVE:
        return Step(command, False, Reason.WRONG_STATE)
    if facts.renewal is not None:
        return Step(command, False, Reason.RENEWAL_OPEN)
    if facts.renewed:
        return Step(command, False, Reason.RENEWED_ALREADY)
    untimely = _untimely(facts)
    if untimely is not None:
        return Step(command, False, *untimely)
    if facts.terms_left < 1:
        return Step(command, False, Reason.TERMS_USED_UP)
    return Step(command, True)


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
    untimely = _untimely(facts)
    if agreed and untimely is not None:
        return Step(command, False, *untimely, variant)
    if agreed and facts.terms_left < 1:
        return Step(command, False, Reason.TERMS_USED_UP, variant=variant)
    return Step(command, True, variant=variant)


def _renew(facts: PointFacts) -> Step:
    command = "RenewPoint"
    agreed = facts.renewal is not None and facts.renewal.status is _N.AGREED
    if not agreed or facts.status is not _P.ACTIVE:
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


def _unheard(its: OpenRetirement, today: dt.date) -> tuple[Reason, tuple[str, ...]] | None:
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
