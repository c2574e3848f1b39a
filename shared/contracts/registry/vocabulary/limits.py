"""What runs to a day and then leads to something by itself."""

from __future__ import annotations

from enum import StrEnum


class LimitName(StrEnum):
    """Limits of the registry. What falls due at each: `services/registry/limits.py`."""

    FORMAL_CHECK = "formal_check"
    SUPPLEMENT = "supplement"
    OPINION = "opinion"
    OBJECTION_VERIFICATION = "objection_verification"
    MEETING_TASK = "meeting_task"
    TERM_REMINDER = "term_reminder"
    TERM_END = "term_end"
    STATEMENT = "statement"
    PLAQUE_RETURN = "plaque_return"
