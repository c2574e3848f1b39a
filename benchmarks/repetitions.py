"""Medians of interleaved repetitions: ours, peer, limit, ours, peer, limit, …

Interleaved, since a machine does not stay the same: whatever slows it slows all of them.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import TypeVar

Say = Callable[[str], None]
K = TypeVar("K", bound=str)


def interleaved(
    name: str, variants: Mapping[K, Callable[[], float]], repetitions: int, say: Say
) -> dict[K, float]:
    """The median of each variant; `say` is told what is being measured."""
    measured: dict[K, list[float]] = {variant: [] for variant in variants}
    for repetition in range(1, repetitions + 1):
        for variant, measure in variants.items():
            say(f"{name}: {variant}, {repetition} of {repetitions}")
            measured[variant].append(measure())
    return {variant: statistics.median(values) for variant, values in measured.items()}
