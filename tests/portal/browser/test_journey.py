"""From a batch to a point in office, by its people at their browsers.

What a review has on record beside its checks is sent: its forms have their own tests.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from services.portal.labels import label
from shared.access.actor import Actor
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.browser.judging import grave
from tests.portal.browser.moving import FACTS, arrive_by, field, find, follow, heading, link, send
from tests.portal.browser.visitors import PHONE, Visitors
from tests.portal.pages.own.conftest import PASSPHRASE
from tests.portal.pages.own.test_application_form import typed
from tests.portal.people import FIRST, OWN, People
from tests.system.bureau import CITY, DISTRICT, LEADER, NO_INTERESTS, Bureau, new_id
from tests.system.installation import Installation

REASONS = "经现场核实，证照齐全，举报所述地点并非该单位。"


@dataclass(frozen=True)
class Staff:
    """Three browsers, signed in with passwords that their people chose."""

    officer: Page
    reviewer: Page
    leader: Page
    reviewer_id: str


@pytest.fixture
def staff(visitors: Visitors, people: People) -> Staff:
    accounts = [people.account(role) for role in (Role.OFFICER, Role.REVIEWER, Role.LEADER)]
    pages = (_first_sign_in(visitors.new(), login) for _, login in accounts)
    return Staff(*pages, reviewer_id=accounts[1][0])


def test_from_a_batch_to_a_point_in_office(
    visitors: Visitors, staff: Staff, bureau: Bureau, system: Installation
) -> None:
    unit = typed(UnitKind.ENTERPRISE, channel="self_nominated")
    name, applicant = unit["unit_name"], visitors.new(width=PHONE)
    batch_id = _open_batch(staff.leader, bureau.today)
    application_id = _apply(applicant, batch_id, unit)
    _check_form(staff.officer, application_id, name)
    _review(staff.reviewer, application_id)
    _prepare(bureau, batch_id, application_id, staff.reviewer_id)
    _conclude(staff.reviewer, application_id)
    notice_id = _deliberate_and_publish(staff.leader, batch_id, name)
    objector = visitors.new(width=PHONE)
    objection_id, code = _object(objector, notice_id, name)
    _decide(staff.officer, objection_id, name)
    _expect_outcome(objector, objection_id, code)
    system.clock.advance(dt.timedelta(days=8))
    _designate(staff.leader, notice_id, name)
    _expect_point(applicant, application_id, name)
    _expect_history(staff.officer, application_id)
    assert FACTS not in visitors.new().request.get(f"/notices/{notice_id}").text()


def _first_sign_in(page: Page, login: str) -> Page:
    """By the password that was given, which must be changed first of all."""
    page.goto("/sign-in")
    field(page, "登录名").fill(login)
    field(page, "密码").fill(FIRST)
    send(page, "登录")
    assert heading(page) == "请先设置自己的密码"
    for word, value in (("现在的密码", FIRST), ("新密码", OWN), ("再次输入新密码", OWN)):
        field(page, word).fill(value)
    send(page, "保存并继续")
    page.goto("/desk")
    assert heading(page) == "待办事项"
    return page


def _open_batch(leader: Page, today: dt.date) -> str:
    title = f"第{new_id()[:6]}批联系点遴选"
    follow(leader, "启动新批次")
    field(leader, "名称").fill(title)
    field(leader, "名额").fill("3")
    closes = leader.get_by_role("group", name="申报截止日期")
    day = today + dt.timedelta(days=30)
    for word, number in (("年", day.year), ("月", day.month), ("日", day.day)):
        closes.get_by_label(word, exact=True).fill(str(number))
    send(leader, "启动批次")
    _expect_note(leader, "批次已启动。")
    assert heading(leader) == title
    return _last_part(leader)


def _apply(applicant: Page, batch_id: str, unit: dict[str, str]) -> str:
    """Register on the way, fill in the steps, look at it all and hand it in."""
    applicant.goto(f"/batches/{batch_id}")
    follow(applicant, "还没有账号？先注册")
    for word, value in (("姓名", "李四"), ("登录名", f"unit.{new_id()[:8]}")):
        field(applicant, word).fill(value)
    field(applicant, "所在区县").select_option(DISTRICT)
    for word in ("密码", "再次输入密码"):
        field(applicant, word).fill(PASSPHRASE)
    send(applicant, "注册")
    _expect_note(applicant, "注册成功，已登录。")
    applicant.goto(f"/batches/{batch_id}")
    follow(applicant, "开始或者继续申报")
    _fill_in_unit(applicant, unit)
    _fill_in_industry(applicant, unit)
    field(applicant, "姓名").fill(unit["contact_name"])
    field(applicant, "联系电话").fill(unit["contact_phone"])
    send(applicant, "保存并继续")
    assert heading(applicant) == "核对并提交"
    expect(applicant.locator("main")).to_contain_text(unit["unit_name"])
    send(applicant, "确认并提交申报")
    _expect_note(applicant, "申报已提交。")
    return _last_part(applicant)


def _fill_in_unit(applicant: Page, unit: dict[str, str]) -> None:
    field(applicant, "自荐").check()
    expect(field(applicant, "推荐单位")).to_be_hidden()
    field(applicant, label(unit["unit_kind"], "unit_kind")).check()
    field(applicant, "单位名称").fill(unit["unit_name"])
    field(applicant, "统一社会信用代码").fill(unit["credit_code"])
    field(applicant, "所在区县").select_option(unit["division"])
    field(applicant, "地址").fill(unit["address"])
    send(applicant, "保存并继续")


def _fill_in_industry(applicant: Page, unit: dict[str, str]) -> None:
    field(applicant, "行业门类").select_option(unit["industry_section"])
    field(applicant, label(unit["trade"], "trade")).check()
    expect(field(applicant, "资产总额（万元）")).to_be_hidden()
    field(applicant, "从业人员").fill(unit["staff"])
    field(applicant, "年营业收入（万元）").fill(unit["revenue_wan"])
    send(applicant, "保存并继续")


def _check_form(officer: Page, application_id: str, name: str) -> None:
    _take_up(officer, "形式审查", application_id)
    expect(officer.locator("main")).to_contain_text(name)
    field(officer, "通过").check()
    send(officer, "提交审查结果")
    _expect_note(officer, "形式审查结果已登记。")


def _review(reviewer: Page, application_id: str) -> None:
    """Check after check, as long as one is asked for, and on to what the conclusion waits for."""
    _take_up(reviewer, "资格审查", application_id)
    while heading(reviewer) != "资格审查结论":
        if heading(reviewer) == "政治方向审查":
            field(reviewer, "党支部").check()
            field(reviewer, "谈话对象").fill("党支部书记")
            field(reviewer, "谈话记录").fill("拥护党的领导，愿意参与监督。")
        else:
            assert heading(reviewer) == "登记审查项结果"
            field(reviewer, "依据").fill("经查询有关系统，未发现问题。")
        field(reviewer, "合格").check()
        send(reviewer, "保存，继续下一项")


def _prepare(bureau: Bureau, batch_id: str, application_id: str, member: str) -> None:
    """What the conclusion waits for: a group of the reviewer, its vote, a visit and opinions."""
    group = {"batch_id": batch_id, "member_ids": [member], "chair": member}
    bureau.send(LEADER, "AppointReviewGroup", group)
    acting = Actor(member, Role.REVIEWER, CITY)
    declared = {**NO_INTERESTS, "batch_id": batch_id, "member_id": member}
    bureau.send(acting, "DeclareInterests", declared)
    bureau.examine(application_id)
    bureau.send(acting, "CastVote", {"application_id": application_id, "in_favour": True})


def _conclude(reviewer: Page, application_id: str) -> None:
    concluding = link(reviewer, "作出“符合条件”的结论")
    arrive_by(reviewer, find(reviewer, f"/applications/{application_id}", concluding))
    field(reviewer, label("qualified", "conclusion")).check()
    send(reviewer, "提交结论")
    _expect_note(reviewer, "资格审查结论已登记。")


def _deliberate_and_publish(leader: Page, batch_id: str, name: str) -> str:
    _take_up(leader, "集体研究", batch_id)
    unit = leader.get_by_role("group", name=name)
    expect(unit.get_by_label("下次再研究", exact=True)).to_be_checked()
    expect(field(leader, "候补顺序")).to_be_hidden()
    unit.get_by_label("列为候补", exact=True).check()
    expect(field(leader, "候补顺序")).to_be_visible()
    unit.get_by_label("列入名单", exact=True).check()
    field(leader, "应到人数").fill("9")
    field(leader, "实到人数").fill("7")
    field(leader, "会议纪要").fill("经集体研究，同意拟确定名单。")
    send(leader, "登记决定")
    _expect_note(leader, "集体研究决定已登记。")
    expect(leader.get_by_role("checkbox", name=name)).to_be_checked()
    field(leader, "受理异议的电话").fill("0731-28680000")
    field(leader, "受理异议的地址").fill("天元区测试路1号")
    send(leader, "发布公示")
    _expect_note(leader, "公示已发布。")
    return _last_part(leader)


def _object(objector: Page, notice_id: str, name: str) -> tuple[str, str]:
    """The number and the code that only this page shows."""
    objector.goto(f"/notices/{notice_id}")
    follow(objector, f"提出异议：{name}")
    field(objector, "具体事实").fill(FACTS)
    field(objector, "实名").check()
    field(objector, "姓名").fill("王一二")
    field(objector, "联系电话").fill("13900001234")
    send(objector, "提交异议")
    assert heading(objector) == "异议已提交"
    assert objector.url.endswith("/object"), "neither number nor code stands in an address"
    number, code = (objector.locator(each) for each in (".objection-id", ".receipt-code"))
    return number.inner_text(), code.inner_text()


def _expect_outcome(objector: Page, objection_id: str, code: str) -> None:
    """With number and code, however the code is written."""
    follow(objector, "查询处理结果")
    field(objector, "异议编号").fill(objection_id)
    field(objector, "查询码").fill(code.replace("-", " ").lower())
    send(objector, "查询")
    expect(objector.locator("main")).to_contain_text(REASONS)
    expect(objector.get_by_text("异议不成立", exact=True).first).to_be_visible()
    assert grave(objector) == []


def _decide(officer: Page, objection_id: str, name: str) -> None:
    _take_up(officer, "处理异议", objection_id)
    for told in (name, FACTS, "王一二"):
        expect(officer.locator("main")).to_contain_text(told)
    field(officer, "异议不成立").check()
    field(officer, "理由").fill(REASONS)
    send(officer, "提交处理决定")
    _expect_note(officer, "处理决定已登记。")


def _designate(leader: Page, notice_id: str, name: str) -> None:
    _take_up(leader, "确定联系点", notice_id)
    expect(leader.get_by_role("checkbox", name=name)).to_be_checked()
    send(leader, "确定为联系点")
    _expect_note(leader, "联系点已确定。")
    row = leader.get_by_role("row").filter(has_text=name)
    expect(row.get_by_text(label("designated", "status"))).to_be_visible()


def _expect_point(applicant: Page, application_id: str, name: str) -> None:
    """The applicant is told, and led to the point that everybody sees."""
    path = f"/my/applications/{application_id}"
    mine = applicant.get_by_role("rowheader").locator(f'a[href="{path}"]')
    arrive_by(applicant, find(applicant, "/my/applications", mine))
    arrive_by(applicant, find(applicant, path, link(applicant, "查看联系点")))
    assert heading(applicant) == name
    expect(applicant.get_by_text("正在履职", exact=True)).to_be_visible()


def _expect_history(officer: Page, application_id: str) -> None:
    """All that was done, in its order."""
    officer.goto(f"/applications/{application_id}")
    titles = officer.locator(".timeline-title").all_inner_texts()
    assert titles[:2] == ["申报已提交", "形式审查已通过"]
    assert titles[-1] == "申报单位已确定为联系点"


def _take_up(page: Page, kind: str, identifier: str) -> None:
    """From the desk, one click to where it is done."""
    arrive_by(page, find(page, "/desk", link(page, f"{kind}：{identifier[:8]}")))


def _expect_note(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def _last_part(page: Page) -> str:
    """The id with which the page's address ends."""
    return page.url.partition("?")[0].rpartition("/")[2]
