"""Money as people write it, and as the log has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.money import fen, zh_yuan


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_what_is_shown_is_read_back(amount: int) -> None:
    assert fen(zh_yuan(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("50000", 5_000_000), ("５０，０００．５", 5_000_050), ("0.01", 1), ("1,234.5 元", 123_450)],
)
def test_an_office_writes_it_in_many_ways(text: str, amount: int) -> None:
    assert fen(text) == amount


@pytest.mark.parametrize("text", ["", "五万", "1.234", "1,23", "1e9", "--1", "1 000", "nan", "٣"])
def test_what_is_no_amount_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="wrong_type"):
        fen(text)
