"""What is done about a clue or an opinion."""

from __future__ import annotations

from enum import StrEnum


class DeclineGround(StrEnum):
    """The only grounds on which a clue may be declined (rules.md section 2)."""

    NO_CONCRETE_LEAD = "no_concrete_lead"
    PENDING_ELSEWHERE = "pending_elsewhere"
    NOT_ENFORCEMENT = "not_enforcement"


class TieKind(StrEnum):
    """Why somebody stays out of a case (回避)."""

    WORKS_THERE = "works_there"
    RELATIVE = "relative"
    INTEREST = "interest"
    OTHER_TIE = "other_tie"


class ReferralTarget(StrEnum):
    """To whom a clue is referred: the body complained of, or another authority."""

    BODY = "body"
    OTHER_AUTHORITY = "other_authority"


class ReplyPart(StrEnum):
    """What a body's answer must state."""

    FACTS = "facts"
    BASIS = "basis"
    ACTION = "action"
    REFUND = "refund"


class VerificationMeans(StrEnum):
    """How a step of a verification was taken."""

    CASE_FILE = "case_file"
    INTERVIEW = "interview"
    SITE_VISIT = "site_visit"
    LETTER = "letter"
    EXPERT_OPINION = "expert_opinion"


class PauseGround(StrEnum):
    """What a paused verification waits for."""

    COURT = "court"
    EXPERT = "expert"
    OTHER_PROCEDURE = "other_procedure"
    FORCE_MAJEURE = "force_majeure"


class ClueFinding(StrEnum):
    """What the verification came to."""

    SUBSTANTIATED = "substantiated"
    PARTLY_SUBSTANTIATED = "partly_substantiated"
    UNSUBSTANTIATED = "unsubstantiated"


class OutcomeKind(StrEnum):
    """What a clue that was substantiated leads to."""

    DISCIPLINE = "discipline"
    NOTICE = "notice"
    SUPERVISION_OPINION = "supervision_opinion"
    SUPERVISION_DECISION = "supervision_decision"
    CORRECTION = "correction"
    REFUND = "refund"


DOCUMENTS = (
    OutcomeKind.NOTICE,
    OutcomeKind.SUPERVISION_OPINION,
    OutcomeKind.SUPERVISION_DECISION,
)
"""Outcomes that go to the body as a document with a number."""


class FeedbackMeans(StrEnum):
    """How a reporter or a point was told."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    BY_LETTER = "by_letter"
    POSTED = "posted"


class Satisfaction(StrEnum):
    """How a reporter rates what came of it; `not_solved` reopens the case within its days."""

    SATISFIED = "satisfied"
    PARTLY_SATISFIED = "partly_satisfied"
    NOT_SOLVED = "not_solved"


class OpinionResolution(StrEnum):
    """What became of an opinion."""

    ADOPTED = "adopted"
    EXPLAINED = "explained"
    KEPT_ON_FILE = "kept_on_file"


class ProposalResult(StrEnum):
    """What a proposal for improvement has changed."""

    RULE_CHANGED = "rule_changed"
    PRACTICE_CHANGED = "practice_changed"
