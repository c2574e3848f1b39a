"""A bureau's boards as they are after a year, of made-up answers."""

from __future__ import annotations

from typing import Any

from services.portal.charts import Chart, Column, Figure, Form, Kind
from services.portal.charts_book import Chapter

BODIES = ("市生态环境局", "市市场监督管理局", "市城市管理和综合执法局", "市住房和城乡建设局")
BASELINE: list[dict[str, Any]] = [
    {
        "year": 2025,
        "division": "430200",
        "complaints": 326,
        "shares": [{"name": "涉企检查", "number": 158}, {"name": "行政处罚", "number": 97}],
    }
]
THEMES: list[dict[str, Any]] = [
    {
        "theme_id": f"t{number}",
        "status": status,
        "kind": kind,
        "body": body,
        "counted": 3 + number,
        "clue_ids": ["c"] * (3 + number),
    }
    for number, (status, kind, body) in enumerate(
        [
            ("raised", "illegal_fine", BODIES[0]),
            ("raised", "excessive_inspection", BODIES[1]),
            ("concluded", "illegal_fee", BODIES[2]),
            ("watched", "inaction", BODIES[3]),
        ]
    )
]
CLUES: list[dict[str, Any]] = [
    {"body": body, "limits": [{"name": name, "tone": tone}]}
    for body, name, tone in [
        (BODIES[0], "acceptance", "green"),
        (BODIES[0], "verification", "red"),
        (BODIES[1], "verification", "yellow"),
        (BODIES[2], "overall", "red"),
        (BODIES[2], "feedback", "green"),
    ]
]
MONTHS = Chart(
    "months",
    "每月投诉举报",
    (Column("月份", Kind.TEXT), Column("今年"), Column("去年")),
    [
        (f"{month}月", 20 + month * 3 % 11 if month < 9 else None, 30 - month)
        for month in range(1, 13)
    ],
    drawn=(1, 2),
    form=Form.LINE,
)
MONEY = Chart(
    "refunds",
    "责令退还与已退还",
    (
        *(Column("机关", Kind.TEXT), Column("责令退还", Kind.MONEY)),
        *(Column("已退还", Kind.MONEY), Column("退还率", Kind.SHARE)),
    ),
    [(BODIES[0], 12_345_600, 6_000_000, 4860), (BODIES[1], 300_000, 300_000, 10_000)],
    drawn=(1, 2),
)


def chapter(name: str) -> Chapter:
    """One board with a body called so."""
    chart = Chart("bodies", "各机关线索", (Column("机关", Kind.TEXT), Column("线索")), [(name, 12)])
    return Chapter("监督情况", "共 12 件线索。", (Figure("12", "件", "线索"),), (chart,))
