"""Settings and working days: seen by everybody, changed by whom the city lets."""

from __future__ import annotations

import datetime as dt

from services.portal.pages.submitting import boxes_of
from services.portal.pages.working_days import spans
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff, form_fields
from tests.system.bureau import DISTRICT, Bureau, new_id

_FIGURE = "/settings/plaque_return_days"
_BUREAU, _OTHER_BUREAU = "430224", "430225"
"""Counties in which nobody else designates."""
_NAME = "退出后交回牌匾期限（工作日）"


def test_a_figure_is_changed_from_a_day_on_and_everybody_sees_what_is_to_come(
    leader: Browser, browser: Browser, staff: Staff
) -> None:
    form = leader.open(_FIGURE)
    assert "可以设为 1 到 60。" in form.main
    page = leader.send(form, **boxes_of("effective_from", "2092-05-01"), value="100", reason="")
    assert page.error_at("reason") == "请写明变更的理由。"
    page = leader.send(page, reason="交回牌匾需要更多时间。")
    assert page.error_at("value") == "应为 1 到 60 的整数。"
    page = leader.send(page, value="１２")
    assert "设置已变更" in page.main
    assert "2092年5月1日起 12" in _row(page, _NAME)
    assert "交回牌匾需要更多时间。" in page.main
    assert "交回牌匾需要更多时间。" in staff(Role.OFFICER).open("/settings").main
    public = browser.open("/settings")
    assert "2092年5月1日起 12" in _row(public, _NAME)
    assert "交回牌匾需要更多时间。" not in public.main
    assert not public.tree.select('main a[href^="/settings/"]')
    again = leader.send(
        leader.open(_FIGURE), **boxes_of("effective_from", "2092-06-01"), value="12", reason="再次"
    )
    assert again.error_at("value") == "该日期已经是这个值，不需要变更。"


def test_the_limits_of_a_trade_are_changed_as_a_whole(leader: Browser, browser: Browser) -> None:
    path = "/settings/size-limits/storage"
    form = leader.open(path)
    assert shown_value(form, "large-staff") == "200"
    typed = {**boxes_of("effective_from", "2092-05-01"), "reason": "按新的划分标准。"}
    page = leader.send(form, **typed, **{"medium-staff": "500", "small-revenue_wan": ""})
    assert page.error_at("small-revenue_wan") == "请填写下限。"
    page = leader.send(page, **{"small-revenue_wan": "100"})
    assert page.error_at("medium-staff") == "应为正整数，大型、中型、小型依次减少。"
    page = leader.send(page, **{"medium-staff": "150"})
    assert "设置已变更" in page.main
    assert "仓储业，从业人员（人）：大型 200，中型 150，小型 20" in page.main
    assert "2092年5月1日起" in _row(browser.open("/settings"), "仓储业")
    assert leader.open("/settings/size-limits/nothing").status == 404


def test_a_day_that_lies_behind_needs_the_word_that_it_corrects_something(
    leader: Browser, bureau: Bureau
) -> None:
    yesterday = (bureau.today - dt.timedelta(days=1)).isoformat()
    typed = {**boxes_of("effective_from", yesterday), "value": "11", "reason": "误设。"}
    page = leader.send(leader.open("/settings/opinion_days"), **typed)
    assert page.error_at("effective_from") == "生效日期早于今天的，请写明更正说明。"
    assert shown_value(page, "value") == "11"


def test_a_leader_sees_and_sets_what_the_bureaus_certificate_numbers_begin_with(
    staff: Staff,
) -> None:
    leader = staff(Role.LEADER, _BUREAU)
    assert leader.open("/settings").tree.select('a[href="/certificate-prefix"]')
    form = leader.open("/certificate-prefix")
    assert "（默认）" in form.main
    page = leader.send(form, prefix="", reason="按本局文号。")
    assert page.error_at("prefix") == "请填写字号。"
    prefix = f"司监{new_id()[:8]}"
    page = leader.send(page, prefix=prefix)
    assert "证书字号已变更" in page.main
    assert prefix in page.main
    assert "（默认）" not in page.main
    again = leader.send(page, prefix=prefix, reason="再次。")
    assert again.error_at("prefix") == "现在就是这个字号，不需要变更。"
    taken = staff(Role.LEADER, _OTHER_BUREAU)
    told = taken.send(taken.open("/certificate-prefix"), prefix=prefix, reason="按本局文号。")
    assert told.error_at("prefix") == "与其他司法局的字号重复，请换一个。"


def test_a_districts_leader_is_told_that_settings_are_the_citys(staff: Staff) -> None:
    leader = staff(Role.LEADER, DISTRICT)
    assert not leader.open("/settings").tree.select('main a[href^="/settings/"]')
    for path in (_FIGURE, "/working-days/load"):
        page = leader.open(path)
        assert "设置由市司法局统一管理" in page.main
        assert not form_fields(page)
    assert leader.open("/settings/nothing").status == 404


def test_a_year_is_loaded_from_a_table_whose_faults_are_told_by_line(
    leader: Browser, browser: Browser
) -> None:
    form = leader.open("/working-days/load")
    year = int(shown_value(form, "year"))
    unknown = f"{year} 年的工作日安排尚未载入"
    assert unknown in browser.open("/working-days").main
    friday, saturday, sunday = _weekend(year)
    page = _bring(leader, form, f"{friday},休假\n{saturday},上班\n")
    assert page.error_at("file") == "第 2 行安排：请填写“放假”或者“上班”。"
    page = _bring(leader, page, f"{friday},放假\n{sunday},上班\n")
    assert page.error_at("source") == "请填写依据文件。"
    page = _bring(leader, page, f"{friday},上班\n2091-01-01,放假\n", source="有关通知")
    assert "第 2 行：只有周末才需要安排上班" in page.error_at("file")
    assert "第 3 行：不是这一年的日期。" in page.error_at("file")
    page = _bring(leader, page, f"{friday},放假\n{sunday},上班\n")
    assert "年度工作日安排已载入" in page.main
    assert "有关通知" in page.main
    assert unknown not in browser.open("/working-days").main


def test_runs_of_days_off_are_told_together_with_their_weekends() -> None:
    # 2026: New Year's Day is a Thursday, the Sunday after it is worked.
    year = {"off": ["2026-01-01", "2026-01-02", "2026-04-06"], "worked": ["2026-01-04"]}
    assert spans(year) == [
        "1月1日（周四）至1月3日（周六），共 3 天",
        "4月4日（周六）至4月6日（周一），共 3 天",
    ]


def _weekend(year: int) -> list[str]:
    """A Friday of May with the Saturday and Sunday after it."""
    day = dt.date(year, 5, 8)
    friday = day + dt.timedelta(days=(4 - day.weekday()) % 7)
    return [(friday + dt.timedelta(days=number)).isoformat() for number in range(3)]


def _bring(leader: Browser, form: Page, rows: str, **typed: str) -> Page:
    table = f"日期,安排\n{rows}".encode("gb18030")
    return leader.bring(form, "working-days.csv", table, "text/csv", "main form[enctype]", **typed)


def _row(page: Page, name: str) -> str:
    (row,) = [its for its in page.tree.select("tbody tr") if name in its.select("th")[0].get_text()]
    return " ".join(row.get_text(" ", strip=True).split())
