"""Counts as others may see them: no small one, and none that follows from what is shown."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.domain.suppression import suppressed

NAMES = "甲乙丙丁"
Seen = tuple[tuple[int | None, ...], int | None]
counts = st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(0, 12), max_size=6)


def seen(numbers: tuple[int, ...], below: int) -> Seen:
    """What another sees of them: the counts, and the total where it is shown."""
    shown, with_total = suppressed(dict(zip(NAMES, numbers, strict=False)), below)
    return tuple(shown.values()), sum(numbers) if with_total else None


@pytest.mark.parametrize(("below", "number"), [(4, 1), (4, 2), (4, 3), (4, 4), (5, 2), (5, 3)])
def test_no_hidden_count_follows_for_somebody_who_knows_the_rule(below: int, number: int) -> None:
    """Of all counts that are seen alike, none that is hidden is the same in all."""
    largest = below + 2
    alike: dict[Seen, list[set[int]]] = defaultdict(lambda: [set() for _ in range(number)])
    asked: set[Seen] = set()
    for numbers in product(range(largest + 3 * below), repeat=number):
        its = seen(numbers, below)
        for values, each in zip(alike[its], numbers, strict=True):
            values.add(each)
        if max(numbers) <= largest:
            asked.add(its)
    for its in asked:
        for shown, values in zip(its[0], alike[its], strict=True):
            assert shown is not None or len(values) > 1, its


def test_one_beside_the_smallest_large_enough_would_follow_below_four() -> None:
    with pytest.raises(ValueError, match="below 3"):
        suppressed({"甲": 1, "乙": 3}, 3)


@given(counts)
def test_what_is_shown_is_true_and_never_small(counted: dict[str, int]) -> None:
    shown, _ = suppressed(counted, 5)
    for name, its in shown.items():
        assert its is None or (its == counted[name] and (its == 0 or its >= 5))


@given(counts)
def test_what_is_large_enough_everywhere_is_shown_as_it_is(counted: dict[str, int]) -> None:
    large = {name: its * 5 for name, its in counted.items()}
    assert suppressed(large, 5) == (large, True)
