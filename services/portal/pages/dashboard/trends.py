"""趋势: what came in the last twelve months, beside the same months a year before."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from services.portal.charts import Chart, Column, Figure, Form, Kind, share, zh_percent
from services.portal.pages.dashboard.board import Board, Told
from services.portal.pages.dashboard.cases import Case, all_cases, came_on, is_true
from services.portal.pages.layout import today

_MONTHS = 12
Month = tuple[int, int]


def _told() -> Told:
    part = all_cases()
    return Told(away=part.away) if part.away else trends_told(part.result, today())


def trends_told(cases: list[Case], day: dt.date) -> Told:
    """Of clues as ListClues answers them; the month of the day is the last, as far as it has got.

    A month before the first clue that there is has nothing to tell, which is not 0.
    """
    months = months_until(day)
    came = Counter(_month(case) for case in cases)
    true = Counter(_month(case) for case in cases if is_true(case))
    first = min(came, default=None)
    now = sum(came[month] for month in months)
    known = first is not None and first <= _year_before(months[0])
    before = sum(came[_year_before(month)] for month in months) if known else None
    return Told(
        _message(now, before),
        (
            Figure(f"{now:,}", "件", "近 12 个月收到的线索"),
            Figure("—", "还没有数据", "上年同期")
            if before is None
            else Figure(f"{before:,}", "件", "上年同期"),
            Figure(_change(now, before), "", "同比"),
        ),
        (
            _line("received", "每月收到的线索", months, came, first),
            _line("true", "每月收到的线索中属实的", months, true, first),
        ),
    )


def months_until(day: dt.date) -> list[Month]:
    """The last twelve, the month of the day among them, in their order."""
    last = day.year * 12 + day.month - 1
    return [(its // 12, its % 12 + 1) for its in range(last - _MONTHS + 1, last + 1)]


def _month(case: Case) -> Month:
    day = came_on(case)
    return day.year, day.month


def _year_before(month: Month) -> Month:
    return month[0] - 1, month[1]


def _change(now: int, before: int | None) -> str:
    """By how much of before it has grown or shrunk."""
    if not before:
        return "—"
    part = share(abs(now - before), before)
    return f"{'+' if now > before else '−' if now < before else ''}{zh_percent(part)}"


def _message(now: int, before: int | None) -> str:
    if before is None:
        return f"近 12 个月收到 {now:,} 件线索；系统启用不满两年，还不能和上年同期比较。"
    if now == before:
        return f"近 12 个月收到 {now:,} 件线索，与上年同期持平。"
    word = "增加" if now > before else "减少"
    return f"近 12 个月收到 {now:,} 件线索，比上年同期{word} {abs(now - before):,} 件。"


def _line(
    name: str, title: str, months: list[Month], counts: Counter[Month], first: Month | None
) -> Chart:
    def told(month: Month) -> int | None:
        return None if first is None or month < first else counts[month]

    rows = [
        (f"{month[0]}-{month[1]:02}", told(month), told(_year_before(month))) for month in months
    ]
    return Chart(
        name,
        title,
        (Column("月份", Kind.TEXT), Column("近12个月"), Column("上年同期")),
        rows if first is not None else (),
        drawn=(1, 2),
        form=Form.LINE,
        says="按收到线索的月份统计，最后一个月到今天为止。",
        empty="还没有收到线索。",
    )


TRENDS = Board("trends", "趋势", "比上年同期多了还是少了？", "clues", _told)
