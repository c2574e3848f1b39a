"""What the report says of opinions and clues, beside the speech's figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from examples.first_batch.clue_facts import Heard
from examples.first_batch.data import Speech
from examples.play.table import table, tick
from services.portal.labels import label
from services.portal.money import zh_yuan

INSPECTIONS = "excessive_inspection"
"""The theme that the speech tells of."""


def lines(heard: Heard, speech: Speech) -> Iterator[str]:
    """The fine and its end, opinions by their ways, the theme, and the year before."""
    totals = heard.fine["ledger"]["totals"]
    yield (
        f"超标罚款：{label(heard.fine['finding'], 'clue_finding')}，处理执法人员 "
        f"{heard.disciplined} 人，责令退还 {zh_yuan(totals['ordered'])}，"
        f"已退还 {zh_yuan(heard.refunded)}，{label(heard.fine['status'], 'clue_status')}，"
        f"反映人{label(heard.fine['satisfaction'], 'satisfaction')}"
    )
    for its in heard.themes:
        yield (
            f"共性问题：{its['body']}{label(its['kind'], 'clue_kind')}，"
            f"{its['counted']} 件线索，{label(its['status'], 'theme_status')}"
        )
    ways = [(label(way, "way"), number) for way, number in heard.opinions.items()]
    yield from table(("意见来自", "条数"), ways, right=(1,))
    yield ""
    yield from table(("项目", "讲话", "系统", "一致"), beside(heard, speech), right=(1, 2))


def beside(heard: Heard, speech: Speech) -> list[tuple[str, int, int, str]]:
    """Each figure of the speech beside the system's."""
    inspections = sum(its["number"] for its in heard.baseline["shares"])
    figures = (
        ("街道联系点收集的意见", speech.opinions, sum(heard.opinions.values())),
        ("上一年投诉举报", speech.complaints, heard.baseline["complaints"]),
        ("其中涉企行政检查不规范", speech.inspection_complaints, inspections),
        ("超标罚款未退还（元）", 0, heard.fine["ledger"]["totals"]["unpaid"] // 100),
        ("检查频次过高的共性问题", 1, sum(its["kind"] == INSPECTIONS for its in heard.themes)),
    )
    return [(name, said, found, tick(said, found)) for name, said, found in figures]


def document(heard: Heard, speech: Speech) -> dict[str, Any]:
    """The same as plain JSON values; amounts in fen."""
    fine = heard.fine
    return {
        "fine": {
            "finding": fine["finding"],
            "status": fine["status"],
            "satisfaction": fine["satisfaction"],
            "outcomes": fine["outcomes"],
            "disciplined": heard.disciplined,
            **fine["ledger"]["totals"],
        },
        "opinions": dict(heard.opinions),
        "themes": [
            {name: its[name] for name in ("kind", "body", "counted", "status")}
            for its in heard.themes
        ],
        "baseline": {name: heard.baseline[name] for name in ("year", "complaints", "shares")},
        "as_in_the_speech": all(row[1] == row[2] for row in beside(heard, speech)),
    }
