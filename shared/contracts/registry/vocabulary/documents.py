"""What documents belong to an application."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """The first six come from the applicant, the rest from the bureau's review."""

    BUSINESS_LICENCE = "business_licence"
    TAX_REGISTRATION = "tax_registration"
    RECOMMENDATION_FORM = "recommendation_form"
    COMMITMENT = "commitment"
    GOVERNANCE_RULES = "governance_rules"
    OTHER = "other"
    REVIEW_EVIDENCE = "review_evidence"
    VISIT_RECORD = "visit_record"
    OPINION_ANSWER = "opinion_answer"
    OBJECTION_EVIDENCE = "objection_evidence"
