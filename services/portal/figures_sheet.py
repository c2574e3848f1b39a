"""The districts' figures of a year as a table: one row a district.

Columns: 区划代码 / division, 区县 / name (may be left out, is not kept), 经营主体数 /
market_entities, 经济总量（万元） / output_wan (may be empty), 更正理由 / reason (where the table
replaces what is on record; in one row is enough, and the same in all that have it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from shared.contracts.errors import Invalid, Problem
from shared.contracts.sheets import Column, Row, Sheet, SheetForm, place, read_rows, whole

_CODE = re.compile(r"[1-9][0-9]{5}", re.ASCII)


def read_figures(raw: bytes) -> Sheet:
    """The field `figures` of RecordDistrictFigures, and `reason` where the table has one.

    Raises Invalid with every fault there is."""
    rows = read_rows(raw, _COLUMNS)
    problems = []
    seen: dict[str, int] = {}
    for row in rows:
        code = str(row.cells["division"])
        if code in seen:
            message = f"{code} stands in line {seen[code]} already"
            problems.append(Problem(place(row.line, "division"), "duplicate", message))
        seen.setdefault(code, row.line)
    reasons = {str(row.cells["reason"]): row.line for row in rows if row.cells.get("reason")}
    for line in list(reasons.values())[1:]:
        problems.append(Problem(place(line, "reason"), "not_allowed", "says another reason"))
    if problems:
        raise Invalid(problems)
    kept = ("division", "market_entities", "output_wan")
    sheet = Sheet.of(
        "figures",
        [Row(row.line, {name: row.cells.get(name) for name in kept}) for row in rows],
    )
    return replace(sheet, said={**sheet.said, **_reason(reasons)})


def _reason(given: Iterable[str]) -> dict[str, str]:
    said = next(iter(given), None)
    return {} if said is None else {"reason": said}


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
    Column("reason", frozenset({"reason", "更正理由"}), str, needed=False),
)

FIGURES_SHEET = SheetForm(
    read_figures,
    "区划代码,区县,经营主体数,经济总量（万元）\n430202,荷塘区,52000,1200000\n430203,芦淞区,61000,\n",
)
