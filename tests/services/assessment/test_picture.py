"""Figures out of sums: exact, and telling others of no single person."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.domain.picture import merged, percentile, ranks, share, suppressed

days = st.lists(st.integers(0, 400), max_size=40)
counts = st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(0, 12), max_size=6)


def histogram(spans: list[int]) -> dict[str, int]:
    return {str(its): spans.count(its) for its in spans}


def test_the_speechs_158_of_326_are_48_5_percent() -> None:
    its = share(158, 326)
    assert its == 4847
    assert f"{its / 100:.1f} %" == "48.5 %"
    assert share(0, 0) is None


@given(days, st.integers(1, 100))
def test_a_percentile_is_that_of_the_sorted_cases(spans: list[int], percent: int) -> None:
    ordered = sorted(spans)
    expected = ordered[-(-len(spans) * percent // 100) - 1] if spans else None
    assert percentile(histogram(spans), percent) == expected


@given(days, days)
def test_groups_together_are_as_if_counted_together(some: list[int], others: list[int]) -> None:
    assert merged([histogram(some), histogram(others)]) == histogram([*some, *others])


@pytest.mark.parametrize(
    ("values", "cases", "expected"),
    [
        ({"甲": 5000, "乙": 9000}, {"甲": 30, "乙": 3}, {"甲": 1}),
        ({"甲": 5000, "乙": 5000, "丙": 4000}, {"甲": 10, "乙": 10, "丙": 10},
         {"甲": 1, "乙": 1, "丙": 3}),
        ({"甲": None}, {"甲": 99}, {}),
    ],
)  # fmt: skip
def test_nobody_is_ranked_on_three_cases(
    values: dict[str, int | None], cases: dict[str, int], expected: dict[str, int]
) -> None:
    assert ranks(values, cases, 10) == expected


@given(counts)
def test_no_hidden_count_follows_from_what_is_shown(counted: dict[str, int]) -> None:
    """Whoever knows the rule finds at least two values that each hidden count may have."""
    shown, total_shown = suppressed(counted, 5)
    hidden = [name for name, its in shown.items() if its is None]
    assert all(its is None or its == 0 or its >= 5 for its in shown.values())
    assert {n: i for n, i in shown.items() if i is not None}.items() <= counted.items()
    if not hidden:
        assert total_shown
        return
    if not total_shown:
        return
    rest = sum(counted.values()) - sum(its for its in shown.values() if its is not None)
    possible = [
        its
        for its in itertools.product(range(1, rest + 1), repeat=len(hidden))
        if sum(its) == rest
    ] if len(hidden) <= 3 and rest <= 30 else None  # fmt: skip
    if possible is not None:
        for place in range(len(hidden)):
            assert len({its[place] for its in possible}) > 1


@given(counts)
def test_what_is_large_enough_everywhere_is_shown_as_it_is(counted: dict[str, int]) -> None:
    large = {name: its * 5 for name, its in counted.items()}
    assert suppressed(large, 5) == (large, True)
