"""What becomes of an objection, and how a unit leaves a notice without one."""

from __future__ import annotations

from enum import StrEnum


class ObjectionOutcome(StrEnum):
    SUSTAINED = "sustained"
    OVERRULED = "overruled"


class Departure(StrEnum):
    """Why a unit stands on a notice no more: it took its application back, or a meeting decided."""

    WITHDRAWN = "withdrawn"
    STRUCK_OFF = "struck_off"
