"""How repetitions become figures, and figures verdicts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from benchmarks.bars import BARS, Verdict, judge
from benchmarks.figures import Figure
from benchmarks.repetitions import interleaved
from benchmarks.table import table, verdicts


def test_repetitions_take_turns_and_give_medians() -> None:
    order: list[str] = []

    def variant(name: str, values: list[float]) -> Callable[[], float]:
        turns = iter(values)

        def measure() -> float:
            order.append(name)
            return next(turns)

        return measure

    told: list[str] = []
    medians = interleaved(
        "append",
        {"ours": variant("ours", [1.0, 9.0, 2.0]), "peer": variant("peer", [5.0, 4.0, 3.0])},
        3,
        told.append,
    )

    assert order == ["ours", "peer"] * 3
    assert medians == {"ours": 2.0, "peer": 4.0}
    assert told[:2] == ["append: ours, 1 of 3", "append: peer, 1 of 3"]


def test_a_figure_without_peer_has_no_ratio_to_it() -> None:
    plain = Figure("verify", "events/s", 30.0, None, 60.0).plain()

    assert plain["ratio_to_peer"] is None
    assert plain["ratio_to_limit"] == 0.5


def test_a_bar_holds_from_its_threshold_on() -> None:
    def verify(ours: float) -> list[Verdict]:
        return judge([Figure("verify", "events/s", ours, None, 100.0)])

    assert [verdict.holds for verdict in verify(50)] == [True]
    assert [verdict.holds for verdict in verify(49.9)] == [False]
    assert verdicts(verify(49.9)).startswith("SHORT")


def test_memory_that_grows_with_the_log_is_short_of_its_bar() -> None:
    def peaks(large: float) -> list[Figure]:
        return [Figure("rebuild_10k_peak", "MiB", 60), Figure("rebuild_500k_peak", "MiB", large)]

    assert [verdict.holds for verdict in judge(peaks(70))] == [True]
    assert [verdict.holds for verdict in judge(peaks(90))] == [False]


def test_what_was_not_measured_is_not_judged() -> None:
    assert judge([]) == []


def test_with_every_figure_there_every_bar_is_judged_and_told() -> None:
    numbers = count(1)
    names = sorted({name for bar in BARS for name in bar.of})
    figures = [Figure(name, "events/s", next(numbers), 1.0, 2.0) for name in names]

    judged = judge(figures)

    assert [verdict.bar for verdict in judged] == list(BARS)
    assert all(bar.text in verdicts(judged) for bar in BARS)
    assert all(name in table(figures) for name in names)
