"""Who answers for the scheme and who works along: on record by forms, seen by everybody."""

from __future__ import annotations

from services.portal.pages.submitting import boxes_of
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff, form_fields
from tests.system.bureau import OTHER_DISTRICT, Bureau

_COUNTY = "430224"
"""茶陵县, for which no other room appoints anybody."""


def test_a_responsible_leader_is_appointed_and_ends(
    leader: Browser, browser: Browser, staff: Staff, bureau: Bureau
) -> None:
    new = "/organisation/leaders/new"
    page = leader.send(leader.open(f"{new}?division={_COUNTY}"), leader_name="", office="")
    assert page.error_at("leader_name") == "请填写分管负责人的姓名。"
    today = boxes_of("since", bureau.today.isoformat())
    page = leader.send(page, leader_name="欧阳明", office="区司法局副局长", **today)
    assert "分管负责人已登记" in page.main
    assert "欧阳明 区司法局副局长" in _row(page, "茶陵县")
    assert "欧阳明" in browser.open("/organisation").main
    assert not page.tree.select(f'a[href="{new}?division={_COUNTY}"]')
    assert _COUNTY not in _choices(leader.open(new))
    stranger = staff(Role.LEADER, OTHER_DISTRICT)
    ending = _link(page, "结束任职：欧阳明")
    assert stranger.open(ending).status == 404
    form = leader.open(ending)
    assert leader.send(form, reason="").error_at("reason") == "请写明为什么结束任职。"
    page = leader.send(form, reason="工作调整。")
    assert "尚未登记" in _row(page, "茶陵县")
    former = browser.open("/organisation?past=1")
    assert "已结束" in _row(former, "茶陵县")
    assert not form_fields(leader.open(ending))


def test_a_partner_body_is_registered_once_and_parted_with(
    officer: Browser, browser: Browser
) -> None:
    typed = {"name": "株洲市工商业联合会", "kind": "other", "duties": "推荐申报单位。"}
    new = "/organisation/partners/new"
    page = officer.send(officer.open(new), **typed)
    assert "协作单位已登记" in page.main
    twice = officer.send(officer.open(new), **typed)
    assert twice.error_at("name") == "该行政区划已经登记了同名的协作单位。"
    assert "株洲市工商业联合会" in browser.open("/organisation").main
    page = officer.send(
        officer.open(_link(page, "结束协作关系：株洲市工商业联合会")), reason="机构调整。"
    )
    assert "协作关系已结束" in page.main
    assert "株洲市工商业联合会" not in page.main


def test_nobody_is_offered_what_is_not_theirs(browser: Browser, staff: Staff) -> None:
    assert not browser.open("/organisation").tree.select('main a[href^="/organisation/"]')
    there = staff(Role.LEADER, OTHER_DISTRICT).open("/organisation")
    offered = [str(its["href"]) for its in there.tree.select('main a[href*="/leaders/new"]')]
    assert offered == [f"/organisation/leaders/new?division={OTHER_DISTRICT}"]


def _choices(page: Page) -> set[str]:
    return {str(its["value"]) for its in page.tree.select("#field-division option")}


def _link(page: Page, text: str) -> str:
    (link,) = [its for its in page.tree.select("main a") if its.get_text(strip=True) == text]
    return str(link["href"])


def _row(page: Page, name: str) -> str:
    rows = page.tree.select("tbody tr")
    (row,) = [its for its in rows if its.select("th")[0].get_text(strip=True) == name]
    return " ".join(row.get_text(" ", strip=True).split())
