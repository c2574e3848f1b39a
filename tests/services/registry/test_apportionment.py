"""Spreads of places that the bureau is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.apportionment import largest_remainder, sainte_lague

Method = Callable[..., dict[str, int]]
METHODS: list[Method] = [largest_remainder, sainte_lague]
both = pytest.mark.parametrize("method", METHODS)
weights = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 10**6)).filter(
    lambda its: sum(its.values()) > 0
)


def test_the_largest_remainder_gets_the_last_place() -> None:
    # Shares of 10 places: 4.7, 1.6, 1.58, 1.2, 0.61, 0.31
    votes = {"a": 47_000, "b": 16_000, "c": 15_800, "d": 12_000, "e": 6_100, "f": 3_100}
    assert largest_remainder(10, votes) == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}


def test_sainte_lague_gives_each_place_to_the_greatest_quotient() -> None:
    assert sainte_lague(7, {"a": 53_000, "b": 24_000, "c": 23_000}) == {"a": 3, "b": 2, "c": 2}


@both
def test_a_minimum_lifts_the_small_and_the_others_share_the_rest(method: Method) -> None:
    spread = method(10, {"a": 96, "b": 2, "c": 2}, {"b": 1, "c": 1})
    assert spread == {"a": 8, "b": 1, "c": 1}


@both
def test_a_district_without_weight_gets_its_minimum_alone(method: Method) -> None:
    assert method(5, {"a": 10, "b": 0}, {"b": 1}) == {"a": 4, "b": 1}


@both
def test_ties_go_to_the_lower_name(method: Method) -> None:
    assert method(1, {"b": 5, "a": 5}) == {"a": 1, "b": 0}


@both
@pytest.mark.parametrize(
    ("places", "its", "minimums", "said"),
    [
        (1, {"a": 1, "b": 1}, {"a": 1, "b": 1}, "need 2 of 1"),
        (3, {"a": 0}, {}, "one is above 0"),
        (3, {"a": 1}, {"b": 1}, "without a weight"),
    ],
)
def test_what_cannot_be_spread_is_refused(
    method: Method, places: int, its: dict[str, int], minimums: dict[str, int], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        method(places, its, minimums)


@both
@given(weights, st.data())
def test_all_places_are_given_and_no_minimum_is_missed(
    method: Method, its: dict[str, int], data: st.DataObject
) -> None:
    minimums = {name: data.draw(st.integers(0, 3)) for name in its}
    places = data.draw(st.integers(sum(minimums.values()), sum(minimums.values()) + 40))
    spread = method(places, its, minimums)
    assert sum(spread.values()) == places
    assert all(spread[name] >= minimums[name] for name in its)


@given(weights, st.integers(0, 200))
def test_the_largest_remainder_never_leaves_its_quota(its: dict[str, int], places: int) -> None:
    total = sum(its.values())
    for name, given_places in largest_remainder(places, its).items():
        share = places * its[name] / total
        assert int(share) <= given_places + 1e-9
        assert given_places <= -int(-share // 1)


@given(weights, st.integers(0, 60))
def test_another_place_takes_none_away_under_sainte_lague(its: dict[str, int], places: int) -> None:
    fewer, more = sainte_lague(places, its), sainte_lague(places + 1, its)
    assert all(more[name] >= fewer[name] for name in its)
