"""A year's working days as a table: as one types them off the notice, faults told by line."""

from __future__ import annotations

import pytest

from services.portal.working_days_sheet import WORKING_DAYS_SHEET, read_working_days
from shared.contracts.errors import Invalid, Problem

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"


def test_the_example_says_what_json_would() -> None:
    sheet = read_working_days(WORKING_DAYS_SHEET.example.encode("gbk"))
    assert sheet.said == {
        "off": ["2027-01-01", "2027-02-05"],
        "worked": ["2027-02-20"],
        "source": SOURCE,
    }
    assert sheet.lines == {"off": (2, 3), "worked": (4,)}


@pytest.mark.parametrize("day", ["2027-2-5", "2027/02/05", "2027.2.5", "2027年2月5日"])
def test_days_are_read_as_offices_write_them(day: str) -> None:
    for kind in ("放假", "休", "OFF"):
        assert read_working_days(f"日期,安排\n{day},{kind}\n".encode()).said == {
            "off": ["2027-02-05"],
            "worked": [],
        }


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2027-02-30,放假,,", [("line[2].day", "bad_format")]),
        ("2027-1/1,放假,,\n2027年1月1,放假,,",
         [("line[2].day", "bad_format"), ("line[3].day", "bad_format")]),
        ("2027-01-01,holiday,,", [("line[2].kind", "not_in_vocabulary")]),
        ("2027-01-01,,,\n,上班,,", [("line[2].kind", "missing"), ("line[3].day", "missing")]),
        ("2027-01-01,放假,,\n2027-01-01,上班,,", [("line[3].day", "duplicate")]),
        ("2027-01-01,放假,,通知甲\n2027-01-04,放假,,通知乙", [("line[3].source", "not_allowed")]),
    ],
)  # fmt: skip
def test_every_fault_is_told_by_line_and_column(rows: str, told: list[tuple[str, str]]) -> None:
    with pytest.raises(Invalid) as invalid:
        read_working_days(f"日期,安排,说明,依据文件\n{rows}\n".encode())
    assert [(its.path, its.code) for its in invalid.value.problems] == told


def test_what_the_service_refuses_is_told_by_the_line_that_said_it() -> None:
    sheet = read_working_days("日期,安排\n2027-01-01,放假\n\n2027-02-22,上班\n".encode())
    refused = Invalid([Problem("worked[0]", "not_allowed", "x"), Problem("source", "missing", "y")])
    assert [its.path for its in sheet.at_lines(refused).problems] == ["line[4]", "source"]
