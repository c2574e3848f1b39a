"""监督情况: what was complained of this year, of which bodies, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from urllib.parse import urlencode

from services.portal.charts import Cell, Chart, Column, Figure, Kind, share, zh_percent
from services.portal.labels import label, label_choices
from services.portal.pages.dashboard.board import Board, Told, most_first
from services.portal.pages.dashboard.cases import (
    Case,
    all_cases,
    is_accepted,
    is_content,
    is_decided,
    is_rated,
    is_true,
    is_verified,
    of_year,
)
from services.portal.pages.layout import today
from services.portal.papers.words import division_name

RATED_FROM = 10
"""Findings of a body from which on a rate is told of it: none is judged by three cases."""


def _told() -> Told:
    part = all_cases()
    return Told(away=part.away) if part.away else supervision_told(part.result, today())


def supervision_told(cases: list[Case], day: dt.date) -> Told:
    """Of clues as ListClues answers them, those that came in the year of the day."""
    found = of_year(cases, day.year)
    decided = [case for case in found if is_decided(case)]
    verified = [case for case in found if is_verified(case)]
    rated = [case for case in found if is_rated(case)]
    figures = (
        Figure(f"{len(found):,}", "件", "今年以来收到的线索", "/clues"),
        _rate("受理率", sum(map(is_accepted, decided)), len(decided)),
        _rate("属实率（含部分属实）", sum(map(is_true, verified)), len(verified)),
        _rate("反映人满意率（含基本满意）", sum(map(is_content, rated)), len(rated)),
    )
    charts = (_by_kind(found), _by_body(found), _by_district(found))
    return Told(_message(found, day.year), figures, charts)


def _rate(about: str, part: int, whole: int) -> Figure:
    of = f"（{part}/{whole} 件）" if whole else "还没有可以计算的"
    return Figure(zh_percent(share(part, whole)), of, about)


def _message(found: list[Case], year: int) -> str:
    if not found:
        return f"{year}年还没有收到线索。"
    kind, number = most_first(Counter(_kinds(found)).items())[0]
    body, of_body = most_first(Counter(str(its["body"]) for its in found).items())[0]
    part = zh_percent(share(number, len(found)))
    return (
        f"今年以来 {len(found):,} 件线索，{label(kind, 'clue_kind')}最多，"
        f"{number:,} 件，占 {part}；反映最多的机关是{body}，{of_body:,} 件。"
    )


def _kinds(found: list[Case]) -> list[str]:
    return [str(kind) for its in found for kind in its["kinds"]]


def _by_kind(found: list[Case]) -> Chart:
    counts, words = Counter(_kinds(found)), dict(label_choices("clue_kind"))
    ordered = most_first(counts.items())
    return Chart(
        "kinds",
        "线索的问题类型",
        (Column("问题类型", Kind.TEXT), Column("线索"), Column("占线索的比例", Kind.SHARE)),
        [(words[kind], number, share(number, len(found))) for kind, number in ordered],
        says="一件线索有几类问题的，每一类各计一次。",
        links=[f"/clues?{urlencode({'kind': kind})}" for kind, _ in ordered],
        empty="今年还没有收到线索。",
        hint="联系点、意见箱、座谈会和热线的线索登记以后在这里统计。",
    )


def _by_body(found: list[Case]) -> Chart:
    of_body: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        of_body[str(case["body"])].append(case)
    ordered = most_first((body, len(its)) for body, its in of_body.items())
    return Chart(
        "bodies",
        "线索反映的机关",
        (
            *(Column("机关", Kind.TEXT), Column("收到"), Column("受理"), Column("不予受理")),
            *(Column("已核实"), Column("属实"), Column("属实率", Kind.SHARE)),
        ),
        [_body_row(body, of_body[body]) for body, _ in ordered],
        says=f"属实包括部分属实。已核实不足 {RATED_FROM} 件的机关不计算属实率。",
        links=[f"/clues?{urlencode({'body': body})}" for body, _ in ordered],
        empty="今年还没有收到线索。",
    )


def _body_row(body: str, its: list[Case]) -> tuple[Cell, ...]:
    verified, true = sum(map(is_verified, its)), sum(map(is_true, its))
    declined = sum(case["declined"] is not None for case in its)
    rate = share(true, verified) if verified >= RATED_FROM else None
    return (body, len(its), sum(map(is_accepted, its)), declined, verified, true, rate)


def _by_district(found: list[Case]) -> Chart:
    counts = Counter(str(its["division"]) for its in found)
    ordered = most_first(counts.items())
    return Chart(
        "districts",
        "线索所在的区县",
        (
            Column("行政区划代码", Kind.TEXT, on_page=False),
            *(Column("行政区划", Kind.TEXT), Column("线索"), Column("占比", Kind.SHARE)),
        ),
        [
            (code, division_name(code), number, share(number, len(found)))
            for code, number in ordered
        ],
        drawn=(2,),
        names=1,
        links=[f"/clues?{urlencode({'district': code})}" for code, _ in ordered],
        empty="今年还没有收到线索。",
    )


SUPERVISION = Board("supervision", "监督情况", "反映了什么、反映了谁、属实多少？", "clues", _told)
