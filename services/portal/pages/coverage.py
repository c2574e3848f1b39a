"""Coverage as charts: how points spread over districts, industries, sizes and channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.charts import Chart, Column, Kind
from services.portal.labels import label_choices
from services.portal.pages.layout import division_name

_DISTRICTS = (
    Column("行政区划代码", Kind.TEXT, on_page=False),
    Column("行政区划", Kind.TEXT),
    Column("联系点数", unit="个"),
    Column("联系点占比", Kind.SHARE),
    Column("经营主体数", unit="户"),
    Column("经营主体占比", Kind.SHARE),
)
_COUNTED = (("industry_group", "行业"), ("size", "规模"), ("channel", "产生方式"))


def districts_chart(coverage: Mapping[str, Any]) -> Chart:
    """Points beside market entities, in shares of the whole."""
    year = f"经营主体数为{coverage['year']}年数据。" if coverage["year"] else ""
    return Chart(
        "districts",
        "各区县联系点与经营主体",
        _DISTRICTS,
        [
            (
                row["division"],
                division_name(row["division"]),
                row["points"],
                row["points_share"],
                row["market_entities"],
                row["entities_share"],
            )
            for row in coverage["districts"]
        ],
        drawn=(3, 5),
        names=1,
        says=f"联系点按各区县经营主体数量统筹安排：两项占比越接近，分布越均衡。{year}",
        empty="没有可以统计的联系点。",
    )


def counted_charts(coverage: Mapping[str, Any]) -> list[Chart]:
    """One a kind, each of its values in the vocabulary's order, also for none."""
    return [
        Chart(
            kind.replace("_", "-"),
            f"按{word}统计的联系点数",
            (Column(word, Kind.TEXT), Column("联系点数", unit="个")),
            [(name, coverage[f"by_{kind}"].get(value, 0)) for value, name in label_choices(kind)],
        )
        for kind, word in _COUNTED
    ]
