"""Field types and lengths that several messages of the assessment service have."""

from __future__ import annotations

from typing import Any

from shared.contracts.fields import Pattern, Whole

LARGEST_AMOUNT = 10**12
"""Fen of the largest single amount of funds."""
LARGEST_AUDIENCE = 1_000_000
MOST_POINTS = 2_000
"""Points of one training."""

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def fen(**kwargs: Any) -> Whole:
    """Money in whole fen, at least one."""
    return Whole(1, LARGEST_AMOUNT, **kwargs)


def report_id(**kwargs: Any) -> Pattern:
    """A point's report of a quarter, such as `2026q1-<point_id>`: there is one of each."""
    return Pattern(
        rf"(19|20)[0-9]{{2}}q[1-4]-{_UUID}",
        "must be a year, q, a quarter from 1 to 4, a hyphen and the id of a contact point",
        longest=43,
        **kwargs,
    )


def funding_id(**kwargs: Any) -> Pattern:
    """A point's funds of a year, such as `2026-<point_id>`: there is one of each."""
    return Pattern(
        rf"(19|20)[0-9]{{2}}-{_UUID}",
        "must be a year, a hyphen and the id of a contact point",
        longest=41,
        **kwargs,
    )
