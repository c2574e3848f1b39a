"""A batch's plan beside what the figures propose, its dates, its ranked candidates."""

from __future__ import annotations

import datetime as dt

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.system.bureau import DISTRICT, OFFICER, OTHER_DISTRICT, Bureau, figures


@pytest.fixture
def planned(bureau: Bureau) -> str:
    """A batch of four places, with figures on record."""
    said = {f"d{DISTRICT}": 60_000, f"d{OTHER_DISTRICT}": 20_000}
    bureau.send(OFFICER, "RecordDistrictFigures", figures(bureau.today.year, **said))
    return bureau.open_batch(places=4)


def test_a_proposal_fills_the_boxes_and_is_recorded_beside_the_plan(
    leader: Browser, bureau: Bureau, planned: str
) -> None:
    page = _open(leader, bureau, f"/batches/{planned}/plan")
    assert "最大余额法" in page.main
    link = page.one('main a[href*="market_entities"]')
    form = leader.open(str(link["href"]))
    boxes = {name: shown_value(form, f"district-{name}") for name in (DISTRICT, OTHER_DISTRICT)}
    assert sum(map(int, boxes.values())) <= 4
    assert shown_value(form, "followed").endswith(":market_entities")
    told = leader.send(form, **{f"district-{DISTRICT}": "9"})
    assert told.status == 422
    assert "名额" in told.one("#error-districts").get_text()
    assert shown_value(told, f"district-{DISTRICT}") == "9"
    page = leader.send(form)
    assert page.status == 200, page.main
    assert "名额计划已登记" in page.main
    again = leader.open(f"/batches/{planned}/plan")
    told = leader.send(again, **{"group-retail": "4"})
    assert told.error_at("reason") == "调整已有计划的，请写明理由。"
    page = leader.send(told, reason="上次漏填行业。")
    assert "名额计划已登记" in page.main


def test_a_box_that_is_no_number_is_told_at_the_box(
    officer: Browser, bureau: Bureau, planned: str
) -> None:
    form = _open(officer, bureau, f"/batches/{planned}/plan")
    page = officer.send(form, **{f"district-{DISTRICT}": "许多"})
    assert page.status == 422
    said = page.one(f"#error-district-{DISTRICT}").get_text()
    assert "请填写整数" in said


def test_a_reviewer_sees_the_plan_and_changes_nothing(
    reviewer: Browser, bureau: Bureau, planned: str
) -> None:
    page = _open(reviewer, bureau, f"/batches/{planned}/plan")
    assert form_fields(page) == set()


def test_a_leader_takes_applications_for_longer(
    leader: Browser, bureau: Bureau, planned: str
) -> None:
    form = _open(leader, bureau, f"/batches/{planned}/extension")
    told = leader.send(form, **{"closes_on-year": "2020"}, reason="申报不足")
    assert told.status == 422
    later = bureau.today + dt.timedelta(days=300)
    boxes = {
        "closes_on-year": str(later.year),
        "closes_on-month": str(later.month),
        "closes_on-day": str(later.day),
    }
    assert "申报截止日期已延长" in leader.send(told, **boxes).main


def test_candidates_are_ranked_with_what_they_fill(
    leader: Browser, bureau: Bureau, planned: str
) -> None:
    application_id = bureau.apply(planned, UnitKind.CHAMBER)
    bureau.qualify(application_id, UnitKind.CHAMBER)
    places = [{"division": DISTRICT, "places": 4}]
    plan = {"batch_id": planned, "districts": places, "groups": [], "sizes": []}
    bureau.send(OFFICER, "PlanBatch", plan)
    page = _open(leader, bureau, f"/batches/{planned}/ranking")
    (unit,) = page.tree.select(f'tbody a[href="/applications/{application_id}"]')
    assert unit.get_text().startswith("测试单位")
    assert "还缺 4 个（计划 4 个）" in page.main
    assert "名额内" in page.texts(".tag")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "文件是空的"),
        ("区划代码,经营主体数\n430211,许多\n", "第 2 行经营主体数：请填写整数"),
        ("区划代码,经营主体数\n430211,5\n430211,6\n", "第 3 行区划代码：有重复"),
        ("区划代码,经营主体数\n430211,\n999999,7\n", "第 2 行经营主体数：请填写此项"),
    ],
)
def test_a_table_that_is_wrong_is_told_by_its_lines(
    officer: Browser, table: str, said: str
) -> None:
    page = _brought(officer, table)
    assert page.status == 422
    assert said in page.error_at("file") or table == ""


def test_a_table_becomes_the_years_figures(staff: Staff) -> None:
    page = _brought(
        staff(Role.ADMINISTRATOR),
        f'区划代码,区县,经营主体数,经济总量（万元）\n{DISTRICT},某区,"52,000",1200000\n',
    )
    assert page.status == 200, page.main
    assert "区县数据已登记" in page.main


def _brought(browser: Browser, table: str) -> Page:
    form = browser.open("/figures?year=2021")
    selector = 'form[action="/figures/sheet"]'
    raw = table.encode("gb18030")
    return browser.bring(form, "figures.csv", raw, "text/csv", selector)


def _open(browser: Browser, bureau: Bureau, path: str) -> Page:
    page = browser.open(f"{path}?{after(bureau)}")
    assert page.status == 200, page.main
    return page
