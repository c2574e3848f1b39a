"""What may be done next about an application until its formal check, and how it may leave."""

from __future__ import annotations

from services.registry.domain.leaving import STRIKABLE, WITHDRAWABLE
from services.registry.domain.step_facts import Facts, Step
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import ApplicationStatus, Recommendation

_S = ApplicationStatus


def recommend(facts: Facts, command: str, word: Recommendation) -> Step:
    if facts.status not in (_S.SUBMITTED, _S.SUPPLEMENTING):
        return Step(command, False, Reason.WRONG_STATE)
    if facts.recommendation is Recommendation.NOT_NEEDED:
        return Step(command, False, Reason.RECOMMENDATION_NOT_NEEDED)
    if facts.recommendation in (Recommendation.CONFIRMED, word):
        return Step(command, False, Reason.RECOMMENDATION_DECIDED)
    return Step(command, True)


def pass_formal_check(facts: Facts) -> Step:
    if facts.status is not _S.SUBMITTED:
        return Step("PassFormalCheck", False, Reason.WRONG_STATE)
    if facts.recommendation in (Recommendation.AWAITED, Recommendation.DECLINED):
        return Step("PassFormalCheck", False, Reason.RECOMMENDATION_MISSING)
    if facts.documents_missing:
        missing = tuple(map(str, facts.documents_missing))
        return Step("PassFormalCheck", False, Reason.DOCUMENTS_MISSING, missing)
    return Step("PassFormalCheck", True)


def submit_supplement(facts: Facts) -> Step:
    if facts.status is not _S.SUPPLEMENTING or facts.supplement_due is None:
        return Step("SubmitSupplement", False, Reason.WRONG_STATE)
    due = (facts.supplement_due.isoformat(),)
    if facts.today > facts.supplement_due and not facts.supplement_provisional:
        return Step("SubmitSupplement", False, Reason.SUPPLEMENT_OVERDUE, due)
    return Step("SubmitSupplement", True)


def withdraw(facts: Facts) -> Step:
    if facts.status not in WITHDRAWABLE:
        return Step("WithdrawApplication", False, Reason.WRONG_STATE)
    return Step("WithdrawApplication", True)


def strike_off(facts: Facts) -> Step:
    if facts.status not in STRIKABLE:
        return Step("StrikeOff", False, Reason.WRONG_STATE)
    return Step("StrikeOff", True)
