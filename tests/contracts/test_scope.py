"""A role reaches its own division and what lies below it, by the code alone (GB/T 2260)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.scope import covers

CODES = st.integers(100_000, 999_999).map(str)
COUNTIES = CODES.filter(lambda code: not code.endswith("00"))


@given(CODES)
def test_every_scope_covers_itself_and_no_scope_covers_everything(code: str) -> None:
    assert covers(code, code)
    assert covers(None, code)


@given(CODES)
def test_a_province_covers_its_cities_and_counties(code: str) -> None:
    assert covers(code[:2] + "0000", code)


@given(CODES)
def test_a_city_covers_its_districts(code: str) -> None:
    assert covers(code[:4] + "00", code)


@given(COUNTIES, CODES)
def test_a_county_covers_itself_alone(county: str, other: str) -> None:
    assert covers(county, other) is (county == other)


@given(CODES, CODES)
def test_nothing_is_covered_from_outside_its_own_province(scope: str, code: str) -> None:
    if scope[:2] != code[:2]:
        assert not covers(scope, code)


@given(CODES, CODES, CODES)
def test_what_a_scope_covers_covers_no_more_than_the_scope(a: str, b: str, c: str) -> None:
    a, b = a[:2] + "0000", b[:4] + "00"
    if covers(a, b) and covers(b, c):
        assert covers(a, c)


@given(CODES, CODES)
def test_two_divisions_cover_each_other_only_when_they_are_one(a: str, b: str) -> None:
    if covers(a, b) and covers(b, a):
        assert a == b


@pytest.mark.parametrize(
    ("scope", "division", "reached"),
    [
        ("430200", "430211", True),
        ("430200", "430300", False),
        ("430211", "430200", False),
        ("430000", "430200", True),
        ("430000", "440200", False),
        ("430200", "430000", False),
    ],
)
def test_a_few_by_name(scope: str, division: str, reached: bool) -> None:
    assert covers(scope, division) is reached
