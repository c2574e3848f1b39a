"""What a point can be on record as having done, or left undone (glossary: duty record)."""

from __future__ import annotations

from enum import StrEnum


class DutyKind(StrEnum):
    """What one event of any log says of one point."""

    OPINION_PASSED_ON = "opinion_passed_on"
    CLUE_REPORTED = "clue_reported"
    OPINION_ADOPTED = "opinion_adopted"
    OPINION_EXPLAINED = "opinion_explained"
    CLUE_SUBSTANTIATED = "clue_substantiated"
    CLUE_UNSUBSTANTIATED = "clue_unsubstantiated"
    """Shown and never held against the point (rules.md section 3, fairness)."""
    FEEDBACK_RELAYED = "feedback_relayed"
    BOX_EMPTIED = "box_emptied"
    SYMPOSIUM_HELD = "symposium_held"
    ACTIVITY_INVITED = "activity_invited"
    ACTIVITY_ATTENDED = "activity_attended"
    ACTIVITY_MISSED = "activity_missed"
    ACTIVITY_DECLINED = "activity_declined"
    BODY_RATED = "body_rated"
    PUBLICITY_CONFIRMED = "publicity_confirmed"
    TRAINING_ATTENDED = "training_attended"
    TRAINING_MISSED = "training_missed"
    QUARTERLY_REPORT = "quarterly_report"
    WARNED = "warned"
    SUSPENDED = "suspended"


class PublicityForm(StrEnum):
    """How a point made the scheme or the law known."""

    LECTURE = "lecture"
    LEAFLETS = "leaflets"
    NOTICE_BOARD = "notice_board"
    ONLINE = "online"
    CONSULTATION = "consultation"
    OTHER = "other"


class PublicityStatus(StrEnum):
    """Where a publicity activity stands: the bureau confirms it or asks for more."""

    ABSENT = "absent"
    RECORDED = "recorded"
    RETURNED = "returned"
    CONFIRMED = "confirmed"


class TrainingStatus(StrEnum):
    """Where a training stands."""

    ABSENT = "absent"
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ReportStatus(StrEnum):
    """Where a quarterly report stands."""

    ABSENT = "absent"
    HANDED_IN = "handed_in"
    RETURNED = "returned"


class PointQuestionStatus(StrEnum):
    """Where a point's question to its bureau stands."""

    ABSENT = "absent"
    ASKED = "asked"
    ANSWERED = "answered"


class FundingStatus(StrEnum):
    """Whether a point has funds of a year."""

    ABSENT = "absent"
    OPEN = "open"
