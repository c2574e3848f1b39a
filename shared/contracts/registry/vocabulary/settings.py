"""What settings are about."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """What an enterprise's size is judged by: persons, or 10,000 yuan."""

    STAFF = "staff"
    REVENUE_WAN = "revenue_wan"
    ASSETS_WAN = "assets_wan"
