"""What anybody can do: find points, see how they are spread, object to a notice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from shared.contracts.registry.vocabulary import UnitKind
from shared.reference.divisions import Divisions
from tests.portal.browser.judging import grave
from tests.portal.browser.keyboard import Keyboard
from tests.portal.browser.moving import (
    area,
    arrive_by,
    field,
    find,
    follow,
    found,
    heading,
    link,
    send,
)
from tests.portal.browser.scene import let_settle
from tests.portal.browser.visitors import PHONE, Visitors
from tests.system.bureau import DISTRICT, OFFICER, OTHER_DISTRICT, Bureau, figures

FACTS = "该单位去年十月在工业路8号无证经营，附近商户都能作证。"

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])


@pytest.fixture(scope="package")
def point_id(bureau: Bureau) -> str:
    """A point in one district beside one in another, both counted in the coverage."""
    batch_id, notice_id, listed = bureau.on_notice(
        [(UnitKind.VILLAGE_COMMUNITY, DISTRICT), (UnitKind.CHAMBER, OTHER_DISTRICT)]
    )
    bureau.let_notice_end()
    bureau.designate(notice_id, listed)
    bureau.send(OFFICER, "RecordDistrictFigures", figures(2025, d430211=52_000, d430203=61_000))
    bureau.wait_for_assessment()
    return str(bureau.points(batch_id)[listed[0]]["point_id"])


@WITH_AND_WITHOUT
def test_from_home_to_the_points_of_a_district(
    visitors: Visitors, point_id: str, javascript: bool
) -> None:
    page = visitors.new(javascript=javascript)
    page.goto("/")
    arrive_by(page, area(page, "联系点"))
    field(page, "行政区划").select_option(DISTRICT)
    field(page, "类型").select_option("village_community")
    page.get_by_role("button", name="筛选", exact=True).click()
    expect(page).to_have_url(re.compile(f"division={DISTRICT}.*unit_kind=village_community"))
    _expect_only(page, "行政区划", _name(DISTRICT))
    _expect_only(page, "类型", "村（社区）")
    theirs = page.locator(f'a[href="/points/{point_id}"]')
    assert found(page, theirs)
    name = theirs.inner_text()
    follow(page, name)
    assert heading(page) == name
    expect(page.get_by_text("正在履职", exact=True)).to_be_visible()


@WITH_AND_WITHOUT
def test_how_points_are_spread_is_drawn_told_and_to_be_had(
    visitors: Visitors, point_id: str, javascript: bool
) -> None:
    page = visitors.new(javascript=javascript, width=PHONE)
    page.goto("/points")
    follow(page, "查看覆盖情况")
    table = page.get_by_role("table", name="各区县联系点与经营主体")
    expect(table.get_by_role("row").filter(has_text=_name(DISTRICT))).to_contain_text("52,000")
    expect(page.locator(".chart canvas")).to_have_count(3 if javascript else 0)
    if javascript:
        drawn = page.locator(".chart-drawn").first
        expect(drawn).to_have_attribute("aria-label", re.compile("各区县联系点占比与经营主体占比"))
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("下载覆盖数据")).click()
    sheet = coming.value.path().read_text(encoding="utf-8-sig")
    assert f"{DISTRICT},{_name(DISTRICT)}," in sheet


@WITH_AND_WITHOUT
def test_from_home_to_an_objection(
    visitors: Visitors, bureau: Bureau, notice_id: str, javascript: bool
) -> None:
    page = visitors.new(javascript=javascript, width=PHONE)
    page.goto("/")
    arrive_by(page, area(page, "公示"))
    arrive_by(page, find(page, "/notices", page.locator(f'a[href="/notices/{notice_id}"]')))
    follow(page, "提出异议")
    field(page, "具体事实").fill("太短了")
    field(page, "匿名").check()
    send(page, "提交异议")
    expect(page).to_have_title(re.compile("^错误："))
    trouble = page.get_by_role("alert").filter(has_text="处需要修改")
    if javascript:
        expect(trouble).to_be_focused()
    trouble.get_by_role("link", name=re.compile("^具体事实：")).click()
    expect(field(page, "具体事实")).to_be_in_viewport()
    if javascript:
        expect(field(page, "具体事实")).to_be_focused()
    assert field(page, "具体事实").input_value() == "太短了"
    expect(field(page, "匿名")).to_be_checked()
    field(page, "具体事实").fill(FACTS)
    field(page, "对哪个单位有异议").select_option(index=1)
    send(page, "提交异议")
    _expect_objection(page, bureau, contact_name=None)


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
    _expect_only(page, "行政区划", _name(DISTRICT))
    first = page.locator("#results tbody th a").first
    name = first.inner_text()
    keyboard.enter(first)
    assert heading(page) == name


def test_an_objection_is_raised_by_keyboard_alone(
    visitors: Visitors, bureau: Bureau, notice_id: str
) -> None:
    page = visitors.new()
    keyboard = Keyboard(page)
    page.goto(f"/notices/{notice_id}")
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
    _expect_objection(page, bureau, contact_name="王一二")


def _expect_only(page: Page, column: str, value: str) -> None:
    """Each row that is listed says this in this column."""
    cells = page.locator(f'#results td[data-label="{column}"]')
    expect(cells.filter(has_not_text=value)).to_have_count(0)
    expect(cells.first).to_have_text(value)


def _expect_objection(page: Page, bureau: Bureau, contact_name: str | None) -> None:
    """The page confirms it, and the registry has it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("异议已提交")
    number = page.locator(".confirmation-number").inner_text()
    let_settle(bureau)
    kept = bureau.read("OpenObjection", {"objection_id": number, "purpose": "核对内容"}, OFFICER)
    assert (kept["facts"], kept["contact_name"]) == (FACTS, contact_name)


def _name(division: str) -> str:
    return Divisions.for_year(2025).name(division)
