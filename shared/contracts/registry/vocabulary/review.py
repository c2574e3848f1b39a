"""What a qualification review records beside its checks."""

from __future__ import annotations

from enum import StrEnum


class RecusalGround(StrEnum):
    """Why somebody stays out of a review (回避): told by themselves, or found by rule."""

    SELF_DECLARED = "self_declared"
    SAME_UNIT = "same_unit"
    RECOMMENDER = "recommender"
    COMPETITOR = "competitor"


class FlagResolution(StrEnum):
    """What a person decided of a check that was flagged."""

    CLEARED = "cleared"
    UPHELD = "upheld"


class PartyOrganisation(StrEnum):
    """Which party organisation a unit has, if any."""

    NONE = "none"
    JOINT_BRANCH = "joint_branch"
    BRANCH = "branch"
    GENERAL_BRANCH = "general_branch"
    COMMITTEE = "committee"


class OpinionSource(StrEnum):
    """Who is asked for an opinion on an applicant."""

    STREET = "street"
    ENFORCEMENT_BODY = "enforcement_body"


class OpinionView(StrEnum):
    """What whoever was asked thinks of the applicant."""

    SUPPORTS = "supports"
    NO_OBJECTION = "no_objection"
    CONCERNS = "concerns"
    OPPOSES = "opposes"


class ReviewStep(StrEnum):
    """What a review must have on record beside its checks, where the settings ask for it."""

    VISIT_OR_TALK = "visit_or_talk"
    STREET_OPINION = "street_opinion"
    ENFORCEMENT_BODY_OPINION = "enforcement_body_opinion"
    OPINION_ANSWER = "opinion_answer"
