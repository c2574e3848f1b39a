"""What the boards make of answers: figures first, nobody judged by three cases."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from services.portal.charts import Chart
from services.portal.charts_book import Chapter
from services.portal.pages.dashboard.board import Told
from services.portal.pages.dashboard.limits import limits_told
from services.portal.pages.dashboard.refunds import Owed, refunds_told
from services.portal.pages.dashboard.supervision import RATED_FROM, supervision_told
from services.portal.pages.dashboard.themes import themes_told
from services.portal.pages.dashboard.trends import months_until, trends_told
from services.portal.pages.dashboard.years import years_told
from services.portal.papers.picture_papers import briefing
from services.portal.papers.setting import Paper, set_paper
from tests.portal.papers.picture_examples import BASELINE, BODIES, CLUES, THEMES

DAY = dt.date(2026, 3, 3)


def case(**more: Any) -> dict[str, Any]:
    return {
        "body": BODIES[0],
        "kinds": ["illegal_fine"],
        "division": "430211",
        "status": "told",
        "declined": None,
        "finding": None,
        "satisfaction": None,
        "filed_at": "2026-02-10T02:00:00+00:00",
        **more,
    }


def figures(told: Told) -> dict[str, str]:
    return {its.about: its.value for its in told.figures}


def chart(told: Told, name: str) -> Chart:
    return next(its for its in told.charts if its.name == name)


def test_the_speechs_figure_is_read_first() -> None:
    told = years_told(BASELINE)
    assert told.message == "2025年 326 件投诉举报中，涉企检查 158 件，占 48.5%。"
    assert figures(told)["涉企检查占比"] == "48.5%"


def test_what_is_not_decided_is_in_no_rate() -> None:
    cases = [
        *(case(finding="substantiated", satisfaction="satisfied") for _ in range(2)),
        case(finding="unsubstantiated", satisfaction="not_solved"),
        case(declined="not_about_enforcement"),
        case(status="filed"),
    ]
    told = figures(supervision_told(cases, DAY))
    assert told == {
        "今年以来收到的线索": "5",
        "受理率": "75.0%",
        "属实率（含部分属实）": "66.7%",
        "反映人满意率（含基本满意）": "66.7%",
    }


@pytest.mark.parametrize("number", [RATED_FROM - 1, RATED_FROM])
def test_no_body_is_judged_by_a_few_cases(number: int) -> None:
    told = supervision_told([case(finding="substantiated")] * number, DAY)
    (row,) = chart(told, "bodies").rows
    assert row[-1] == (10_000 if number == RATED_FROM else None)


def test_a_clue_belongs_to_the_year_of_shanghai_in_which_it_came() -> None:
    late = case(filed_at="2025-12-31T15:59:00+00:00")
    early = case(filed_at="2025-12-31T16:00:00+00:00")
    assert figures(supervision_told([late, early], DAY))["今年以来收到的线索"] == "1"


def test_months_before_there_was_a_log_are_unknown_and_not_none() -> None:
    assert months_until(DAY)[0] == (2025, 4)
    assert months_until(DAY)[-1] == (2026, 3)
    told = trends_told([case(), case(filed_at="2025-11-01T02:00:00+00:00")], DAY)
    rows = {row[0]: row[1:] for row in chart(told, "received").rows}
    assert rows["2025-10"] == (None, None)
    assert rows["2025-12"] == (0, None)
    assert rows["2026-02"] == (1, None)
    assert figures(told)["同比"] == "—"


def test_a_year_is_compared_with_the_same_months_before() -> None:
    before = [case(filed_at=f"2025-0{month}-10T02:00:00+00:00") for month in (1, 2, 3)]
    first = case(filed_at="2024-04-01T02:00:00+00:00")
    told = trends_told([first, *before, case(), case()], DAY)
    assert figures(told)["近 12 个月收到的线索"] == "2"
    assert figures(told)["上年同期"] == "4"
    assert figures(told)["同比"] == "−50.0%"
    assert "减少 2 件" in told.message


def test_late_limits_are_told_with_whom_they_concern() -> None:
    told = limits_told(CLUES)
    assert "2 件线索已经逾期" in told.message
    assert figures(told)["正在计算的期限中没有逾期的"] == "60.0%"
    assert ("核实", 0, 1, 1) in chart(told, "limits").rows
    assert limits_told([]).message == "没有在办线索。"


def test_the_theme_with_most_clues_is_named() -> None:
    told = themes_told(THEMES)
    assert "市市场监督管理局的检查频次过高（4 件）" in told.message
    assert figures(told)["待处理的共性问题"] == "2"


def test_what_is_owed_is_ordered_less_paid() -> None:
    told = refunds_told([Owed("甲局", 10_000, 4_000, True), Owed("甲局", 5_000, 0, False)])
    assert chart(told, "bodies").rows == [("甲局", 15_000, 4_000, 11_000, 2, 1)]
    assert "还有 110.00 元没有退还，其中 1 件逾期" in told.message
    assert refunds_told([]).message == "责令退还的款项都已经付清。"


@pytest.mark.parametrize("times", [0, 1, 4])
def test_the_sheet_for_the_meeting_is_one_page_whatever_is_on_it(times: int) -> None:
    boards = [
        supervision_told([case(body=f"{body}{'很长的名称' * 10}") for body in BODIES], DAY),
        trends_told([case()], DAY),
        limits_told(CLUES),
        themes_told(THEMES),
        years_told(BASELINE),
    ]
    chapters = [Chapter("章", its.message, its.figures, its.charts) for its in boards * times]
    raw = set_paper(Paper.BRIEFING, briefing("430200", "2026-03-03", chapters))
    assert len(PdfReader(io.BytesIO(raw)).pages) == 1
