"""A clue from a point's telling to its reopening, as people at real browsers see it through."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from deploy.local.processes import wait_until
from services.portal.labels import label
from shared.contracts.roles import Role
from tests.portal.browser.moving import arrive_by, field, find, follow, heading, link, send
from tests.portal.browser.visitors import PHONE, Visitors
from tests.portal.people import People
from tests.system.bureau import DISTRICT, new_id
from tests.system.installation import PATIENCE

TEXT = "对同行企业检查时超标罚款，企业担心被报复不敢投诉。"
SAID = "经核查，罚款超过裁量基准。"


@dataclass(frozen=True)
class Staff:
    """Four browsers; `officer_id` is the account that handles the case."""

    officer: Page
    officer_id: str
    leader: Page
    body: Page
    point: Page


@pytest.fixture
def staff(visitors: Visitors, people: People, point_id: str) -> Staff:
    officer_id = people.new(Role.OFFICER).account_id
    return Staff(
        officer=visitors.signed_in(officer_id),
        officer_id=officer_id,
        leader=visitors.of(Role.LEADER),
        body=visitors.of(Role.ENFORCEMENT_BODY),
        point=visitors.signed_in(people.new(Role.POINT, unit=point_id).account_id),
    )


def test_from_what_a_point_tells_to_a_refund_an_answer_and_a_reopening(staff: Staff) -> None:
    body = f"市生态环境局{new_id()[:4]}"
    clue_id = _filed(staff.point, body)
    _accept_and_assign(staff, clue_id, body)
    referral_id = _refer(staff.officer)
    _answer_badly_then_well(staff.body, referral_id)
    _verify(staff.officer, clue_id)
    _order(staff.leader, clue_id)
    _refund_in_two_parts(staff, clue_id, referral_id)
    _close_and_tell(staff.officer, clue_id)
    _reopen(staff.point, clue_id)
    again = link(staff.officer, "开始核实")
    find(staff.officer, f"/clues/{clue_id}", again)
    expect(staff.officer.locator("main")).to_contain_text("第 2 次办理")


def _filed(point: Page, body: str) -> str:
    """By the point for a peer that is afraid, once the clues service knows the point."""
    point.goto("/report/clue")
    field(point, "替同行或者其他人反映").check()
    field(point, label("illegal_fine", "clue_kind")).check()
    field(point, "被反映的行政执法机关").fill(body)
    field(point, "发生在哪里").select_option(DISTRICT)
    field(point, "具体内容").fill(TEXT)
    point.get_by_label("涉及金额（元）").fill("50,000")
    field(point, label("confidential", "reporting")).check()
    point.get_by_label("反映人姓名").fill("赵某")
    point.get_by_label("反映人电话").fill("13900001111")

    def is_filed() -> bool:
        send(point, "提交线索")
        return heading(point) == "已提交"

    assert wait_until(is_filed, PATIENCE), point.locator("main").inner_text()
    assert re.fullmatch(r"(\d{5}\s*){5}", point.locator(".receipt-digits").inner_text())
    follow(point, "查看本件")
    return point.url.partition("?")[0].rpartition("/")[2]


def _accept_and_assign(staff: Staff, clue_id: str, body: str) -> None:
    officer = staff.officer
    arrive_by(
        officer,
        find(officer, f"/clues?body={body}", officer.locator(f'a[href="/clues/{clue_id}"]')),
    )
    assert heading(officer) == f"乱罚款：{body}"
    expect(officer.locator("main")).to_contain_text(TEXT)
    expect(officer.locator("main")).not_to_contain_text("赵某")
    follow(officer, "受理")
    send(officer, "受理")
    _expect_note(officer, "线索已受理")
    follow(officer, "指定承办人")
    send(officer, "指定")
    expect(officer.get_by_role("alert")).to_contain_text("请至少勾选一名承办人")
    officer.locator(f'input[name="handlers"][value="{staff.officer_id}"]').check()
    send(officer, "指定")
    _expect_note(officer, "承办人已指定")


def _refer(officer: Page) -> str:
    """Not with the reporter's name in it."""
    follow(officer, "转办")
    field(officer, label("body", "referral_target")).check()
    officer.get_by_label("在线答复的单位账号").select_option("unit-1")
    field(officer, "不写明").check()
    field(officer, "转办内容").fill("赵某反映你局罚款超过法定幅度，请核查答复。")
    send(officer, "转办")
    expect(officer.get_by_role("alert")).to_contain_text("姓名或者电话")
    field(officer, "转办内容").fill("有反映称你局罚款超过法定幅度，请核查答复。")
    send(officer, "转办")
    _expect_note(officer, "已转办")
    follow(officer, "第 1 次转办")
    return officer.url.partition("?")[0].rpartition("/")[2]


