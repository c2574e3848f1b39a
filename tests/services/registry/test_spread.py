"""Spreads that a bureau is shown: every weighting, exact, with the points in office counted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.settings import Settings
from services.registry.domain.spread import Ground, propose
from shared.contracts.errors import Refused
from shared.contracts.registry.events import DistrictFigure
from shared.contracts.registry.vocabulary import Apportionment, Weighting

DISTRICTS = [f"4302{number:02}" for number in range(1, 8)]


def figure(division: str, entities: int, output: int | None = None) -> DistrictFigure:
    return DistrictFigure(division=division, market_entities=entities, output_wan=output)


def spread(
    places: int,
    *figures: DistrictFigure,
    weighting: Weighting = Weighting.MARKET_ENTITIES,
    method: Apportionment = Apportionment.LARGEST_REMAINDER,
    present: dict[str, int] | None = None,
    settings: Settings | None = None,
) -> dict[str, int]:
    ground = Ground(2025, figures, present or {})
    its = propose(places, ground, method, weighting, settings or Settings())
    return {share.division: share.places for share in its.districts}


TWO = (figure("430201", 100, 100), figure("430202", 100, 300))


def test_places_follow_market_entities_output_or_both_as_the_settings_mix_them() -> None:
    assert spread(8, *TWO) == {"430201": 4, "430202": 4}
    assert spread(8, *TWO, weighting=Weighting.OUTPUT) == {"430201": 2, "430202": 6}
    assert spread(8, *TWO, weighting=Weighting.MIXED) == {"430201": 3, "430202": 5}
    only_output = Settings(output_percent=100)
    mixed = spread(8, *TWO, weighting=Weighting.MIXED, settings=only_output)
    assert mixed == {"430201": 2, "430202": 6}


def test_a_district_that_has_points_gets_fewer_of_the_new_places() -> None:
    assert spread(4, *TWO, present={"430201": 4}) == {"430201": 0, "430202": 4}


def test_nobody_loses_a_point_where_there_are_too_many_already() -> None:
    assert spread(2, *TWO, present={"430201": 9}) == {"430201": 0, "430202": 2}


def test_every_district_gets_its_least_as_far_as_there_are_places_for_all() -> None:
    many = [figure(name, 1_000 if name == DISTRICTS[0] else 1) for name in DISTRICTS]
    assert set(spread(7, *many).values()) == {1}
    assert spread(6, *many)[DISTRICTS[0]] == 6
    settings = Settings(district_places=0)
    assert spread(7, *many, settings=settings)[DISTRICTS[0]] == 7


@pytest.mark.parametrize("weighting", [Weighting.OUTPUT, Weighting.MIXED])
def test_a_spread_by_output_needs_the_output_of_every_district(weighting: Weighting) -> None:
    for figures in [(TWO[0], figure("430202", 5)), (figure("430201", 5, 0),)]:
        with pytest.raises(Refused) as refusal:
            spread(3, *figures, weighting=weighting)
        assert refusal.value.reason == "figures_missing"


FIGURES = st.dictionaries(
    st.sampled_from(DISTRICTS),
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**9)),
    min_size=1,
).filter(lambda its: all(sum(column) for column in zip(*its.values(), strict=True)))


@given(
    figures=FIGURES,
    places=st.integers(1, 60),
    present=st.dictionaries(st.sampled_from(DISTRICTS), st.integers(1, 9)),
    method=st.sampled_from(Apportionment),
    weighting=st.sampled_from(Weighting),
    percent=st.integers(0, 100),
)
def test_every_place_is_spread_and_no_district_loses_a_point(
    figures: dict[str, tuple[int, int]],
    places: int,
    present: dict[str, int],
    method: Apportionment,
    weighting: Weighting,
    percent: int,
) -> None:
    given_figures = [figure(name, *its) for name, its in figures.items()]
    made = spread(
        places,
        *given_figures,
        weighting=weighting,
        method=method,
        present=present,
        settings=Settings(output_percent=percent),
    )
    assert sum(made.values()) == places
    assert min(made.values()) >= 0
    assert set(made) == {*figures, *present}


@given(figures=FIGURES, places=st.integers(1, 60), percent=st.integers(0, 100))
def test_a_mixed_share_by_largest_remainder_is_within_one_place_of_the_exact_one(
    figures: dict[str, tuple[int, int]], places: int, percent: int
) -> None:
    made = spread(
        places,
        *[figure(name, *its) for name, its in figures.items()],
        weighting=Weighting.MIXED,
        settings=Settings(output_percent=percent, district_places=0),
    )
    entities, output = (sum(column) for column in zip(*figures.values(), strict=True))
    for name, (of_entities, of_output) in figures.items():
        share = Fraction((100 - percent) * of_entities, 100 * entities)
        share += Fraction(percent * of_output, 100 * output)
        assert abs(made[name] - places * share) < 1
