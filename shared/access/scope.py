"""Which divisions an actor's role reaches: its own, and what lies below it (GB/T 2260)."""

from __future__ import annotations


def covers(scope: str | None, division: str) -> bool:
    """Whether a role held for `scope` reaches `division`; None reaches everything.

    A code ending in 0000 is a province, one ending in 00 a prefecture-level city.
    """
    if scope is None or scope == division:
        return True
    if scope.endswith("0000"):
        return division.startswith(scope[:2])
    return scope.endswith("00") and division.startswith(scope[:4])
