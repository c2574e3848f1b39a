"""What the demo prints: tables that stand straight in a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from examples.play.table import pad, table, width


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert width("炎陵县 3 家（✓）") == 6 + 3 + 2 + 2 + 1 + 2
    assert pad("县", 4) == "县  "
    assert pad("县", 4, right=True) == "  县"


def test_columns_of_a_table_begin_below_each_other() -> None:
    head, _, first, second = table(("区县", "家数"), [("攸县", 3), ("天元区", 15)], right=(1,))
    assert head == "区县    家数"
    assert first == "攸县       3"
    assert second == "天元区    15"


CELLS = st.text("县区株aZ9（） ", min_size=1, max_size=8).map(lambda text: f"x{text}x")


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_all_lines_of_a_table_are_equally_wide(rows: list[tuple[str, str]]) -> None:
    lines = table(("x", "y"), rows, right=(0, 1))
    assert len({width(line) for line in lines}) == 1
