"""Figures out of sums: exact, and no place on a few cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.domain.picture import merged, percentile, ranks, share

days = st.lists(st.integers(0, 400), max_size=40)


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
