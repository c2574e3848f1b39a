"""覆盖: whether points stand where the enterprises are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.charts import Figure, zh_percent
from services.portal.pages.asking import ask_part
from services.portal.pages.coverage import counted_charts, districts_chart
from services.portal.pages.dashboard.board import Board, Told
from services.portal.pages.districts import bureau
from services.portal.pages.layout import division_name


def _told() -> Told:
    part = ask_part("assessment", "ShowCoverage", {"division": bureau()})
    if part.away:
        return Told(away=part.away)
    its = part.result
    without = [row for row in its["districts"] if not row["points"]]
    farthest = _farthest(its["districts"])
    gap, where = farthest or (None, "请先登记区县经营主体数")
    return Told(
        _message(its, without, farthest),
        (
            Figure(f"{its['points']:,}", "个", "在任联系点", "/points"),
            Figure(
                f"{len(its['districts']) - len(without)}/{len(its['districts'])}",
                "个区县",
                "已有联系点的区县",
            ),
            Figure(
                zh_percent(None if gap is None else abs(gap)).removesuffix("%"),
                "个百分点",
                f"占比差距最大（{where}）",
                "/figures",
            ),
        ),
        (districts_chart(its), *counted_charts(its)),
    )


def _farthest(districts: list[Mapping[str, Any]]) -> tuple[int, str] | None:
    """The share of points less that of market entities where they lie farthest apart."""
    known = [row for row in districts if None not in (row["points_share"], row["entities_share"])]
    apart = [(row["points_share"] - row["entities_share"], row["division"]) for row in known]
    if not apart:
        return None
    gap, division = max(apart, key=lambda its: abs(its[0]))
    return gap, division_name(division)


def _message(
    its: Mapping[str, Any], without: list[Mapping[str, Any]], farthest: tuple[int, str] | None
) -> str:
    if not its["points"]:
        return "还没有联系点。请先组织一个申报批次。"
    if without:
        names = "、".join(division_name(row["division"]) for row in without[:3])
        more = "等" if len(without) > 3 else ""
        return f"{names}{more} {len(without)} 个区县还没有联系点，下一批次优先考虑。"
    if farthest is None:
        return "每个区县都有联系点。登记区县经营主体数后可以比较分布是否均衡。"
    gap, where = farthest
    word = "偏多" if gap > 0 else "偏少"
    return f"每个区县都有联系点；{where}相对于经营主体数{word}。"


COVERAGE = Board("coverage", "覆盖", "联系点分布是否均衡？", "assessment", _told)
