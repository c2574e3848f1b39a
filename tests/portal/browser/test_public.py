"""What anybody can do: find points, see how they are spread, object to a notice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.portal.browser.expecting import expect_objection, expect_only, name_of
from tests.portal.browser.moving import (
    FACTS,
    area,
    arrive_by,
    field,
    find,
    follow,
    found,
    heading,
    send,
)
from tests.portal.browser.visitors import PHONE, Visitors
from tests.system.bureau import DISTRICT, Bureau

_PATTERNED = """(its) => {
  const { series, aria } = echarts.getInstanceByDom(its).getOption();
  return series.length > 1 && [].concat(aria).every(({ decal }) => decal.show);
}"""
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])


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
    expect_only(page, "行政区划", name_of(DISTRICT))
    expect_only(page, "类型", "村（社区）")
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
    expect(table.get_by_role("row").filter(has_text=name_of(DISTRICT))).to_contain_text("52,000")
    expect(page.locator(".chart canvas")).to_have_count(3 if javascript else 0)
    if javascript:
        drawn = page.locator(".chart-drawn").first
        expect(drawn).to_have_attribute("aria-label", re.compile("各区县联系点与经营主体"))
        assert drawn.evaluate(_PATTERNED)  # two series are told apart without colours
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("下载各区县联系点与经营主体")).click()
    sheet = coming.value.path().read_text(encoding="utf-8-sig")
    assert f"{DISTRICT},{name_of(DISTRICT)}," in sheet


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
    expect_objection(page, bureau, contact_name=None)
