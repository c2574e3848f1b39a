"""What anybody can do without a mouse: find points, object, register and apply."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from services.portal.labels import label
from shared.contracts.registry.vocabulary import UnitKind
from tests.portal.browser.expecting import expect_objection, expect_only, name_of
from tests.portal.browser.judging import grave
from tests.portal.browser.keyboard import Keyboard
from tests.portal.browser.moving import FACTS, area, field, find, heading, link
from tests.portal.browser.visitors import Visitors
from tests.portal.pages.own.conftest import PASSPHRASE
from tests.portal.pages.own.test_application_form import typed
from tests.system.bureau import DISTRICT, Bureau, new_id


def test_points_are_found_by_keyboard_alone(visitors: Visitors, point_id: str) -> None:
    page = visitors.new()
    keyboard = Keyboard(page)
    page.goto("/")
    keyboard.press("Tab")
    expect(link(page, "跳到正文")).to_be_focused()
    expect(link(page, "跳到正文")).to_be_in_viewport()
    keyboard.enter(area(page, "联系点"))
    keyboard.choose(field(page, "行政区划"), DISTRICT)
    keyboard.choose(field(page, "类型"), "village_community")
    keyboard.to(page.get_by_role("button", name="筛选", exact=True))
    keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"division={DISTRICT}.*unit_kind=village_community"))
    expect_only(page, "行政区划", name_of(DISTRICT))
    first = page.locator("#results tbody th a").first
    name = first.inner_text()
    keyboard.enter(first)
    assert heading(page) == name


def test_an_objection_is_raised_by_keyboard_alone(
    visitors: Visitors, bureau: Bureau, notice_id: str
) -> None:
    page = visitors.new()
    keyboard = Keyboard(page)
    page.goto("/")
    keyboard.enter(area(page, "公示"))
    keyboard.enter(find(page, "/notices", page.locator(f'a[href="/notices/{notice_id}"]')))
    keyboard.enter(page.get_by_role("link", name=re.compile("^提出异议.?：")))
    assert field(page, "对哪个单位有异议").input_value() != ""
    keyboard.type(field(page, "具体事实"), FACTS)
    expect(page.get_by_text(f"还可以填写 {4000 - len(FACTS)} 个字。")).to_be_visible()
    keyboard.to(field(page, "实名"))
    keyboard.press("Space")
    keyboard.type(field(page, "姓名"), "王一二")
    keyboard.type(field(page, "联系电话"), "13900001234")
    keyboard.enter(page.get_by_role("button", name="提交异议"))
    expect(page.locator(".receipt-code")).to_be_visible()
    assert grave(page) == []
    expect_objection(page, bureau, contact_name="王一二")


def test_an_application_is_filed_by_keyboard_alone(visitors: Visitors, bureau: Bureau) -> None:
    """From home to the batch, to an account, through every step, until it is handed in."""
    batch_id, unit = bureau.open_batch(), typed(UnitKind.ENTERPRISE, channel="self_nominated")
    page = visitors.new()
    keyboard = Keyboard(page)
    _come_to(page, keyboard, bureau, batch_id)
    keyboard.enter(link(page, "还没有账号？先注册"))
    keyboard.type(field(page, "姓名"), "李四")
    keyboard.choose(field(page, "所在区县"), DISTRICT)
    keyboard.type(field(page, "登录名"), f"unit.{new_id()[:8]}")
    for word in ("密码", "再次输入密码"):
        keyboard.type(field(page, word), PASSPHRASE)
    keyboard.enter(page.get_by_role("button", name="注册", exact=True))
    _come_to(page, keyboard, bureau, batch_id)
    keyboard.enter(link(page, "开始或者继续申报"))
    _tell_unit(page, keyboard, unit)
    _tell_industry(page, keyboard, unit)
    keyboard.type(field(page, "姓名"), unit["contact_name"])
    keyboard.type(field(page, "联系电话"), unit["contact_phone"])
    _go_on(page, keyboard)
    assert heading(page) == "核对并提交"
    assert grave(page) == []
    keyboard.enter(page.get_by_role("button", name="确认并提交申报", exact=True))
    expect(page.locator("main")).to_contain_text("申报已提交。")


def _come_to(page: Page, keyboard: Keyboard, bureau: Bureau, batch_id: str) -> None:
    bureau.read("ShowBatch", {"batch_id": batch_id})
    page.goto("/")
    keyboard.enter(area(page, "申报批次"))
    keyboard.enter(find(page, "/batches", page.locator(f'main a[href="/batches/{batch_id}"]')))


def _tell_unit(page: Page, keyboard: Keyboard, unit: dict[str, str]) -> None:
    keyboard.pick(field(page, "自荐"))
    keyboard.pick(field(page, label(unit["unit_kind"], "unit_kind")))
    keyboard.type(field(page, "单位名称"), unit["unit_name"])
    keyboard.type(field(page, "统一社会信用代码"), unit["credit_code"])
    keyboard.choose(field(page, "所在区县"), unit["division"])
    keyboard.type(field(page, "地址"), unit["address"])
    _go_on(page, keyboard)


def _go_on(page: Page, keyboard: Keyboard) -> None:
    keyboard.enter(page.get_by_role("button", name="保存并继续", exact=True))


def _tell_industry(page: Page, keyboard: Keyboard, unit: dict[str, str]) -> None:
    keyboard.choose(field(page, "行业门类"), unit["industry_section"])
    keyboard.pick(field(page, label(unit["trade"], "trade")))
    keyboard.type(field(page, "从业人员"), unit["staff"])
    keyboard.type(field(page, "年营业收入（万元）"), unit["revenue_wan"])
    _go_on(page, keyboard)
