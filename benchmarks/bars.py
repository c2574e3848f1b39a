"""What the figures must reach; short of a bar, docs/benchmarks.md says what limits it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.figures import Figure

_Named = Mapping[str, Figure]


@dataclass(frozen=True)
class Bar:
    """`value` of the figures is to be at least `least`; it needs the figures called `of`."""

    text: str
    of: tuple[str, ...]
    value: Callable[[_Named], float | None]
    least: float


@dataclass(frozen=True)
class Verdict:
    """A bar, and what was reached."""

    bar: Bar
    reached: float

    @property
    def holds(self) -> bool:
        return self.reached >= self.bar.least


def _to_peer(name: str, least: float) -> Bar:
    text = f"{name} is at least {least:g} times its peer"
    return Bar(text, (name,), lambda named: named[name].ratio_to_peer, least)


def _to_limit(name: str, least: float) -> Bar:
    text = f"{name} is at least {least:.0%} of its limit"
    return Bar(text, (name,), lambda named: named[name].ratio_to_limit, least)


def _of_each_other(text: str, above: str, below: str, least: float) -> Bar:
    return Bar(text, (above, below), lambda named: named[above].ours / named[below].ours, least)


BARS = (
    _to_peer("append_8_writers", 4),
    _to_limit("append_8_writers", 0.5),
    _to_peer("append_8_writers_batch50", 4),
    _to_limit("append_8_writers_batch50", 0.5),
    _to_limit("relay", 0.5),
    _to_peer("projection", 40),
    _to_limit("subscription", 0.5),
    _of_each_other(
        "the rate of rebuild_500k is at least 80% of that of rebuild_10k",
        "rebuild_500k",
        "rebuild_10k",
        0.8,
    ),
    _of_each_other(
        "rebuild_10k's peak memory is at least 80% of rebuild_500k's: it stays flat",
        "rebuild_10k_peak",
        "rebuild_500k_peak",
        0.8,
    ),
    _to_limit("verify", 0.5),
)


def judge(figures: Sequence[Figure]) -> list[Verdict]:
    """A verdict for each bar whose figures were measured."""
    named = {figure.name: figure for figure in figures}
    return [
        Verdict(bar, reached)
        for bar in BARS
        if all(name in named for name in bar.of) and (reached := bar.value(named)) is not None
    ]
