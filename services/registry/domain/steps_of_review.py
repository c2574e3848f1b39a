"""What may be done next in the review of an application, and who stays out of it."""

from __future__ import annotations

from services.registry.domain.asking_opinions import BEFORE_REVIEW, UNDER_WAY
from services.registry.domain.examination import Examination
from services.registry.domain.examining import RECUSABLE
from services.registry.domain.recusal import REVIEWED_BY, Panel
from services.registry.domain.requirements import lacking
from services.registry.domain.review import (
    Tally,
    checks_for,
    is_against_the_unit,
    missing_checks,
    open_flags,
    unchecked,
    upheld_flags,
)
from services.registry.domain.step_facts import Facts, Step
from services.registry.domain.voting import counted
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Check,
    Conclusion,
    Finding,
)
from shared.contracts.roles import Role

_EXAMINING = (
    "RecordReviewCheck",
    "RecordPoliticalDirection",
    "RecordVisit",
    "RecordTalk",
    "AskOpinion",
    "DeclareRecusal",
)
_ELSEWHERE = {"DeclareRecusal": RECUSABLE}
"""Commands of the review that other statuses allow too."""
_WITHIN_REVIEW = (
    *_EXAMINING,
    "RecordGovernanceAbility",
    "ResolveFlag",
    "ExamineRecusals",
    "CastVote",
)
_BY_PEOPLE_WITHOUT_TIES = frozenset(
    {
        *(*_EXAMINING, "RecordGovernanceAbility", "ResolveFlag", "CastVote", "ConcludeReview"),
        *("PassFormalCheck", "FailFormalCheck", "RequestSupplement"),
        *("ExtendVerification", "DecideObjection"),
        *("AnswerOpinion", "TakeBackOpinion", "StrikeOff", "CorrectUnitData", "CorrectNotice"),
        *("RecordDeliberation", "PromoteReserve", "PublishNotice", "DesignatePoints"),
    }
)
_BY_PARTIES_TOO = frozenset(
    {
        *("ConfirmRecommendation", "DeclineRecommendation"),
        *("SubmitSupplement", "WithdrawApplication"),
    }
)
"""What the bureau does for a unit or recommender, who does it alike and speaks for itself."""


def review_steps(facts: Facts) -> list[Step]:
    """Every command of the review; but for late answers, the application must be under review."""
    if facts.status is not ApplicationStatus.UNDER_REVIEW:
        return [
            *(_outside(facts, name) for name in _WITHIN_REVIEW),
            *_of_opinions(facts),
            *(
                Step("ConcludeReview", False, Reason.WRONG_STATE, variant=str(conclusion))
                for conclusion in Conclusion
            ),
        ]
    return [
        *(Step(name, True, needs=_needs(facts, name)) for name in _EXAMINING),
        _governance(facts),
        *_of_opinions(facts),
        _resolve(facts),
        _by_group(facts, "ExamineRecusals"),
        _vote(facts),
        *(_conclude(facts, conclusion) for conclusion in Conclusion),
    ]


def _outside(facts: Facts, name: str) -> Step:
    if facts.status in _ELSEWHERE.get(name, ()):
        return Step(name, True)
    return Step(name, False, Reason.WRONG_STATE)


def kept_out(facts: Facts, command: str, actor_id: str, role: Role) -> Reason | None:
    """Why this person may not do what the state of things allows, or None."""
    by_parties = command in _BY_PARTIES_TOO
    if by_parties and role not in REVIEWED_BY:
        return None
    if not by_parties and command not in _BY_PEOPLE_WITHOUT_TIES:
        return None
    panel = None if command == "DeclareRecusal" else facts.panel
    out = stays_out(panel, facts.examination, actor_id, role)
    if out is not None:
        return out
    if command == "CastVote" and actor_id in facts.examination.votes:
        return Reason.VOTED_ALREADY
    return None


def stays_out(panel: Panel | None, its: Examination, actor_id: str, role: Role) -> Reason | None:
    """Why a person has no part in what the bureau does about this application, or None."""
    if panel is not None:
        if role is Role.REVIEWER and actor_id not in panel.members:
            return Reason.NOT_A_MEMBER
        if actor_id in panel.ties:
            return Reason.RECUSED
    if actor_id in its.recused:
        return Reason.RECUSED
    if panel is not None and panel.is_silent(actor_id):
        return Reason.INTERESTS_NOT_DECLARED
    return None


