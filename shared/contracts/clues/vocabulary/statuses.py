"""Where things stand."""

from __future__ import annotations

from enum import StrEnum


class ClueStatus(StrEnum):
    """A clue's way; `closed` is not its end, since it must be told back."""

    ABSENT = "absent"
    FILED = "filed"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    ANSWERED = "answered"
    VERIFYING = "verifying"
    PAUSED = "paused"
    VERIFIED = "verified"
    JOINED = "joined"
    CLOSED = "closed"
    FED_BACK = "fed_back"
    TOLD = "told"


class OpinionStatus(StrEnum):
    """`answered`: the bureau has answered and its point knows; `told`: its source does.

    taken: it is handled as a clue
    """

    ABSENT = "absent"
    FILED = "filed"
    ANSWERED = "answered"
    TOLD = "told"
    TAKEN = "taken"


class BoxStatus(StrEnum):
    ABSENT = "absent"
    PLACED = "placed"
    REMOVED = "removed"


class SymposiumStatus(StrEnum):
    ABSENT = "absent"
    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"


class ThemeStatus(StrEnum):
    """`watched`: counted, and not yet enough to be a theme."""

    ABSENT = "absent"
    WATCHED = "watched"
    RAISED = "raised"
    CONCLUDED = "concluded"


class ProposalStatus(StrEnum):
    ABSENT = "absent"
    OPEN = "open"
    COMPLETED = "completed"
    DROPPED = "dropped"