def _answer_badly_then_well(body: Page, referral_id: str) -> None:
    """What was said stays in the form of what comes back."""
    arrive_by(body, find(body, "/referrals", link(body, f"答复：{referral_id[:8]}")))
    expect(body.locator("main")).not_to_contain_text(TEXT)
    field(body, "事实").fill(SAID)
    field(body, "处理措施").fill("已责成整改。")
    send(body, "提交答复")
    _expect_note(body, "答复还不完整")
    expect(body.locator("main")).to_contain_text("请补齐：依据、退还情况。")
    expect(field(body, "事实")).to_have_value(SAID)
    field(body, "依据").fill("行政处罚裁量基准第三条。")
    field(body, "退还情况").fill("应退还多收的 500 元。")
    send(body, "提交答复")
    _expect_note(body, "答复已提交。")


def _verify(officer: Page, clue_id: str) -> None:
    arrive_by(officer, find(officer, f"/clues/{clue_id}", link(officer, "开始核实")))
    send(officer, "开始核实")
    follow(officer, "登记核实经过")
    field(officer, label("case_file", "verification_means")).check()
    field(officer, "经过").fill("调阅处罚案卷三份。")
    send(officer, "登记")
    follow(officer, "登记主张退还的款项")
    field(officer, "主张的金额（元）").fill("多收的")
    field(officer, "退还给谁").fill("某机械厂")
    send(officer, "登记")
    expect(officer.get_by_role("alert")).to_contain_text("最多两位小数")
    field(officer, "主张的金额（元）").fill("５00.00")
    send(officer, "登记")
    follow(officer, "核实应退的金额（第 1 笔）")
    expect(field(officer, "核实的金额（元）")).to_have_value("500.00")
    field(officer, "依据").fill("票据与裁量基准的差额。")
    send(officer, "登记核实")
    follow(officer, "作出核实结论")
    field(officer, label("substantiated", "clue_finding")).check()
    field(officer, "查明的事实").fill(SAID)
    field(officer, "依据").fill("行政处罚法第三十四条。")
    send(officer, "作出结论")
    _expect_note(officer, "核实结论已登记。")


def _order(leader: Page, clue_id: str) -> None:
    arrive_by(leader, find(leader, f"/clues/{clue_id}", link(leader, "制发监督通知书")))
    expect(leader.locator("main")).not_to_contain_text("责令退还的金额")
    field(leader, "文书编号").fill("株司监通〔2026〕3号")
    field(leader, "内容").fill("请退还多收的罚款。")
    send(leader, "登记")
    _expect_note(leader, "处理结果已登记")
    follow(leader, "责令退还（第 1 笔）")
    expect(field(leader, "株司监通〔2026〕3号")).to_be_checked()
    send(leader, "责令退还")
    _expect_note(leader, "责令退还已登记")
    follow(leader, "登记处理执法人员")
    field(leader, "处理的人数").fill("2")
    field(leader, "处理情况").fill("对两名执法人员作出处理。")
    send(leader, "登记")
    _expect_note(leader, "处理结果已登记")
    expect(leader.locator("main")).to_contain_text("办结：责令退还的款项还没有全部退还")


def _refund_in_two_parts(staff: Staff, clue_id: str, referral_id: str) -> None:
    """One reported by the body, the other registered by the officer from its papers."""
    body, officer = staff.body, staff.officer
    arrive_by(body, find(body, f"/referrals/{referral_id}", link(body, "登记付款：第 1 笔")))
    field(body, "付款金额（元）").fill("500.01")
    field(body, "付款凭证").fill("银行回单 001")
    send(body, "登记付款")
    expect(body.get_by_role("alert")).to_contain_text("不能超过尚未退还的金额")
    field(body, "付款金额（元）").fill("200")
    send(body, "登记付款")
    _expect_note(body, "付款已登记。")
    expect(body.locator("main")).to_contain_text("300.00 元")
    arrive_by(officer, find(officer, f"/clues/{clue_id}", link(officer, "登记退还付款（第 1 笔）")))
    expect(field(officer, "付款金额（元）")).to_have_value("300.00")
    field(officer, "付款凭证").fill("银行回单 002")
    send(officer, "登记付款")
    row = officer.get_by_role("row").filter(has_text="银行回单 001")
    expect(row).to_contain_text(label("enforcement_body", "role"))


def _close_and_tell(officer: Page, clue_id: str) -> None:
    follow(officer, "办结")
    field(officer, "办理情况摘要").fill("属实，已处理并退还。")
    send(officer, "办结")
    _expect_note(officer, "本件已办结")
    follow(officer, "反馈")
    field(officer, label("online", "feedback_means")).check()
    field(officer, "反馈内容").fill("经核实属实，执法人员已处理，款项已退还。")
    send(officer, "登记反馈")
    _expect_note(officer, "反馈已登记。")


def _reopen(point: Page, clue_id: str) -> None:
    point.set_viewport_size({"width": PHONE, "height": 900})
    arrive_by(point, find(point, f"/my/filings/clues/{clue_id}", link(point, "登记已转告反映人")))
    field(point, label("in_person", "feedback_means")).check()
    send(point, "登记")
    _expect_note(point, "转告已登记")
    follow(point, "登记反映人的评价")
    field(point, label("not_solved", "satisfaction")).check()
    send(point, "登记")
    _expect_note(point, "评价已登记")
    expect(point.locator("main")).to_contain_text("第 2 次办理")


def _expect_note(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()
