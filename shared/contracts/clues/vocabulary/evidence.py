"""Whose evidence is."""

from __future__ import annotations

from enum import StrEnum


class EvidenceSource(StrEnum):
    """Who brought a file to a case: reporter, their point, bureau, or the body that paid."""

    REPORTER = "reporter"
    POINT = "point"
    BUREAU = "bureau"
    BODY = "body"
