"""A year's working calendar as a table: one row a day that is not as its weekday says.

Columns: 日期 / day (2027-02-05, 2027/2/5 or 2027年2月5日), 安排 / kind (放假 / off or 上班 /
worked), 说明 / name (may be left out, is not kept), 依据文件 / source (in one row is enough; the
same in all that have it).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from shared.contracts.errors import Invalid, Problem
from shared.contracts.sheets import Column, Row, Sheet, SheetForm, place, read_rows

KINDS = ("off", "worked")
_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?:([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"
    r"|年(?P<zh_month>[0-9]{1,2})月(?P<zh_day>[0-9]{1,2})日)",
    re.ASCII,
)
_WORDS = {
    **dict.fromkeys(("off", "放假", "休", "休息"), "off"),
    **dict.fromkeys(("worked", "上班", "班", "调休上班"), "worked"),
}


def read_working_days(raw: bytes) -> Sheet:
    """The fields `off` and `worked` of LoadWorkingDays, and `source` where the table names it.

    Raises Invalid with every fault there is.
    """
    rows = read_rows(raw, _COLUMNS)
    problems = [*_doubles(rows), *_other_sources(rows)]
    if problems:
        raise Invalid(problems)
    by_kind = {kind: [its for its in rows if its.cells["kind"] == kind] for kind in KINDS}
    source = _source(rows)
    said: dict[str, Any] = {
        kind: [its.cells["day"] for its in days] for kind, days in by_kind.items()
    }
    return Sheet(
        said if source is None else {**said, "source": source},
        {kind: tuple(its.line for its in days) for kind, days in by_kind.items()},
    )


def _doubles(rows: Sequence[Row]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row in rows:
        day = row.cells["day"]
        if day in seen:
            message = f"{day} stands in line {seen[day]} already"
            yield Problem(place(row.line, "day"), "duplicate", message)
        seen.setdefault(day, row.line)


def _source(rows: Sequence[Row]) -> str | None:
    return next((its.cells["source"] for its in rows if its.cells.get("source")), None)


def _other_sources(rows: Sequence[Row]) -> Iterator[Problem]:
    first = _source(rows)
    for row in rows:
        if row.cells.get("source") not in (None, first):
            yield Problem(place(row.line, "source"), "not_allowed", "names another notice")


def _day(cell: str) -> str:
    found = _DAY.fullmatch(cell)
    if found is None:
        raise ValueError("bad_format")
    month, day = found["month"] or found["zh_month"], found["day"] or found["zh_day"]
    try:
        return dt.date(int(found["year"]), int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError("bad_format") from None


def _kind(cell: str) -> str:
    if cell.lower() not in _WORDS:
        raise ValueError("not_in_vocabulary")
    return _WORDS[cell.lower()]


_COLUMNS = (
    Column("day", frozenset({"day", "日期"}), _day),
    Column("kind", frozenset({"kind", "安排"}), _kind),
    Column("name", frozenset({"name", "说明", "节日"}), str, needed=False),
    Column("source", frozenset({"source", "依据文件"}), str, needed=False),
)

WORKING_DAYS_SHEET = SheetForm(
    read_working_days,
    "日期,安排,说明,依据文件\n"
    "2027-01-01,放假,元旦,国务院办公厅关于2027年部分节假日安排的通知\n"
    "2027-02-05,放假,春节,\n"
    "2027-02-20,上班,春节调休,\n",
)
