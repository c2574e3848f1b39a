"""共性问题: what comes up again and again, with which bodies, and what was done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from services.portal.charts import Chart, Column, Figure, Form, Kind
from services.portal.labels import label, label_choices
from services.portal.pages.dashboard.board import Board, Told, everything, most_first

_RAISED, _CONCLUDED = "raised", "concluded"


def _told() -> Told:
    part = everything("clues", "ListThemes")
    return Told(away=part.away) if part.away else themes_told(part.result)


def themes_told(themes: list[Mapping[str, Any]]) -> Told:
    """Of every theme as ListThemes answers them, those that are only watched included."""
    found = [its for its in themes if its["status"] in (_RAISED, _CONCLUDED)]
    raised = [its for its in found if its["status"] == _RAISED]
    return Told(
        _message(raised, found),
        (
            Figure(
                *(f"{len(raised):,}", "个", "待处理的共性问题", "/themes?status=raised"),
                tone="late" if raised else "good",
            ),
            Figure(f"{len(found) - len(raised):,}", "个", "已处理的", "/themes?status=concluded"),
            Figure(f"{sum(its['counted'] for its in found):,}", "件", "涉及的线索"),
        ),
        (_by_kind(found), _by_body(found), _raised(raised)),
    )


def _message(raised: list[Mapping[str, Any]], found: list[Any]) -> str:
    if not found:
        return "还没有反复出现的问题。"
    if not raised:
        return "反复出现的问题都已经处理。"
    most = max(raised, key=lambda its: (len(its["clue_ids"]), its["theme_id"]))
    kind, number = label(most["kind"], "clue_kind"), len(most["clue_ids"])
    return f"{len(raised)} 个共性问题待处理；最突出的是{most['body']}的{kind}（{number} 件）。"


def _by_kind(found: list[Mapping[str, Any]]) -> Chart:
    waiting, done = (
        Counter(str(its["kind"]) for its in found if its["status"] == status)
        for status in (_RAISED, _CONCLUDED)
    )
    return Chart(
        "kinds",
        "共性问题的类型",
        (Column("问题类型", Kind.TEXT), Column("待处理", unit="个"), Column("已处理", unit="个")),
        [
            (word, waiting[value], done[value])
            for value, word in label_choices("clue_kind")
            if waiting[value] or done[value]
        ],
        drawn=(1, 2),
        form=Form.STACKED,
        tones=("late", "good"),
        empty="没有共性问题。",
        hint="同一机关的同一类问题在规定天数内达到规定件数时自动提出。",
    )


def _by_body(found: list[Mapping[str, Any]]) -> Chart:
    counts: Counter[str] = Counter()
    for its in found:
        counts[its["body"]] += its["counted"]
    return Chart(
        "bodies",
        "共性问题涉及的机关",
        (Column("机关", Kind.TEXT), Column("涉及线索")),
        most_first(counts.items()),
        links=[f"/clues?{urlencode({'body': body})}" for body, _ in most_first(counts.items())],
        empty="没有涉及的机关。",
    )


def _raised(raised: list[Mapping[str, Any]]) -> Chart:
    ordered = sorted(raised, key=lambda its: (-len(its["clue_ids"]), its["theme_id"]))
    return Chart(
        "raised",
        "待处理的共性问题",
        (Column("机关和问题", Kind.TEXT), Column("线索")),
        [
            (f"{its['body']}：{label(its['kind'], 'clue_kind')}", len(its["clue_ids"]))
            for its in ordered
        ],
        links=[f"/themes/{its['theme_id']}/conclusion" for its in ordered],
        empty="没有待处理的共性问题。",
    )


THEMES = Board("themes", "共性问题", "哪些问题反复出现？", "clues", _told)
