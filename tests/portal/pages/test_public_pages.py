"""What somebody without an account sees: batches, notices, points, how they are spread."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from services.portal.labels import label
from services.portal.pages.wording import zh_date
from shared.contracts.registry.vocabulary import PointStanding, UnitKind
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.conftest import Noticed
from tests.system.bureau import ANYONE, CITY, DISTRICT, LEADER, OTHER_DISTRICT, Bureau

_LISTS = ("/", "/batches", "/notices", "/points", "/gallery")


@pytest.mark.parametrize("path", _LISTS)
def test_a_page_says_where_one_is(browser: Browser, path: str) -> None:
    page = browser.open(path)
    assert page.status == 200
    assert page.one("html")["lang"] == "zh-CN"
    assert page.one("title").get_text().endswith(" · 行政执法监督联系点")
    assert len(page.texts("h1")) == 1
    assert page.one(".skip-link")["href"] == f"#{page.one('main')['id']}"
    assert "演示环境" in page.one(".demo-band").get_text()


@pytest.mark.parametrize("path", _LISTS[:4])
def test_the_navigation_marks_where_one_is(browser: Browser, path: str) -> None:
    (current,) = browser.open(path).tree.select(".site-nav [aria-current]")
    assert current["href"] == path


def test_the_navigation_of_the_public_leads_to_pages(browser: Browser) -> None:
    links = [str(link["href"]) for link in browser.open("/").tree.select(".site-nav a")]
    assert [browser.open(link).status for link in links] == [200] * len(links)


def test_every_asset_that_a_page_names_is_there(browser: Browser) -> None:
    page = browser.open("/points")
    named = page.tree.select("link[href], script[src], img[src]")
    for address in {str(its.get("href") or its.get("src")) for its in named}:
        assert address.startswith("/assets/")
        assert browser.file(address).status_code == 200


def test_the_home_tells_what_runs_now(browser: Browser, bureau: Bureau, noticed: Noticed) -> None:
    page = browser.open("/")
    running = bureau.read_all("ListNotices", {"running": True}, ANYONE)
    shown = [str(link["href"]) for link in page.tree.select("main .stack a[href^='/notices/']")]
    assert shown == [f"/notices/{its['notice_id']}" for its in running[:3]]
    assert str(len(running)) in page.texts('.figure[href="/notices"] strong')
    for heading in ("怎样申报", "怎样提出异议", "联系点做什么"):
        assert heading in page.texts("h2")


def test_a_batch_tells_until_when_and_how_to_apply(browser: Browser, bureau: Bureau) -> None:
    batch_id = bureau.open_batch(places=17)
    page = browser.open(f"/batches/{batch_id}?after={_after(bureau)}")
    assert "17 个" in page.main
    assert "正在接受申报" in page.main
    assert page.tree.select(f'a[href*="next=/apply/{batch_id}/unit"], a[href*="{batch_id}%2Funit"]')
    assert "申报情况" not in page.main  # how many applied is the bureau's affair


def test_a_notice_shows_its_units_and_its_days(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    shown = bureau.notice(noticed.batch_id)
    page = browser.open(noticed.path)
    assert page.texts("tbody th") == [unit["unit_name"] for unit in shown["units"]]
    assert f"{zh_date(shown['first_day'])}至{zh_date(shown['last_day'])}" in page.main
    assert f"还剩 {shown['days_left']} 天（从明天算起）" in page.main
    assert len(page.tree.select(f'a[href^="{noticed.path}/object?unit="]')) == 2


def test_a_notice_that_has_ended_takes_no_objections(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    bureau.let_notice_end()
    for path in (noticed.path, f"{noticed.path}/object"):
        page = browser.open(path)
        assert "公示期已经届满" in page.main
        assert not page.tree.select("main form")
    assert not browser.open(noticed.path).tree.select(f'a[href^="{noticed.path}/object"]')


INVENTED = "363ca5eb-84b9-4df5-95b0-ed1a57237da8"


@pytest.mark.parametrize("area", ["batches", "notices", "points"])
@pytest.mark.parametrize("identifier", [INVENTED, "x", "%2e%2e", "a" * 300])
def test_what_is_not_there_is_not_found(browser: Browser, area: str, identifier: str) -> None:
    page = browser.open(f"/{area}/{identifier}")
    assert page.status == 404
    assert "没有找到" in page.main
    assert page.tree.select(".site-nav")


@pytest.mark.parametrize("area", ["batches", "notices", "points"])
@pytest.mark.parametrize("query", ["cursor=nonsense", "after=nonsense", "after=a:1:x", "size=huge"])
def test_nonsense_in_an_address_is_passed_over(browser: Browser, area: str, query: str) -> None:
    assert browser.open(f"/{area}?{query}").status == 200


@pytest.fixture
def designated(bureau: Bureau) -> dict[str, dict[str, str]]:
    """Two new points of different districts and kinds, by name."""
    units = [(UnitKind.ENTERPRISE, DISTRICT), (UnitKind.CHAMBER, OTHER_DISTRICT)]
    batch_id, notice_id, listed = bureau.on_notice(units)
    bureau.let_notice_end()
    bureau.designate(notice_id, listed)
    bureau.wait_for_assessment()
    bureau.notice(batch_id)  # the read model has the decision before a page asks
    points = bureau.points(batch_id)
    return {point["unit_name"]: point for point in points.values()}


def test_points_are_listed_and_filtered(
    browser: Browser, designated: dict[str, dict[str, str]]
) -> None:
    (one, other) = designated.values()
    if one["division"] != DISTRICT:
        one, other = other, one
    everything = _listed(browser, "")
    assert {one["unit_name"], other["unit_name"]} <= everything
    for query in (
        f"?division={DISTRICT}",
        "?unit_kind=enterprise",
        "?industry_group=manufacturing",
    ):
        assert one["unit_name"] in _listed(browser, query)
        assert other["unit_name"] not in _listed(browser, query)
    assert other["unit_name"] in _listed(browser, "?standing=in_office")
    for elsewhere in ("?standing=retired", "?standing=term_over"):
        assert other["unit_name"] not in _listed(browser, elsewhere)
    page = browser.open(f"/points?division={DISTRICT}&size=medium")
    assert page.one("#field-division option[selected]")["value"] == DISTRICT
    assert "没有符合条件的联系点" in browser.open("/points?unit_kind=chamber&size=large").main


@pytest.mark.parametrize("its", PointStanding, ids=str)
def test_how_a_point_stands_is_told_in_words(app: Flask, its: PointStanding) -> None:
    macros: Any = app.jinja_env.get_template("public/standing.html").module
    tag = BeautifulSoup(macros.standing({"standing": its}), "html.parser")
    assert tag.get_text(strip=True) == label(its, "point_standing")


def test_a_point_has_a_page(browser: Browser, designated: dict[str, dict[str, str]]) -> None:
    for name, point in designated.items():
        page = browser.open(f"/points/{point['point_id']}")
        assert page.texts("h1") == [name]
        assert zh_date(point["term_ends_on"]) in page.main
        assert point["certificate_number"] in page.main
        assert_paper(browser, page, "/papers/certificate")
        assert_paper(browser, page, "/papers/designation")
        assert not page.tree.select('main a[href$="/papers/retirement"]')


def test_a_notice_leads_to_its_papers(browser: Browser, noticed: Noticed) -> None:
    page = browser.open(f"/notices/{noticed.notice_id}")
    assert_paper(browser, page, "/papers/notice")


def test_a_point_that_has_retired_shows_the_decision_and_no_certificate(
    browser: Browser, bureau: Bureau, designated: dict[str, dict[str, str]]
) -> None:
    point_id = next(iter(designated.values()))["point_id"]
    bureau.to_retire(point_id)
    facts = {"point_id": point_id, "ground": "own_wish", "facts": "自愿申请退出。"}
    bureau.send(LEADER, "RetirePoint", facts)
    after = f"after={bureau.last['stream']}:{bureau.last['version']}"
    page = browser.open(f"/points/{point_id}?{after}")
    assert not page.tree.select('main a[href$="/papers/certificate"]')
    assert_paper(browser, page, "/papers/retirement")


def assert_paper(browser: Browser, page: Page, ends: str) -> None:
    """The page leads to the paper, which anyone may have."""
    link = page.one(f'main a[href$="{ends}"]')
    assert browser.file(str(link["href"])).content.startswith(b"%PDF-")


def test_the_list_can_be_taken_along(
    browser: Browser, designated: dict[str, dict[str, str]]
) -> None:
    answer = browser.file(f"/points.csv?division={DISTRICT}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")  # else Excel takes it for GBK
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["行政区划代码"] for row in rows} == {DISTRICT}
    names = {row["单位"] for row in rows}
    expected = {name for name, its in designated.items() if its["division"] == DISTRICT}
    assert expected <= names


def test_coverage_is_the_same_in_table_chart_and_file(
    browser: Browser, bureau: Bureau, designated: dict[str, dict[str, str]]
) -> None:
    coverage = bureau.client.query(ANYONE, "assessment", "ShowCoverage", {"division": CITY})
    page = browser.open("/points")
    table = page.one("#coverage .data-table")
    shown = [
        [cell.get_text(strip=True) for cell in row.select("th, td")][1]
        for row in table.select("tbody tr")
    ]
    rows = list(csv.reader(io.StringIO(browser.file("/coverage.csv").content.decode("utf-8-sig"))))
    points = [str(district["points"]) for district in coverage["districts"]]
    assert points == shown == [row[2] for row in rows[1:]]
    assert len(page.tree.select("[data-chart]")) == 3


def test_coverage_of_a_day_before_there_were_points_is_empty(browser: Browser) -> None:
    page = browser.open("/points?day=2000-01-01")
    assert "2000年1月1日，全市有 0 个联系点" in page.main
    assert "/coverage.csv?day=2000-01-01" in str(page.tree) or "没有可以统计的联系点" in page.main
    assert "全市现有" in browser.open("/points?day=nonsense").main


def _listed(browser: Browser, query: str) -> set[str]:
    """Every name over all pages of a list."""
    names: set[str] = set()
    path = f"/points{query}"
    while True:
        page = browser.open(path)
        names |= set(page.texts("#results tbody th"))
        further = page.tree.select_one(".pagination-next")
        if further is None:
            return names
        path = str(further["href"])


def _after(bureau: Bureau) -> str:
    return f"{bureau.last['stream']}:{bureau.last['version']}"
