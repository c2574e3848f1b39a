"""What is typed into a form reads in the log as it read when it was typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.forms import Form
from services.portal.pages.submitting import text
from shared.contracts.fields import Text

MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def typed(value: str) -> str:
    return text(Form({"body": [value]}), "body")


def test_marks_that_turn_its_direction_are_left_out() -> None:
    assert typed("\u202e局境环态生市\u202c\ufeff") == "局境环态生市"
    assert typed("市生态\u2067环境\u2069局") == "市生态环境局"


@given(st.text(st.sampled_from("甲乙 \r\n" + MARKS), max_size=20))
def test_nothing_of_them_is_left_and_nothing_else_is_lost(value: str) -> None:
    kept = typed(value)
    assert not set(kept) & set(MARKS)
    assert [c for c in kept if c in "甲乙"] == [c for c in value if c in "甲乙"]
    if kept and "\r" not in kept:
        assert Text().deserialize(kept) == kept
