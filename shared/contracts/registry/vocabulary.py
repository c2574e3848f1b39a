"""Closed vocabularies of the registry; the words are the glossary's."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    """What may become a contact point (rules of selection: who may apply)."""

    ENTERPRISE = "enterprise"
    INDIVIDUAL_BUSINESS = "individual_business"
    VILLAGE_COMMUNITY = "village_community"
    CHAMBER = "chamber"


class IndustryGroup(StrEnum):
    """The scheme's five groups, over which places are spread."""

    MANUFACTURING = "manufacturing"
    SERVICES = "services"
    RETAIL = "retail"
    VILLAGE_COMMUNITY = "village_community"
    CHAMBER = "chamber"


class Size(StrEnum):
    """Size classes. Villages and chambers declare one, for coverage only."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"
    INDIVIDUAL = "individual"
    NOT_APPLICABLE = "not_applicable"


class Trade(StrEnum):
    """Which limits of staff and revenue a unit's size is judged by."""

    INDUSTRY = "industry"
    RETAIL = "retail"
    HOTEL_CATERING = "hotel_catering"
    STORAGE = "storage"
    TRANSPORT = "transport"
    CONSTRUCTION = "construction"


class Channel(StrEnum):
    RECOMMENDED = "recommended"
    SELF_NOMINATED = "self_nominated"


class ApplicationStatus(StrEnum):
    """Where an application is on its way from submission to designation or rejection."""

    ABSENT = "absent"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    QUALIFIED = "qualified"
    LISTED = "listed"
    ON_NOTICE = "on_notice"
    DESIGNATED = "designated"
    REJECTED = "rejected"


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


class RejectionGround(StrEnum):
    INELIGIBLE_UNIT = "ineligible_unit"
    DOCUMENTS_INCOMPLETE = "documents_incomplete"
    PENALTY_WITHIN_YEAR = "penalty_within_year"
    SERIOUS_ILLEGALITY = "serious_illegality"
    DISHONEST_DEBTOR = "dishonest_debtor"
    WAGE_ARREARS = "wage_arrears"
    TAX_ARREARS = "tax_arrears"
    POLITICAL_DIRECTION = "political_direction"
    WEAK_GOVERNANCE = "weak_governance"
    OBJECTION_SUSTAINED = "objection_sustained"


class ObjectionOutcome(StrEnum):
    SUSTAINED = "sustained"
    OVERRULED = "overruled"


class RetirementGround(StrEnum):
    """Why a point retires: must (the first six), other (the rest)."""

    DISHONEST_DEBTOR = "dishonest_debtor"
    SERIOUS_ILLEGALITY = "serious_illegality"
    LEAKING = "leaking"
    ABUSING_TITLE = "abusing_title"
    FALSE_PAPERS = "false_papers"
    INVENTED_CLUE = "invented_clue"
    WOUND_UP = "wound_up"
    OWN_WISH = "own_wish"
    TERM_OVER = "term_over"
    INACTIVE_YEAR = "inactive_year"
    NO_LONGER_QUALIFIED = "no_longer_qualified"
