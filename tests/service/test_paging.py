"""Cursors: what a page gave leads on, anything else is refused at `cursor`."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import pytest

from shared.contracts.errors import Invalid
from shared.service.paging import after, page

ROWS = [{"day": dt.date(2026, 3, day), "id": f"某{day}"} for day in (1, 2, 3)]


def cursor_of(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_a_page_leads_to_the_next_and_the_last_to_none() -> None:
    first = page(ROWS, 2, "day", "id")
    assert first["items"] == ROWS[:2]
    assert after(first["next"], dt.date, str) == [dt.date(2026, 3, 2), "某2"]
    assert page(ROWS[2:], 2, "day", "id") == {"items": ROWS[2:], "next": None}
    assert after(None, dt.date, str) is None


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "!!!!",
        "某",
        cursor_of({"day": "2026-03-02", "id": "x"}),
        cursor_of(["2026-03-02"]),
        cursor_of(["2026-03-02", "x", "y"]),
        cursor_of(["2026-02-30", "x"]),
        cursor_of([20260302, "x"]),
        cursor_of(["2026-03-02", 5]),
        cursor_of(["2026-03-02", None]),
        cursor_of(["2026-03-02", "a\x00b"]),
        cursor_of(["2026-03-02", "\ud800"]),
        base64.urlsafe_b64encode(b"[" * 90_000).decode(),
    ],
)
def test_what_no_page_gave_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid) as invalid:
        after(cursor, dt.date, str)
    assert [(its.path, its.code) for its in invalid.value.problems] == [("cursor", "bad_cursor")]


@pytest.mark.parametrize("number", [2**63, -(2**63), 10**100, True, 1.5, "5"])
def test_a_number_that_no_column_holds_is_refused(number: Any) -> None:
    with pytest.raises(Invalid):
        after(cursor_of([number]), int)
