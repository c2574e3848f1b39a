"""Figures out of sums: shares, days that most cases took, and ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Histogram = Mapping[str, int]
"""Whole days -> how many cases took so many."""


def share(part: int, whole: int) -> int | None:
    """Part of the whole in hundredths of a percent, rounded half up; null of nothing."""
    return None if whole == 0 else (part * 20_000 + whole) // (2 * whole)


def percentile(histogram: Histogram, percent: int) -> int | None:
    """The fewest days within which so many percent of the cases were done (nearest rank).

    Exact, since a histogram has every case; null of none. `percent` from 1 to 100.
    """
    total = sum(histogram.values())
    reached, rank = 0, -(-total * percent // 100)
    for days in sorted(histogram, key=int):
        reached += histogram[days]
        if total and reached >= rank:
            return int(days)
    return None


def merged(histograms: Sequence[Histogram]) -> dict[str, int]:
    """Of several groups of cases together."""
    together: dict[str, int] = {}
    for histogram in histograms:
        for days, number in histogram.items():
            together[days] = together.get(days, 0) + number
    return together


def ranks(values: Mapping[str, int | None], cases: Mapping[str, int], least: int) -> dict[str, int]:
    """Places from the largest value on, equal ones sharing theirs; of those with enough cases.

    Nobody is ranked on a handful of cases (rules.md section 3): with fewer than `least`, or
    without a value, one has no place.
    """
    ranked = {name: its for name, its in values.items() if its is not None and cases[name] >= least}
    ordered = sorted(ranked.values(), reverse=True)
    return {name: ordered.index(its) + 1 for name, its in ranked.items()}
