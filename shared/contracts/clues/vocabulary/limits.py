"""The limits of a clue and of an opinion, and what happens as one passes."""

from __future__ import annotations

from enum import StrEnum


class ClueLimit(StrEnum):
    """Names of the limits that run."""

    ACCEPTANCE = "acceptance"
    ANSWER = "answer"
    VERIFICATION = "verification"
    OVERALL = "overall"
    CORRECTION = "correction"
    REPORT = "report"
    REFUND_PAYMENT = "refund_payment"
    FEEDBACK = "feedback"
    RELAY = "relay"
    OPINION = "opinion"
    QUESTION = "question"
    FOLLOW_UP = "follow_up"


PAUSABLE = (
    ClueLimit.ANSWER,
    ClueLimit.CORRECTION,
    ClueLimit.REPORT,
    ClueLimit.REFUND_PAYMENT,
    ClueLimit.OVERALL,
)
"""Those that may wait for somebody outside of the case; a verification is paused with its work."""


class AlarmStage(StrEnum):
    """What is raised of a limit, in this order: at 80 % of it, when it is past, and after that."""

    YELLOW = "yellow"
    RED = "red"
    NUDGE = "nudge"
    SUPERVISE = "supervise"
    PUBLISH = "publish"
