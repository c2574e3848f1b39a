"""What may be done next about an application, and if not, why not.

A reading of the transition tables for people: `possible` is what `decide` would say to a payload
that fits, as the tests prove for every state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from services.registry.domain.review import checks_for
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Check,
    Conclusion,
    Finding,
    Recommendation,
    UnitKind,
)


@dataclass(frozen=True)
class Facts:
    """What the next steps of an application depend on, on the day `today`.

    places_left: how many applications the batch can still list
    notice_ends: last day of the notice it stands on, if it does
    objections: how many objections to it are open
    supplement_due: last day on which a supplement that was asked for may come
    """

    status: ApplicationStatus
    recommendation: Recommendation
    unit_kind: UnitKind
    findings: Mapping[Check, Finding]
    today: dt.date
    places_left: int
    notice_ends: dt.date | None = None
    objections: int = 0
    supplement_due: dt.date | None = None


@dataclass(frozen=True)
class Step:
    """One command, possible or not.

    reason: why it is not possible
    needs: what is missing, by code or as a day; of a possible one, what it must bring along
    variant: the conclusion, where the command has several
    """

    command: str
    possible: bool
    reason: Reason | None = None
    needs: tuple[str, ...] = ()
    variant: str | None = None


_S = ApplicationStatus
_STATUS_FOR = {
    "FailFormalCheck": _S.SUBMITTED,
    "RequestSupplement": _S.SUBMITTED,
    "RecordReviewCheck": _S.UNDER_REVIEW,
    "PublishNotice": _S.LISTED,
}
"""Commands that the status alone decides about."""
WITHDRAWABLE = frozenset({_S.SUBMITTED, _S.SUPPLEMENTING, _S.UNDER_REVIEW, _S.QUALIFIED})
"""An application can be taken back until it is listed."""


def next_steps(facts: Facts) -> list[Step]:
    """Every command that an application meets on its way, in that order."""
    return [
        _recommend(facts, "ConfirmRecommendation", Recommendation.CONFIRMED),
        _recommend(facts, "DeclineRecommendation", Recommendation.DECLINED),
        _pass_formal_check(facts),
        _by_status(facts, "FailFormalCheck"),
        _by_status(facts, "RequestSupplement"),
        _submit_supplement(facts),
        _by_status(facts, "RecordReviewCheck"),
        _conclude(facts, Conclusion.QUALIFIED),
        _conclude(facts, Conclusion.NOT_QUALIFIED),
        _deliberate(facts),
        _by_status(facts, "PublishNotice"),
        _decide_objection(facts),
        _designate(facts),
        _withdraw(facts),
    ]


def _by_status(facts: Facts, command: str) -> Step:
    if facts.status is not _STATUS_FOR[command]:
        return Step(command, False, Reason.WRONG_STATE)
    needs = tuple(missing_checks(facts)) if command == "RecordReviewCheck" else ()
    return Step(command, True, needs=needs)


def _recommend(facts: Facts, command: str, word: Recommendation) -> Step:
    if facts.status not in (_S.SUBMITTED, _S.SUPPLEMENTING):
        return Step(command, False, Reason.WRONG_STATE)
    if facts.recommendation is Recommendation.NOT_NEEDED:
        return Step(command, False, Reason.RECOMMENDATION_NOT_NEEDED)
    if facts.recommendation in (Recommendation.CONFIRMED, word):
        return Step(command, False, Reason.RECOMMENDATION_DECIDED)
    return Step(command, True)


def _pass_formal_check(facts: Facts) -> Step:
    if facts.status is not _S.SUBMITTED:
        return Step("PassFormalCheck", False, Reason.WRONG_STATE)
    if facts.recommendation in (Recommendation.AWAITED, Recommendation.DECLINED):
        return Step("PassFormalCheck", False, Reason.RECOMMENDATION_MISSING)
    return Step("PassFormalCheck", True)


def _submit_supplement(facts: Facts) -> Step:
    if facts.status is not _S.SUPPLEMENTING or facts.supplement_due is None:
        return Step("SubmitSupplement", False, Reason.WRONG_STATE)
    due = (facts.supplement_due.isoformat(),)
    if facts.today > facts.supplement_due:
        return Step("SubmitSupplement", False, Reason.SUPPLEMENT_OVERDUE, due)
    return Step("SubmitSupplement", True)


def _withdraw(facts: Facts) -> Step:
    if facts.status not in WITHDRAWABLE:
        return Step("WithdrawApplication", False, Reason.WRONG_STATE)
    return Step("WithdrawApplication", True)


def _conclude(facts: Facts, conclusion: Conclusion) -> Step:
    command, variant = "ConcludeReview", str(conclusion)
    if facts.status is not _S.UNDER_REVIEW:
        return Step(command, False, Reason.WRONG_STATE, variant=variant)
    if conclusion is Conclusion.NOT_QUALIFIED:
        return Step(command, True, variant=variant)
    missing = tuple(missing_checks(facts))
    if missing:
        return Step(command, False, Reason.CHECKS_MISSING, missing, variant)
    failed = tuple(
        sorted(str(check) for check, its in facts.findings.items() if its is Finding.FAILED)
    )
    if failed:
        return Step(command, False, Reason.HARD_STOP, failed, variant)
    flagged = Finding.FLAGGED in facts.findings.values()
    return Step(command, True, needs=("reasons",) if flagged else (), variant=variant)


def _deliberate(facts: Facts) -> Step:
    if facts.status is not _S.QUALIFIED:
        return Step("RecordDeliberation", False, Reason.WRONG_STATE)
    if facts.places_left < 1:
        return Step("RecordDeliberation", False, Reason.TOO_FEW_PLACES)
    return Step("RecordDeliberation", True)


def _decide_objection(facts: Facts) -> Step:
    if facts.objections:
        return Step("DecideObjection", True)
    if facts.notice_ends is None:
        return Step("DecideObjection", False, Reason.WRONG_STATE)
    return Step("DecideObjection", False, Reason.OBJECTION_UNKNOWN)


def _designate(facts: Facts) -> Step:
    if facts.status is not _S.ON_NOTICE or facts.notice_ends is None:
        return Step("DesignatePoints", False, Reason.WRONG_STATE)
    if facts.today <= facts.notice_ends:
        ends = (facts.notice_ends.isoformat(),)
        return Step("DesignatePoints", False, Reason.NOTICE_RUNNING, ends)
    if facts.objections:
        return Step("DesignatePoints", False, Reason.OBJECTION_OPEN)
    return Step("DesignatePoints", True)


def missing_checks(facts: Facts) -> list[str]:
    """The checks that a unit of this kind still needs, in their usual order."""
    needed = checks_for(facts.unit_kind)
    return [str(check) for check in Check if check in needed and check not in facts.findings]
