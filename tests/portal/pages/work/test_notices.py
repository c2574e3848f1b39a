"""Objections read and decided, units of a notice designated, points retired."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from services.portal.pages.receipts import objection_number
from services.portal.pages.wording import zh_date
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff, form_fields, opened
from tests.system.bureau import ANYONE, DISTRICT, OFFICER, Bureau, objection

UNITS = [(UnitKind.ENTERPRISE, DISTRICT), (UnitKind.CHAMBER, DISTRICT)]
REASONS = "经核实，处罚发生在两年以前，已经整改。"


@pytest.fixture
def on_notice(bureau: Bureau) -> tuple[str, list[str]]:
    """A running notice of two units."""
    _, notice_id, listed = bureau.on_notice(UNITS)
    return notice_id, listed


def test_an_objection_is_read_and_decided(
    officer: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    objection_id = _object(bureau, notice_id, listed[0])
    page = opened(officer, bureau, f"/notices/{notice_id}/objections")
    assert "待处理" in page.texts(".tag")
    (link,) = page.tree.select('tbody a[href^="/objections/"]')
    form = officer.open(str(link["href"]))
    assert form.url.endswith(objection_id)
    assert "该单位去年曾受过行政处罚" in form.main
    assert "王二" in form.main
    assert "王二" not in form.one("title").get_text()
    page = officer.send(form, outcome="overruled", reasons=REASONS)
    assert "处理决定已登记" in page.main
    assert "异议不成立" in page.main
    assert not form_fields(page)


def test_a_decision_needs_an_outcome_and_reasons(
    leader: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    objection_id = _object(bureau, notice_id, listed[0], anonymous=True)
    form = opened(leader, bureau, f"/objections/{objection_id}")
    assert "匿名" in form.main
    page = leader.send(form, reasons="")
    assert page.status == 422
    assert page.error_at("outcome") == "请选择异议成立还是不成立。"
    assert page.error_at("reasons") == "请写明核实情况和理由。"
    page = leader.send(page, outcome="sustained", reasons=REASONS)
    assert "异议成立" in page.main
    page = opened(leader, bureau, f"/notices/{notice_id}/designation")
    assert "异议成立，已取消资格。" in page.main


def test_a_second_decision_is_refused_and_shows_the_first(
    officer: Browser, leader: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    objection_id = _object(bureau, notice_id, listed[0])
    form = opened(officer, bureau, f"/objections/{objection_id}")
    leader.send(leader.open(f"/objections/{objection_id}"), outcome="overruled", reasons=REASONS)
    page = officer.send(form, outcome="sustained", reasons="另有看法，理由如下。")
    assert page.status == 422
    assert "已经作出处理决定" in page.one(".error-summary").get_text()
    assert "异议不成立" in page.one(".summary-list").get_text()
    assert shown_value(page, "reasons") == "另有看法，理由如下。"


def test_objections_are_not_for_reviewers_toopened(
    staff: Staff, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    objection_id = _object(bureau, notice_id, listed[0])
    page = opened(staff(Role.REVIEWER), bureau, f"/notices/{notice_id}/objections")
    assert page.texts("tbody th") == [objection_number(objection_id)]
    assert not page.tree.select("tbody a")
    assert staff(Role.REVIEWER).open(f"/objections/{objection_id}").status == 403
    assert staff(Role.OFFICER).open(f"/objections/{uuid.uuid4()}").status == 404
    assert staff(Role.OFFICER).open("/objections/x").status == 404


def test_while_a_notice_runs_it_says_until_when(
    leader: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    page = opened(leader, bureau, f"/notices/{on_notice[0]}/designation")
    assert "目前没有可以确定的单位" in page.main
    assert page.main.count("期满后再确定。") == 2
    assert not form_fields(page)


def test_units_are_designated_but_for_those_with_an_open_objection(
    leader: Browser, officer: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    _object(bureau, notice_id, listed[0])
    bureau.let_notice_end()
    path = f"/notices/{notice_id}/designation"
    seen = opened(officer, bureau, path)
    assert "可以确定的单位（1 个）" in seen.main
    assert not form_fields(seen)
    form = opened(leader, bureau, path)
    assert "对该单位的异议尚未处理完毕" in form.main
    ticked = form.tree.select('input[name="application_ids"][checked]')
    assert [str(box["value"]) for box in ticked] == [listed[1]]
    none = leader.send(form, application_ids=[])
    assert none.error_at("application_ids") == "请至少勾选一个单位。"
    both = leader.send(form, application_ids=listed)
    assert both.error_at("application_ids").startswith("对该单位的异议尚未处理完毕")
    page = leader.send(both, application_ids=listed[1])
    assert "联系点已确定" in page.main
    assert "已确定为联系点" in page.texts(".tag")


def test_a_unit_that_the_notice_shows_otherwise_than_on_record_is_not_ticked(
    leader: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    told = {"application_id": listed[0], "unit_name": "更正后的名称", "reason": "名称录入有误"}
    bureau.send(OFFICER, "CorrectUnitData", told)
    bureau.let_notice_end()
    form = opened(leader, bureau, f"/notices/{notice_id}/designation")
    assert "请先更正公示" in form.main
    ticked = form.tree.select('input[name="application_ids"][checked]')
    assert [str(box["value"]) for box in ticked] == [listed[1]]


def test_a_corrected_unit_has_its_own_days_and_the_others_theirs(
    officer: Browser, browser: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    path = f"/notices/{notice_id}"
    bureau.clock.advance(dt.timedelta(days=4))
    form = opened(officer, bureau, f"{path}/correction")
    empty = officer.send(form)
    assert empty.error_at("application_id") == "请选择要更正的单位。"
    assert empty.error_at("wrong") == "请写明原公示哪里有误。"
    wrong = {"wrong": "单位规模有误。", "correction": "规模应为大型。"}
    page = officer.send(empty, application_id=listed[0], **wrong)
    assert "更正已公布" in page.main
    again = zh_date(bureau.today + dt.timedelta(days=7))
    for seen in (page, browser.open(path)):
        assert "规模应为大型。" in seen.main
        assert f"至{again}（含首尾两日）" in seen.main
        assert again in seen.texts('td[data-label="公示期至"]')

    bureau.clock.advance(dt.timedelta(days=4))
    shown = browser.open(path)
    assert shown.texts('td[data-label="异议"]').count("公示期已满") == 1
    choices = browser.open(f"{path}/object").tree.select("#field-application_id option[value]")
    assert [str(its["value"]) for its in choices] == ["", listed[0]]
    designation = officer.open(f"{path}/designation")
    assert f"公示期至{again}，期满后再确定。" in designation.main
    assert "可以确定的单位（1 个）" in designation.main
    assert officer.open(path).tree.select(f'a[href="{path}/designation"]')


def test_a_verification_is_extended_once_with_the_limit_shown(
    officer: Browser, leader: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    objection_id = _object(bureau, notice_id, listed[0])
    path = f"/objections/{objection_id}"
    before = opened(officer, bureau, path)
    assert "由负责人延长核实期限" in before.main
    assert officer.open(f"{path}/extension").status == 403
    (link,) = leader.open(path).tree.select(f'a[href="{path}/extension"]')
    form = leader.open(str(link["href"]))
    limit = _limit(form)
    assert leader.send(form).error_at("reasons") == "请写明为什么需要延长。"
    page = leader.send(form, reasons="需要向其他机关调取材料。")
    assert "核实期限已延长。" in page.main
    assert "（已延长）" in _limit(page)
    assert _limit(page).partition("（")[0] != limit.partition(" ")[0]
    assert not page.tree.select(f'a[href="{path}/extension"]')
    again = leader.open(f"{path}/extension")
    assert "核实期限已经延长过一次。" in again.main
    assert not form_fields(again)


def test_what_was_decided_is_read_again_and_printed(
    officer: Browser, bureau: Bureau, on_notice: tuple[str, list[str]]
) -> None:
    notice_id, listed = on_notice
    objection_id = _object(bureau, notice_id, listed[0])
    form = opened(officer, bureau, f"/objections/{objection_id}")
    page = officer.send(form, outcome="overruled", reasons=REASONS)
    assert REASONS in page.main
    (report,) = page.tree.select('a[href*="/papers/report"]')
    (notice,) = officer.open(f"/notices/{notice_id}").tree.select('a[href$="/papers/notice"]')
    for link in (report, notice):
        assert officer.file(str(link["href"])).headers["Content-Type"] == "application/pdf"


def _limit(page: Page) -> str:
    """What the page says of the limit of a verification."""
    (row,) = (its for its in page.tree.select(".summary-list > div") if "核实期限" in str(its))
    said = row.select_one("dd")
    assert said is not None
    return said.get_text(" ", strip=True)


def _object(bureau: Bureau, notice_id: str, application_id: str, *, anonymous: bool = False) -> str:
    payload = objection(notice_id, application_id, anonymous=anonymous)
    bureau.send(ANYONE, "ObjectToNotice", payload)
    return str(payload["objection_id"])
