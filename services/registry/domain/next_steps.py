"""What may be done next about an application, and if not, why not.

A reading of the transition tables for people: `possible` is what `decide` would say to a payload
that fits, as the tests prove for every state.
"""

from __future__ import annotations

from services.registry.domain.step_facts import Facts, OpenObjection, Step
from services.registry.domain.steps_of_entry import (
    pass_formal_check,
    recommend,
    strike_off,
    submit_supplement,
    withdraw,
)
from services.registry.domain.steps_of_review import review_steps
from services.registry.domain.unit_correction import CORRECTING, CorrectData
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import ApplicationStatus, Recommendation

_S = ApplicationStatus
_STATUS_FOR = {
    "FailFormalCheck": _S.SUBMITTED,
    "RequestSupplement": _S.SUBMITTED,
    "CorrectNotice": _S.ON_NOTICE,
}
"""Commands that the status alone decides about."""


def next_steps(facts: Facts) -> list[Step]:
    """Every command that an application meets on its way, in that order."""
    return [
        recommend(facts, "ConfirmRecommendation", Recommendation.CONFIRMED),
        recommend(facts, "DeclineRecommendation", Recommendation.DECLINED),
        pass_formal_check(facts),
        _by_status(facts, "FailFormalCheck"),
        _by_status(facts, "RequestSupplement"),
        submit_supplement(facts),
        *review_steps(facts),
        _deliberate(facts),
        _promote(facts),
        _publish(facts),
        _by_status(facts, "CorrectNotice"),
        _extend(facts),
        _decide_objection(facts),
        _designate(facts),
        strike_off(facts),
        withdraw(facts),
        _correct_data(facts),
    ]


def _by_status(facts: Facts, command: str) -> Step:
    if facts.status is not _STATUS_FOR[command]:
        return Step(command, False, Reason.WRONG_STATE)
    return Step(command, True)


def _deliberate(facts: Facts) -> Step:
    """Onto the list; a meeting may also make it a reserve or leave it out."""
    if facts.status is not _S.QUALIFIED:
        return Step("RecordDeliberation", False, Reason.WRONG_STATE)
    if facts.places_left < 1:
        return Step("RecordDeliberation", False, Reason.TOO_FEW_PLACES)
    if facts.terms_used_up:
        return Step("RecordDeliberation", False, Reason.TERMS_USED_UP)
    return Step("RecordDeliberation", True)


def _promote(facts: Facts) -> Step:
    if facts.status is not _S.RESERVE:
        return Step("PromoteReserve", False, Reason.WRONG_STATE)
    if facts.places_left < 1:
        return Step("PromoteReserve", False, Reason.TOO_FEW_PLACES)
    if facts.terms_used_up:
        return Step("PromoteReserve", False, Reason.TERMS_USED_UP)
    return Step("PromoteReserve", True, needs=("reasons",) if facts.reserves_before else ())


def _publish(facts: Facts) -> Step:
    if facts.status is not _S.LISTED:
        return Step("PublishNotice", False, Reason.WRONG_STATE)
    if facts.terms_used_up:
        return Step("PublishNotice", False, Reason.TERMS_USED_UP)
    return Step("PublishNotice", True)


def _correct_data(facts: Facts) -> Step:
    if (facts.status, CorrectData) not in CORRECTING:
        return Step("CorrectUnitData", False, Reason.WRONG_STATE)
    return Step("CorrectUnitData", True)


def _extend(facts: Facts) -> Step:
    refusals = [_refusal_to_extend(facts, its) for its in facts.objections]
    if None in refusals:
        return Step("ExtendVerification", True)
    reason = refusals[0] if refusals else _without_objection(facts)
    return Step("ExtendVerification", False, reason)


def _refusal_to_extend(facts: Facts, objection: OpenObjection) -> Reason | None:
    if objection.due_on is None:
        return Reason.LIMIT_PASSED
    if objection.extended:
        return Reason.EXTENDED_ALREADY
    passed = facts.today > objection.due_on and not objection.provisional
    return Reason.LIMIT_PASSED if passed else None


def _decide_objection(facts: Facts) -> Step:
    if facts.objections:
        return Step("DecideObjection", True)
    return Step("DecideObjection", False, _without_objection(facts))


def _without_objection(facts: Facts) -> Reason:
    return Reason.WRONG_STATE if facts.notice_ends is None else Reason.OBJECTION_UNKNOWN


def _designate(facts: Facts) -> Step:
    if facts.status is not _S.ON_NOTICE or facts.notice_ends is None:
        return Step("DesignatePoints", False, Reason.WRONG_STATE)
    if facts.today <= facts.notice_ends:
        ends = (facts.notice_ends.isoformat(),)
        return Step("DesignatePoints", False, Reason.NOTICE_RUNNING, ends)
    if facts.objections:
        return Step("DesignatePoints", False, Reason.OBJECTION_OPEN)
    if facts.notice_differs:
        return Step("DesignatePoints", False, Reason.NOTICE_DIFFERS)
    if facts.terms_used_up:
        return Step("DesignatePoints", False, Reason.TERMS_USED_UP)
    return Step("DesignatePoints", True)
