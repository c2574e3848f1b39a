"""Tables of an office: any usual encoding and title, each fault by line and column, all or none."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.figures_sheet import FIGURES_SHEET, read_figures
from shared.contracts.errors import Invalid, Problem

GOOD = """区划代码,区县,经营主体数,经济总量（万元）
430202,荷塘区,52000,1200000
430203,芦淞区,"61,000",
"""
ROWS = [
    {"division": "430202", "market_entities": 52_000, "output_wan": 1_200_000},
    {"division": "430203", "market_entities": 61_000, "output_wan": None},
]


def rows_of(raw: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_figures(raw).said["figures"]
    return rows


def problems(text: str | bytes) -> list[tuple[str, str]]:
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(Invalid) as invalid:
        read_figures(raw)
    return [(its.path, its.code) for its in invalid.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_table_is_read_in_every_usual_encoding(encoding: str) -> None:
    sheet = read_figures(GOOD.encode(encoding))
    assert sheet.said == {"figures": ROWS}
    assert sheet.lines == {"figures": (2, 3)}


def test_the_example_that_the_documents_show_is_read() -> None:
    assert len(rows_of(FIGURES_SHEET.example.encode())) == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_titles_may_be_english_and_lines_end_as_they_like(newline: str) -> None:
    text = newline.join(["Division,Market_Entities", "430202,5", "", " 430203 , 6 ", ""])
    sheet = read_figures(text.encode())
    rows = sheet.said["figures"]
    assert [row["market_entities"] for row in rows] == [5, 6]
    assert all(row["output_wan"] is None for row in rows)
    assert sheet.lines == {"figures": (2, 4)}


def test_every_fault_is_told_by_line_and_column_and_nothing_is_read() -> None:
    text = "division,market_entities,output_wan\n4302,5,1.5\n430203,,x\n430204,1,2,3\n"
    assert problems(text) == [
        ("line[2].division", "bad_format"),
        ("line[2].output_wan", "wrong_type"),
        ("line[3].market_entities", "missing"),
        ("line[3].output_wan", "wrong_type"),
        ("line[4]", "bad_length"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [("line[1]", "missing")]),
        ("division,market_entities\n", [("line[2]", "missing")]),
        ("division\n430202\n", [("line[1].market_entities", "missing")]),
        ("division,market_entities,market_entities\n430202,1,1\n",
         [("line[1].market_entities", "duplicate")]),
        ("division,market_entities,人口\n430202,1,1\n", [("line[1].人口", "unknown_field")]),
        ("division,market_entities\n430202,1\n430202,2\n", [("line[3].division", "duplicate")]),
        ("division,market_entities\n430202,\"1\n", [("line[2]", "bad_format")]),
        ("division,market_entities\n430202,-1\n", [("line[2].market_entities", "wrong_type")]),
        ("division,market_entities\n430202,٥\n", [("line[2].market_entities", "wrong_type")]),
        (b"\x81\xff\x00", [("", "bad_encoding")]),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused(text: str | bytes, told: list[tuple[str, str]]) -> None:
    assert problems(text) == told


def test_what_the_service_refuses_is_told_by_the_line_that_said_it() -> None:
    sheet = read_figures(b"division,market_entities\n430202,1\n\n430203,2\n")
    refused = Invalid(
        [Problem("figures[1].division", "out_of_range", "x"), Problem("year", "y", "z")]
    )
    assert [its.path for its in sheet.at_lines(refused).problems] == ["line[4].division", "year"]


@given(st.binary(max_size=200))
def test_whatever_the_bytes_it_is_a_table_or_invalid(raw: bytes) -> None:
    with suppress(Invalid):
        assert rows_of(raw)


NUMBERS = st.integers(0, 10**9)


@given(
    st.lists(
        st.tuples(st.integers(100_000, 999_999), NUMBERS), min_size=1, unique_by=lambda r: r[0]
    ),
    st.sampled_from(["utf-8-sig", "gbk"]),
)
def test_what_was_written_is_read_again(rows: list[tuple[int, int]], encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("行政区划代码", "经营主体数"), *rows])
    read = rows_of(text.getvalue().encode(encoding))
    assert [(int(its["division"]), its["market_entities"]) for its in read] == rows


def test_marks_that_turn_the_direction_of_a_cell_are_left_out() -> None:
    turned = GOOD.replace("430202", "\u202e430202\u202c").replace("区划代码", "\ufeff区划代码")
    assert rows_of(turned.encode()) == ROWS
