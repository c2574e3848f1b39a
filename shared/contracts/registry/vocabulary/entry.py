"""What happens to an application before its formal check is passed."""

from __future__ import annotations

from enum import StrEnum


class Recommendation(StrEnum):
    """Whether the recommender that an application names stands by it."""

    NOT_NEEDED = "not_needed"
    AWAITED = "awaited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
