"""Which divisions an actor's role reaches: its own, and what lies below it (GB/T 2260)."""

from __future__ import annotations


def covers(scope: str | None, division: str) -> bool:
    """Whether a role held for `scope` reaches `division`; None reaches everything.

    A code ending in 0000 is a province, one ending in 00 a prefecture-level city.
    """
    return division.startswith(prefix(scope))


def prefix(scope: str | None) -> str:
    """What every division code that a role held for `scope` reaches begins with."""
    if scope is None:
        return ""
    if scope.endswith("0000"):
        return scope[:2]
    return scope[:4] if scope.endswith("00") else scope


def above(scope: str | None) -> list[str]:
    """The divisions that a role held for `scope` lies in: its province, its city and itself."""
    if scope is None:
        return []
    return sorted({f"{scope[:2]}0000", f"{scope[:4]}00", scope})


def is_city(scope: str | None) -> bool:
    """Whether a role held for `scope` is the whole city's, and no district's or county's."""
    return scope is None or scope.endswith("00")


def reaches(scope: str | None, other: str | None) -> bool:
    """Whether a role held for `scope` reaches all that one held for `other` does."""
    return scope is None or (other is not None and covers(scope, other))
