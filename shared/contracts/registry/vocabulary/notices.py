"""What becomes of an objection."""

from __future__ import annotations

from enum import StrEnum


class ObjectionOutcome(StrEnum):
    SUSTAINED = "sustained"
    OVERRULED = "overruled"
