"""Closed lists of what is kept of the registry."""

from __future__ import annotations

from enum import StrEnum


class KnownStanding(StrEnum):
    """How a contact point stands, as the registry has told it."""

    ABSENT = "absent"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RETIRED = "retired"
