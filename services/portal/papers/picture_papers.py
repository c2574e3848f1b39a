"""What stands in the supervision report and in the sheet for the progress meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.portal.charts import Chart, Figure, Form, Kind, drawing, shown
from services.portal.charts_book import Chapter
from services.portal.papers.words import Content, paper

_FIGURES_OF_CHAPTER = 4
_CHARTS_OF_SHEET = 2
_ROWS_OF_SHEET = 6
"""What one page holds."""


def report(division: str, day: str, chapters: Sequence[Chapter]) -> Content:
    """行政执法监督情况报告: every board with its figures, its charts and their tables."""
    return paper(
        "行政执法监督情况报告", division, day, chapters=[_chapter(its) for its in chapters]
    )


def briefing(division: str, day: str, chapters: Sequence[Chapter]) -> Content:
    """推进会简报, one page: of each board its sentence and figures, and two charts."""
    drawn = [chart for its in chapters for chart in its.charts[:1] if chart.rows]
    return paper(
        "行政执法监督联系点工作推进会简报",
        division,
        day,
        chapters=[
            {
                "title": its.title,
                "message": its.message,
                "figures": [_figure(each) for each in its.figures[:_FIGURES_OF_CHAPTER]],
            }
            for its in chapters
        ],
        charts=[_short(chart) for chart in drawn[:_CHARTS_OF_SHEET]],
    )


def _chapter(its: Chapter) -> dict[str, Any]:
    return {
        "title": its.title,
        "message": its.message,
        "figures": [_figure(each) for each in its.figures],
        "charts": [_chart(each) for each in its.charts],
    }


def _figure(its: Figure) -> dict[str, str]:
    return {"value": its.value, "unit": its.unit, "about": its.about, "tone": its.tone}


def _chart(its: Chart) -> dict[str, Any]:
    """`drawing` as on pages; `head`, `kinds` and `rows` of its table, all of it text."""
    kept = [number for number, column in enumerate(its.columns) if column.on_page]
    columns = [its.columns[number] for number in kept]
    return {
        "title": its.title,
        "says": its.says,
        "empty": its.empty,
        "drawing": drawing(its) if its.rows else None,
        "head": [column.heading for column in columns],
        "text": [column.kind is Kind.TEXT for column in columns],
        "rows": [[shown(row[number], its.columns[number]) for number in kept] for row in its.rows],
    }


def _short(its: Chart) -> dict[str, Any]:
    """Its first rows only, which the paper says; of a line all months."""
    drawn = drawing(its)
    if its.form is Form.LINE or len(drawn["categories"]) <= _ROWS_OF_SHEET:
        return drawn
    return {
        **drawn,
        "title": f"{its.title}（前 {_ROWS_OF_SHEET} 项）",
        "categories": drawn["categories"][:_ROWS_OF_SHEET],
        "series": [{**each, "values": each["values"][:_ROWS_OF_SHEET]} for each in drawn["series"]],
    }
