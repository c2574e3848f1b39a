"""时限: which limits of open clues run, are near or are past, and with which bodies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from services.portal.charts import Cell, Chart, Column, Figure, Form, Kind, share, zh_percent
from services.portal.labels import label_choices
from services.portal.pages.dashboard.board import Board, Told, most_first
from services.portal.pages.dashboard.cases import open_cases

_TONES = ("green", "yellow", "red")
_TONED = (Column("正常"), Column("临近"), Column("已逾期"))


def _told() -> Told:
    part = open_cases()
    return Told(away=part.away) if part.away else limits_told(part.result)


def limits_told(clues: list[Mapping[str, Any]]) -> Told:
    """Of open clues as ListClues answers them."""
    limits = [(its["name"], its["tone"]) for clue in clues for its in clue["limits"]]
    tones = Counter(tone for _, tone in limits)
    late = [clue for clue in clues if any(its["tone"] == "red" for its in clue["limits"])]
    kept = share(len(limits) - tones["red"], len(limits))
    return Told(
        _message(clues, late, tones),
        (
            Figure(f"{len(clues):,}", "件", "在办线索", "/clues?open=yes"),
            Figure(
                f"{len(late):,}", "件", "已逾期线索", "/clues?late=1", "late" if late else "good"
            ),
            Figure(f"{tones['yellow']:,}", "项", "临近的期限"),
            Figure(zh_percent(kept), "", "正在计算的期限中没有逾期的"),
        ),
        (_by_limit(limits), _by_body(late)),
    )


def _message(clues: list[Any], late: list[Any], tones: Mapping[str, int]) -> str:
    if not clues:
        return "没有在办线索。"
    if late:
        return f"{len(late)} 件线索已经逾期，请督促承办人和被反映的机关。"
    if tones["yellow"]:
        return f"没有逾期，{tones['yellow']} 项期限临近，请提醒承办人。"
    return "所有在办线索都在期限以内。"


def _by_limit(limits: list[tuple[str, str]]) -> Chart:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, tone in limits:
        counts[name][tone] += 1
    rows: list[tuple[Cell, ...]] = [
        (word, *(counts[value][tone] for tone in _TONES))
        for value, word in label_choices("clue_limit")
        if value in counts
    ]
    return Chart(
        "limits",
        "各项期限的情况",
        (Column("期限", Kind.TEXT), *(Column(its.heading, unit="项") for its in _TONED)),
        rows,
        drawn=(1, 2, 3),
        form=Form.STACKED,
        tones=("good", "near", "late"),
        says="临近：期限已经用去规定的比例。已逾期：超过期限还没有办理。",
        empty="没有正在计算的期限。",
        hint="受理线索以后，期限从这里开始计算。",
    )


def _by_body(late: list[Mapping[str, Any]]) -> Chart:
    rows = most_first(Counter(str(clue["body"]) for clue in late).items())
    return Chart(
        "late-bodies",
        "逾期线索反映的机关",
        (Column("机关", Kind.TEXT), Column("逾期线索")),
        rows,
        links=[f"/clues?{urlencode({'body': body, 'late': '1'})}" for body, _ in rows],
        empty="没有逾期的线索。",
    )


LIMITS = Board("limits", "时限", "哪些事项快要逾期、已经逾期？", "clues", _told)
