"""Coverage as pages show it: the same figures as rows of a table and as series of a chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.labels import label_choices
from services.portal.pages.layout import division_name

_HEAD = [
    "行政区划代码",
    "行政区划",
    "联系点数",
    "联系点占比（%）",
    "经营主体数",
    "经营主体占比（%）",
]


def coverage_rows(coverage: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the CSV file."""
    rows = [
        [
            row["division"],
            division_name(row["division"]),
            str(row["points"]),
            _percent_text(row["points_share"]),
            "" if row["market_entities"] is None else str(row["market_entities"]),
            _percent_text(row["entities_share"]),
        ]
        for row in coverage["districts"]
    ]
    return _HEAD, rows


def charts(coverage: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Chart → what static/charts.js draws: title, unit, categories, series of numbers."""
    districts = coverage["districts"]
    return {
        "districts": {
            "title": "各区县联系点占比与经营主体占比",
            "unit": "%",
            "categories": [division_name(row["division"]) for row in districts],
            "series": [
                {"name": "联系点占比", "values": _percents(districts, "points_share")},
                {"name": "经营主体占比", "values": _percents(districts, "entities_share")},
            ],
        },
        **{
            kind: _counted_chart(f"联系点数按{word}分布", counted(coverage, kind))
            for kind, word in (("industry_group", "行业"), ("size", "规模"))
        },
    }


def counted(coverage: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """`{"word", "number"}` of each value of a kind, in its vocabulary's order, also for none."""
    counts = coverage[f"by_{kind}"]
    return [{"word": word, "number": counts.get(value, 0)} for value, word in label_choices(kind)]


def _counted_chart(title: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": title,
        "unit": "个",
        "categories": [row["word"] for row in rows],
        "series": [{"name": "联系点数", "values": [row["number"] for row in rows]}],
    }


def _percents(rows: list[Mapping[str, Any]], name: str) -> list[float | None]:
    return [None if row[name] is None else row[name] / 100 for row in rows]


def _percent_text(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}"
