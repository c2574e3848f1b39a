"""What the bureau and a reporter say to each other, and follow-ups of one who suffers for it."""

from __future__ import annotations

from enum import StrEnum


class DialogueStatus(StrEnum):
    ABSENT = "absent"
    OPEN = "open"


class QuestionStanding(StrEnum):
    """`lapsed`: not answered in its days; an answer is still taken."""

    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"


class FollowUpStatus(StrEnum):
    """`done`: all that were planned are over, and nobody suffered by the last."""

    ABSENT = "absent"
    RUNNING = "running"
    DONE = "done"


class FollowUpMeans(StrEnum):
    """How a reporter was asked how they fare; `not_reached`: they could not be."""

    BY_PHONE = "by_phone"
    IN_PERSON = "in_person"
    ONLINE = "online"
    NOT_REACHED = "not_reached"
