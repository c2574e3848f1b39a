"""What is told, how, and by whom (rules.md section 2; the speech, part 3 (1))."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """How something came in."""

    OPINION_BOX = "opinion_box"
    SYMPOSIUM = "symposium"
    VISIT = "visit"
    FORM = "form"
    POINT = "point"
    BUREAU = "bureau"
    HOTLINE = "hotline"


class Nature(StrEnum):
    """What an entry is: a comment on how things are done, or an alleged wrong."""

    OPINION = "opinion"
    CLUE = "clue"


class Reporting(StrEnum):
    """How a reporter is known: to all who work on it, to the bureau alone, or to nobody."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class ClueKind(StrEnum):
    """What is alleged: the speech's list, and the campaign's of 2025-26."""

    ILLEGAL_FEE = "illegal_fee"
    ILLEGAL_FINE = "illegal_fine"
    ILLEGAL_LEVY = "illegal_levy"
    INACTION = "inaction"
    SLOW_ACTION = "slow_action"
    ABUSIVE_ACTION = "abusive_action"
    ABUSIVE_INSPECTION = "abusive_inspection"
    ABUSIVE_SEIZURE = "abusive_seizure"
    EXCESSIVE_INSPECTION = "excessive_inspection"
    CROSS_REGION_ENFORCEMENT = "cross_region_enforcement"
    PROFIT_DRIVEN_ENFORCEMENT = "profit_driven_enforcement"
    RETALIATION = "retaliation"
    OTHER = "other"


class OpinionTopic(StrEnum):
    """What an opinion is about (glossary)."""

    PROCEDURE = "procedure"
    MANNER = "manner"
    ATTITUDE = "attitude"
    EFFICIENCY = "efficiency"
    RULE_PROPOSAL = "rule_proposal"
