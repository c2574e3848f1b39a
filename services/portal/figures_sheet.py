"""The districts' figures of a year as a table: one row a district.

Columns: 区划代码 / division, 区县 / name (may be left out, is not kept), 经营主体数 /
market_entities, 经济总量（万元） / output_wan (may be empty).
"""

from __future__ import annotations

import re

from shared.contracts.errors import Invalid, Problem
from shared.contracts.sheets import Column, Sheet, SheetForm, read_sheet, whole

_CODE = re.compile(r"[1-9][0-9]{5}", re.ASCII)


def read_figures(raw: bytes) -> Sheet:
    """The field `figures` of RecordDistrictFigures. Raises Invalid with every fault there is."""
    sheet = read_sheet(raw, _COLUMNS, "figures")
    problems = []
    seen: dict[str, int] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        code = str(row["division"])
        if code in seen:
            message = f"{code} stands in line {seen[code]} already"
            problems.append(Problem(f"line[{line}].division", "duplicate", message))
        seen.setdefault(code, line)
    if problems:
        raise Invalid(problems)
    kept = ("division", "market_entities", "output_wan")
    rows = tuple({name: row.get(name) for name in kept} for row in sheet.rows)
    return Sheet(sheet.field, rows, sheet.lines)


def _code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        raise ValueError("bad_format")
    return cell


_COLUMNS = (
    Column("division", frozenset({"division", "区划代码", "行政区划代码"}), _code),
    Column("name", frozenset({"name", "区县", "区县名称", "名称"}), str, needed=False),
    Column(
        "market_entities",
        frozenset({"market_entities", "经营主体数", "经营主体数（户）"}),
        whole,
    ),
    Column(
        "output_wan",
        frozenset({"output_wan", "经济总量（万元）", "经济总量(万元)", "地区生产总值（万元）"}),
        whole,
        needed=False,
    ),
)

FIGURES_SHEET = SheetForm(
    read_figures,
    "区划代码,区县,经营主体数,经济总量（万元）\n430202,荷塘区,52000,1200000\n430203,芦淞区,61000,\n",
)
