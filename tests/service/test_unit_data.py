"""What a unit's data make of it (rules.md section 1, unit data), and every way they do not fit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.registry.unit_data import profile
from shared.contracts.errors import Invalid
from shared.contracts.registry.vocabulary import IndustryGroup, Size, Trade, UnitKind
from tests.services.registry.examples import SUBMIT

TODAY = dt.date(2026, 3, 2)
CITY = "430200"
NOTHING: dict[str, Any] = {
    "industry_section": None,
    "trade": None,
    "staff": None,
    "revenue_wan": None,
    "declared_size": None,
}


def but(command: Any, **instead: Any) -> Any:
    """The command with some fields replaced."""
    return replace(command, **instead)


INDIVIDUAL = but(
    SUBMIT, **NOTHING | {"unit_kind": UnitKind.INDIVIDUAL_BUSINESS, "industry_section": "H"}
)
VILLAGE = but(
    SUBMIT,
    **NOTHING
    | {
        "unit_kind": UnitKind.VILLAGE_COMMUNITY,
        "credit_code": None,
        "declared_size": Size.MEDIUM,
    },
)
CHAMBER = but(VILLAGE, unit_kind=UnitKind.CHAMBER)


def problems(command: Any, bureau: str = CITY) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as invalid:
        profile(command, bureau, TODAY)
    return {(problem.path, problem.code) for problem in invalid.value.problems}


@pytest.mark.parametrize(
    ("section", "group"),
    [
        ("C", IndustryGroup.MANUFACTURING),
        ("E", IndustryGroup.MANUFACTURING),
        ("F", IndustryGroup.RETAIL),
        ("H", IndustryGroup.SERVICES),
        ("R", IndustryGroup.SERVICES),
    ],
)
def test_an_enterprise_counts_in_the_group_of_its_section(
    section: str, group: IndustryGroup
) -> None:
    unit = profile(but(SUBMIT, industry_section=section), CITY, TODAY)
    assert unit.industry_group is group


@pytest.mark.parametrize(
    ("trade", "staff", "revenue", "assets", "size"),
    [
        (Trade.INDUSTRY, 1_000, 40_000, None, Size.LARGE),
        (Trade.INDUSTRY, 999, 40_000, None, Size.MEDIUM),
        (Trade.INDUSTRY, 1_000, 39_999, None, Size.MEDIUM),
        (Trade.RETAIL, 50, 499, None, Size.SMALL),
        (Trade.HOTEL_CATERING, 9, 10_000, None, Size.MICRO),
        (Trade.STORAGE, 200, 30_000, None, Size.LARGE),
        (Trade.TRANSPORT, 20, 200, None, Size.SMALL),
        (Trade.CONSTRUCTION, 5, 6_000, 5_000, Size.MEDIUM),
    ],
)
def test_an_enterprises_size_follows_from_its_figures(
    trade: Trade, staff: int, revenue: int, assets: int | None, size: Size
) -> None:
    command = but(SUBMIT, trade=trade, staff=staff, revenue_wan=revenue, assets_wan=assets)
    assert profile(command, CITY, TODAY).size is size


def test_an_individual_business_is_a_size_of_its_own() -> None:
    unit = profile(INDIVIDUAL, CITY, TODAY)
    assert (unit.industry_group, unit.size) == (IndustryGroup.SERVICES, Size.INDIVIDUAL)


@pytest.mark.parametrize(
    ("command", "group"),
    [(VILLAGE, IndustryGroup.VILLAGE_COMMUNITY), (CHAMBER, IndustryGroup.CHAMBER)],
)
def test_villages_and_chambers_declare_a_size_and_may_have_no_code(
    command: Any, group: IndustryGroup
) -> None:
    unit = profile(command, CITY, TODAY)
    assert (unit.industry_group, unit.size) == (group, Size.MEDIUM)


@pytest.mark.parametrize("command", [VILLAGE, CHAMBER])
def test_villages_and_chambers_that_declare_no_size_are_told(command: Any) -> None:
    assert problems(but(command, declared_size=None)) == {("declared_size", "missing")}


@pytest.mark.parametrize("command", [SUBMIT, INDIVIDUAL])
def test_whose_size_is_known_otherwise_declares_none(command: Any) -> None:
    declared = but(command, declared_size=Size.LARGE)
    assert problems(declared) == {("declared_size", "not_allowed")}


@pytest.mark.parametrize("command", [SUBMIT, INDIVIDUAL])
def test_a_business_has_a_credit_code_and_a_section(command: Any) -> None:
    assert problems(but(command, credit_code=None, industry_section=None)) == {
        ("credit_code", "missing"),
        ("industry_section", "missing"),
    }


@pytest.mark.parametrize("command", [SUBMIT, INDIVIDUAL])
@pytest.mark.parametrize("section", ["S", "T"])
def test_government_bodies_and_international_organisations_cannot_apply(
    command: Any, section: str
) -> None:
    told = problems(but(command, industry_section=section))
    assert told == {("industry_section", "not_eligible")}


@pytest.mark.parametrize("name", ["trade", "staff", "revenue_wan"])
def test_an_enterprise_states_every_figure(name: str) -> None:
    assert problems(but(SUBMIT, **{name: None})) == {(name, "missing")}


def test_construction_is_judged_by_its_assets_and_must_state_them() -> None:
    command = but(SUBMIT, trade=Trade.CONSTRUCTION, assets_wan=None)
    assert problems(command) == {("assets_wan", "missing")}


@pytest.mark.parametrize(
    ("division", "code"),
    [
        ("999999", "unknown_division"),
        ("430200", "out_of_range"),
        ("430000", "out_of_range"),
        ("430300", "out_of_range"),
    ],
)
def test_a_unit_lies_in_a_district_or_county_of_the_bureau(division: str, code: str) -> None:
    assert problems(but(SUBMIT, division=division)) == {("division", code)}


def test_a_districts_own_bureau_takes_units_of_the_district_alone() -> None:
    assert profile(SUBMIT, "430211", TODAY).size is Size.LARGE
    assert problems(but(SUBMIT, division="430204"), "430211") == {("division", "out_of_range")}


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    command = but(
        SUBMIT, **NOTHING | {"division": "999999", "credit_code": None, "declared_size": Size.SMALL}
    )
    assert problems(command) == {
        ("division", "unknown_division"),
        ("credit_code", "missing"),
        ("industry_section", "missing"),
        ("trade", "missing"),
        ("staff", "missing"),
        ("revenue_wan", "missing"),
        ("declared_size", "not_allowed"),
    }