def _missing(facts: Facts) -> tuple[str, ...]:
    return tuple(map(str, missing_checks(facts.unit_kind, facts.findings)))


def _needs(facts: Facts, command: str) -> tuple[str, ...]:
    return _missing(facts) if command == "RecordReviewCheck" else ()


def _governance(facts: Facts) -> Step:
    if Check.GOVERNANCE_ABILITY in checks_for(facts.unit_kind):
        return Step("RecordGovernanceAbility", True)
    return Step("RecordGovernanceAbility", False, Reason.CHECK_NOT_ASKED)


def _of_opinions(facts: Facts) -> list[Step]:
    """Answering what was asked, in time or late, and taking it back."""
    is_open = any(its.is_open for its in facts.examination.opinions.values())
    began, goes_on = facts.status not in BEFORE_REVIEW, facts.status in UNDER_WAY
    return [
        Step(command, is_open and possible, _no_opinion(is_open and possible, possible))
        for command, possible in (("AnswerOpinion", began), ("TakeBackOpinion", goes_on))
    ]


def _no_opinion(offered: bool, in_time: bool) -> Reason | None:
    if offered:
        return None
    return Reason.OPINION_UNKNOWN if in_time else Reason.WRONG_STATE


def _resolve(facts: Facts) -> Step:
    flags = _open_flags(facts)
    if flags:
        return Step("ResolveFlag", True, needs=flags)
    return Step("ResolveFlag", False, Reason.NOT_FLAGGED)


def _open_flags(facts: Facts) -> tuple[str, ...]:
    return tuple(map(str, open_flags(facts.findings, facts.examination.resolutions)))


def _by_group(facts: Facts, command: str) -> Step:
    if facts.panel is None:
        return Step(command, False, Reason.NO_REVIEW_GROUP)
    return Step(command, True)


def _vote(facts: Facts) -> Step:
    missing = unchecked(facts.unit_kind, facts.findings)
    if facts.panel is None or not missing:
        return _by_group(facts, "CastVote")
    return Step("CastVote", False, Reason.CHECKS_MISSING, tuple(map(str, missing)))


def _conclude(facts: Facts, conclusion: Conclusion) -> Step:
    if facts.panel is None and facts.settings.review_group_required:
        return Step("ConcludeReview", False, Reason.NO_REVIEW_GROUP, variant=str(conclusion))
    why = _of_findings(facts) if conclusion is Conclusion.QUALIFIED else None
    reason, needs = why or (_of_votes(facts, conclusion), ())
    return Step("ConcludeReview", reason is None, reason, needs, str(conclusion))


def _of_findings(facts: Facts) -> tuple[Reason, tuple[str, ...]] | None:
    """What the checks have against a positive conclusion, in the order that it is asked."""
    failed = sorted(str(its) for its, found in facts.findings.items() if found is Finding.FAILED)
    upheld = map(str, upheld_flags(facts.examination.resolutions))
    for reason, needs in (
        (Reason.CHECKS_MISSING, _missing(facts)),
        (Reason.HARD_STOP, tuple(failed)),
        (Reason.FLAG_OPEN, _open_flags(facts)),
        (Reason.FLAG_UPHELD, tuple(upheld)),
        (Reason.REVIEW_INCOMPLETE, tuple(map(str, lacking(facts.examination, facts.settings)))),
    ):
        if needs:
            return reason, needs
    return None


def _of_votes(facts: Facts, conclusion: Conclusion) -> Reason | None:
    """What the group's votes have against a conclusion; without a group nothing is known yet."""
    if facts.panel is None:
        return None
    count = counted(facts.examination, facts.panel)
    if not count.has_quorum(facts.quorum_percent):
        return Reason.NO_QUORUM
    is_for = Tally(count.votes_for, count.votes_against, count.eligible).is_for_the_unit
    if conclusion is Conclusion.QUALIFIED:
        return None if is_for else Reason.MAJORITY_MISSING
    against = is_against_the_unit(facts.findings, facts.examination.resolutions)
    return Reason.MAJORITY_MISSING if is_for and not against else None
