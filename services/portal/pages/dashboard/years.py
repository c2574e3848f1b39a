"""往年: complaints of the years before there was a log, and what part each class has in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.charts import Chart, Column, Figure, Form, Kind, share, zh_percent
from services.portal.pages.asking import ask_part
from services.portal.pages.dashboard.board import Board, Told
from services.portal.pages.districts import bureau


def _told() -> Told:
    part = ask_part("clues", "ShowBaseline", {})
    if part.away:
        return Told(away=part.away)
    return years_told([its for its in part.result["items"] if its["division"] == bureau()])


def years_told(records: list[Mapping[str, Any]]) -> Told:
    """Of one bureau's own totals, the latest year first, as ShowBaseline answers them."""
    if not records:
        return Told("还没有登记往年总数，登记后可以和往年比较。", (), (_parts({}), _years([])))
    last = records[0]
    most = max(last["shares"], key=lambda its: its["number"], default=None)
    year, total = last["year"], last["complaints"]
    figures = [Figure(f"{total:,}", "件", f"{year}年投诉举报", "/baselines")]
    message = f"{year}年共 {total:,} 件投诉举报。"
    if most is not None and total:
        part = zh_percent(share(most["number"], total))
        figures.append(Figure(f"{most['number']:,}", "件", f"其中{most['name']}"))
        figures.append(Figure(part, "", f"{most['name']}占比"))
        message = (
            f"{year}年 {total:,} 件投诉举报中，{most['name']} {most['number']:,} 件，占 {part}。"
        )
    return Told(message, tuple(figures), (_parts(last), _years(records)))


def _parts(last: Mapping[str, Any]) -> Chart:
    total = last.get("complaints", 0)
    rows = sorted(last.get("shares", ()), key=lambda its: (-its["number"], its["name"]))
    return Chart(
        "parts",
        f"{last['year']}年投诉举报的分类" if last else "投诉举报的分类",
        (Column("类别", Kind.TEXT), Column("件数"), Column("占比", Kind.SHARE)),
        [(its["name"], its["number"], share(its["number"], total)) for its in rows],
        empty="没有分类数据。",
        hint="登记往年总数时，在“其中”一栏填写各类件数。",
    )


def _years(records: list[Mapping[str, Any]]) -> Chart:
    return Chart(
        "years",
        "历年投诉举报总数",
        (Column("年份", Kind.TEXT), Column("总数")),
        [(f"{its['year']}年", its["complaints"]) for its in reversed(records)],
        form=Form.BAR,
        empty="还没有登记往年总数。",
        hint="请在“12345热线导入—往年总数”登记。",
    )


YEARS = Board("years", "往年对照", "往年投诉举报集中在哪里？", "clues", _told)
