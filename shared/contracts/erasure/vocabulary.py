"""The words of erasure (PIPL article 47)."""

from __future__ import annotations

from enum import StrEnum


class ErasureGround(StrEnum):
    """Why something is to be erased: its subject asks for it, or it has been kept long enough."""

    SUBJECT_ASKS = "subject_asks"
    RETENTION_OVER = "retention_over"


class ErasureScope(StrEnum):
    """What of it: everything that was told, or who told it alone."""

    WHOLE = "whole"
    REPORTER = "reporter"


class ErasureStatus(StrEnum):
    """`approved`: by one leader, who alone erases nothing."""

    ABSENT = "absent"
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    LOCKED = "locked"
    ERASED = "erased"


class LockGround(StrEnum):
    """Why the law has it kept, unread: a period set by law runs, or proceedings need it."""

    KEEPING_BY_LAW = "keeping_by_law"
    PROCEEDINGS = "proceedings"
