"""Where an application stands, and why."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    RECOMMENDED = "recommended"
    SELF_NOMINATED = "self_nominated"


class ApplicationStatus(StrEnum):
    """Where an application is on its way from submission to designation or rejection."""

    ABSENT = "absent"
    SUBMITTED = "submitted"
    SUPPLEMENTING = "supplementing"
    UNDER_REVIEW = "under_review"
    QUALIFIED = "qualified"
    LISTED = "listed"
    RESERVE = "reserve"
    LEFT_OUT = "left_out"
    ON_NOTICE = "on_notice"
    DESIGNATED = "designated"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Check(StrEnum):
    """The checks on each application."""

    BUSINESS_LICENCE = "business_licence"
    TAX_REGISTRATION = "tax_registration"
    VIOLATIONS_AND_PENALTIES = "violations_and_penalties"
    TAX_ARREARS = "tax_arrears"
    WAGE_ARREARS = "wage_arrears"
    DISHONEST_DEBTOR_LIST = "dishonest_debtor_list"
    POLITICAL_DIRECTION = "political_direction"
    STREET_OPINION = "street_opinion"
    ENFORCEMENT_BODY_OPINION = "enforcement_body_opinion"
    GOVERNANCE_ABILITY = "governance_ability"


class Finding(StrEnum):
    """What a check found. `flagged`: a person decides, with reasons."""

    PASSED = "passed"
    FLAGGED = "flagged"
    FAILED = "failed"


class Conclusion(StrEnum):
    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not_qualified"


class RejectionStage(StrEnum):
    FORMAL_CHECK = "formal_check"
    REVIEW = "review"
    NOTICE = "notice"
    STRIKING_OFF = "striking_off"


class RejectionGround(StrEnum):
    INELIGIBLE_UNIT = "ineligible_unit"
    DOCUMENTS_INCOMPLETE = "documents_incomplete"
    NOT_RECOMMENDED = "not_recommended"
    PENALTY_WITHIN_YEAR = "penalty_within_year"
    SERIOUS_ILLEGALITY = "serious_illegality"
    DISHONEST_DEBTOR = "dishonest_debtor"
    WAGE_ARREARS = "wage_arrears"
    TAX_ARREARS = "tax_arrears"
    POLITICAL_DIRECTION = "political_direction"
    WEAK_GOVERNANCE = "weak_governance"
    OBJECTION_SUSTAINED = "objection_sustained"
