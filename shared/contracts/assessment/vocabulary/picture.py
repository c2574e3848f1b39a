"""Closed lists of the supervision picture."""

from __future__ import annotations

from enum import StrEnum


class Grouping(StrEnum):
    """By what the supervision picture is told."""

    BODY = "body"
    DIVISION = "division"
    KIND = "kind"
    MONTH = "month"
