"""Work orders of the 12345 hotline as a table: one row an order, an opinion or a clue.

Needed columns: 工单编号 / number, 类别 / nature (意见建议 or 问题线索), 区划代码 / division,
内容 / text, 反映方式 / reporting (实名, 实名保密 or 匿名). A clue has 被反映单位 / body and
问题类型 / kinds, an opinion 意见方面 / topics; several words are parted by 、 or ；. The rest may
be empty: 发生日期, 地点, 涉及金额（元）, 涉及单位, 是否紧急, 是否打击报复, 反映人, 反映人电话.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from services.portal.labels_clues import CLUE_LABELS
from services.portal.money import fen
from shared.contracts.clues.vocabulary import ClueKind, Nature, OpinionTopic, Reporting
from shared.contracts.errors import Invalid, Problem
from shared.contracts.sheets import Column, Row, Sheet, SheetForm, place, read_rows

_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", re.ASCII)
_PARTING = re.compile(r"[、；;，,]\s*")


def read_orders(raw: bytes) -> Sheet:
    """The field `orders` of ImportHotline. Raises Invalid with every fault there is."""
    rows = read_rows(raw, _COLUMNS)
    problems, seen = [], dict[str, int]()
    for row in rows:
        number = str(row.cells["number"]).upper()
        if number in seen:
            message = f"{number} stands in line {seen[number]} already"
            problems.append(Problem(place(row.line, "number"), "duplicate", message))
        seen.setdefault(number, row.line)
    if problems:
        raise Invalid(problems)
    return Sheet.of("orders", [Row(row.line, _order(row)) for row in rows])


def _order(row: Row) -> dict[str, Any]:
    """As WorkOrder has it; the service gives the entry an id of its own."""
    cells = {name: its for name, its in row.cells.items() if name != "number"}
    entry = {column.name: cells.get(column.name) for column in _COLUMNS[1:]}
    for name in ("kinds", "topics"):
        entry[name] = entry[name] or []
    for name in ("urgent", "retaliation"):
        entry[name] = bool(entry[name])
    number = str(row.cells["number"])
    entry_id = str(uuid.uuid5(uuid.NAMESPACE_OID, number))
    return {"number": number, "entry": {"entry_id": entry_id, **entry}}


def _word(vocabulary: type[StrEnum]) -> Callable[[str], str]:
    """A word of the vocabulary, in Chinese or as the code has it."""
    words = {word: str(value) for value, word in CLUE_LABELS[vocabulary].items()}
    words |= {str(value): str(value) for value in vocabulary}

    def read(cell: str) -> str:
        if cell not in words:
            raise ValueError("not_in_vocabulary")
        return words[cell]

    return read


def _words(vocabulary: type[StrEnum]) -> Callable[[str], list[str]]:
    read = _word(vocabulary)
    return lambda cell: [read(part) for part in _PARTING.split(cell) if part]


def _fen(cell: str) -> int:
    """Yuan with at most two decimals, as fen; an amount of nothing or less is none."""
    amount = fen(cell)
    if amount < 1:
        raise ValueError("out_of_range")
    return amount


def _day(cell: str) -> str:
    found = _DAY.fullmatch(cell)
    if not found:
        raise ValueError("bad_format")
    year, month, day = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}"


def _flag(cell: str) -> bool:
    if cell not in ("是", "否"):
        raise ValueError("not_in_vocabulary")
    return cell == "是"


def _column(name: str, read: Callable[[str], Any], *titles: str, needed: bool = False) -> Column:
    return Column(name, frozenset({name, *titles}), read, needed)


_COLUMNS = (
    _column("number", str, "工单编号", "工单号", needed=True),
    _column("nature", _word(Nature), "类别", needed=True),
    _column("division", str, "区划代码", "行政区划代码", needed=True),
    _column("text", str, "内容", "反映内容", needed=True),
    _column("reporting", _word(Reporting), "反映方式", needed=True),
    _column("body", str, "被反映单位"),
    _column("kinds", _words(ClueKind), "问题类型"),
    _column("topics", _words(OpinionTopic), "意见方面"),
    _column("happened_on", _day, "发生日期"),
    _column("place", str, "地点"),
    _column("amount", _fen, "涉及金额（元）", "涉及金额(元)"),
    _column("unit_concerned", str, "涉及单位"),
    _column("urgent", _flag, "是否紧急"),
    _column("retaliation", _flag, "是否打击报复"),
    _column("reporter_name", str, "反映人"),
    _column("reporter_phone", str, "反映人电话"),
)

HOTLINE_SHEET = SheetForm(
    read_orders,
    "工单编号,类别,区划代码,内容,反映方式,被反映单位,问题类型,意见方面,涉及金额（元）\n"
    "HL2026-0001,问题线索,430211,检查时超标罚款,匿名,市生态环境局,乱罚款,,50000\n"
    "HL2026-0002,意见建议,430203,建议合并检查事项,匿名,,,执法效率,\n",
)
