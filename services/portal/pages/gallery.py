"""Every part that pages are built of, in all its states: for who builds them and for axe."""

from __future__ import annotations

from flask import Blueprint, render_template

from services.portal.charts import Chart, Column, Figure, Kind
from services.portal.charts import Form as Drawn
from services.portal.pages.forms import Form
from services.portal.web.access import everyone

pages = Blueprint("gallery", __name__)

_ROWS = [
    {"unit": "示例机械制造有限公司", "kind": "enterprise", "status": "under_review", "staff": 1320},
    {"unit": "示例食品经营部", "kind": "individual_business", "status": "submitted", "staff": 6},
    {
        "unit": "示例村村民委员会",
        "kind": "village_community",
        "status": "designated",
        "staff": None,
    },
]
_WRONG = Form(
    values={
        "name": ["示例机械制造有限公司"],
        "facts": ["太短"],
        "channel": ["recommended"],
        "grounds": ["tax_arrears"],
        "held_on-year": ["2026"],
        "held_on-month": ["2"],
        "held_on-day": ["30"],
    },
    errors={
        "facts": "请写明具体事实，至少 10 个字。",
        "channel": "请从给出的选项中选择。",
        "held_on": "没有这一天，请核对日期。",
    },
)
_EVENTS = [
    {"at": "2026-03-01T01:05:00+00:00", "title": "申报已提交", "who": "申报单位"},
    {"at": "2026-03-03T07:30:00+00:00", "title": "形式审查已通过", "who": "经办人员"},
    {
        "at": "2026-03-09T02:00:00+00:00",
        "title": "资格审查已有结论",
        "who": "资格审查小组成员",
        "text": "符合条件，赞成 5 票，反对 0 票。",
    },
]
_FIGURES = [
    Figure("326", "件", "示例投诉举报", "/points"),
    Figure("2", "件", "示例已逾期", tone="late"),
    Figure("0", "件", "示例没有逾期", tone="good"),
]
_NAMED = (Column("月份", Kind.TEXT), Column("今年"), Column("去年"))
_MONTHS: list[tuple[str, int | None, int]] = [("1月", 12, 15), ("2月", 18, 11), ("3月", None, 16)]
_CHARTS = [
    Chart("bars", "示例图表", _NAMED, _MONTHS, drawn=(1, 2)),
    Chart("lines", "示例折线", _NAMED, _MONTHS, drawn=(1, 2), form=Drawn.LINE),
    Chart("none", "示例空图表", _NAMED, [], empty="还没有数据。", hint="登记以后显示在这里。"),
]


@pages.get("/gallery")
@everyone
def gallery() -> str:
    """Not in production."""
    return render_template(
        "gallery.html",
        rows=_ROWS,
        wrong=_WRONG,
        good=Form(),
        events=_EVENTS,
        figures=_FIGURES,
        drawn=_CHARTS,
    )
