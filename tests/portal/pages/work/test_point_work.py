"""Working on a point: changes, suspension, renewal, and the whole procedure of a retirement."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff, after, form_fields, signed_in
from tests.portal.pages.work.test_notices import UNITS
from tests.portal.people import People
from tests.system.bureau import Bureau

MEETING = {
    "held_on-year": "",
    "held_on-month": "",
    "held_on-day": "",
    "members": "9",
    "present": "7",
    "minutes": "会议听取了情况汇报，审阅了材料。",
    "reasons": "事实清楚，程序合规。",
}


@pytest.fixture
def point(bureau: Bureau) -> str:
    """The address of a new point."""
    batch_id, notice_id, listed = bureau.on_notice(UNITS[:1])
    bureau.let_notice_end()
    bureau.designate(notice_id, listed)
    return f"/points/{bureau.points(batch_id)[listed[0]]['point_id']}"


def test_a_point_retires_on_a_ground_that_holds(
    leader: Browser, bureau: Bureau, point: str
) -> None:
    form = _open(leader, bureau, f"{point}/retirement")
    assert "还没有启动退出程序" in form.main
    assert not form_fields(form)
    bureau.to_retire(point.rpartition("/")[2])
    form = _open(leader, bureau, f"{point}/retirement")
    page = leader.send(form, facts="")
    assert page.error_at("facts") == "请写明事实和依据。"
    page = leader.send(page, ground="term_over", facts="管理期限届满。")
    assert page.error_at("ground") == "退出情形与已启动的退出程序不一致，请核对后再提交。"
    page = leader.send(page, ground="own_wish")
    assert "联系点退出已办理" in page.main
    assert "自愿退出" in page.main
    assert "管理期限届满。" not in page.main  # the facts are not for everyone
    assert not form_fields(leader.open(f"{point}/retirement"))


def test_a_point_asks_to_retire_by_its_own_wish_alone(
    app: Flask, people: People, point: str
) -> None:
    itself = people.new(Role.POINT, unit=point.rpartition("/")[2])
    form = signed_in(app, people, itself).open(f"{point}/retirement-opening")
    assert [str(its["value"]) for its in form.tree.select('[name="ground"]')] == ["own_wish"]


def test_a_retirement_goes_its_whole_way_through_the_pages(
    officer: Browser, leader: Browser, bureau: Bureau, point: str
) -> None:
    page = _open(officer, bureau, f"{point}/retirement-opening")
    assert officer.send(page, ground="", facts="").error_at("ground") == "请选择退出情形。"
    page = officer.send(page, ground="leaking", facts="泄露了反映人的信息。")
    assert "退出程序已启动" in page.main
    waiting = leader.open(f"{point}/retirement-decision")
    assert "现在不能办理" in waiting.main
    page = officer.send(
        officer.open(f"{point}/retirement-facts"), **_day("told_on", bureau), means="in_person"
    )
    assert "陈述申辩期限开始计算" in page.main
    page = officer.send(
        officer.open(f"{point}/statement"),
        **_day("made_on", bureau),
        statement="本单位没有泄露信息。",
    )
    assert "陈述申辩已登记" in page.main
    early = leader.open(f"{point}/retirement-decision")
    assert "集体研究须在该日以后召开" in early.main
    bureau.clock.advance(dt.timedelta(days=1))
    form = leader.open(f"{point}/retirement-decision")
    given = MEETING | _day("held_on", bureau) | {"facts_hold": "yes", "resolution": "retire"}
    assert "决定登记后不能更改" in leader.send_once(form, **given).main
    page = leader.send(form, **given)
    assert "退出决定已登记" in page.main
    (link,) = page.tree.select('a[href^="/retirements/"]')
    told = leader.open(str(link["href"]))
    assert "本单位没有泄露信息。" in told.main
    page = leader.send(leader.open(f"{point}/retirement"), facts="泄露了反映人的信息。")
    assert "联系点退出已办理" in page.main
    assert _is_listed(leader, "/retirements?all=1", point)


def test_a_suspended_point_says_so_to_everybody_and_is_resumed(
    leader: Browser, staff: Staff, bureau: Bureau, point: str
) -> None:
    page = leader.send(_open(leader, bureau, f"{point}/suspension"), reasons="正在核实有关情况。")
    assert "已暂停履职" in page.main
    assert "暂停履职" in staff(Role.OFFICER).open(point).texts(".tag")
    assert "现在不能办理" in leader.open(f"{point}/suspension").main
    page = leader.send(leader.open(f"{point}/resumption"), reasons="核实完毕，没有问题。")
    assert "正在履职" in page.texts(".tag")


def test_what_changes_about_a_point_shows(officer: Browser, bureau: Bureau, point: str) -> None:
    page = officer.send(
        _open(officer, bureau, f"{point}/details"),
        unit_name="株洲新名称机械有限公司",
        reasons="变更登记通知书。",
    )
    assert page.texts("h1") == ["株洲新名称机械有限公司"]
    assert "曾用名" in page.main
    page = officer.send(
        officer.open(f"{point}/plaque"), plaque_number="监联牌001", **_day("given_on", bureau)
    )
    assert "监联牌001" in page.main
    page = officer.send(
        officer.open(f"{point}/liaison"), liaison_name="欧阳明", liaison_phone="13900001234"
    )
    assert "欧阳明" not in page.main
    assert "欧阳明" in officer.open(f"{point}/contacts").main


def test_a_point_goes_on_for_another_term(
    officer: Browser, leader: Browser, bureau: Bureau, point: str
) -> None:
    bureau.let_renewals_begin(180)
    assert "起受理" in _open(officer, bureau, f"{point}/renewal").main
    bureau.let_renewals_begin()
    page = officer.send(_open(officer, bureau, f"{point}/renewal"), reasons="履职情况良好。")
    assert "续期已提出" in page.main
    assert "现在不能办理" in officer.open(f"{point}/renewal").main
    page = officer.send(
        officer.open(f"{point}/renewal-grade"),
        year=str(bureau.today.year - 1),
        grade="competent",
        evidence="年度考核表。",
    )
    assert "考核结果已登记" in page.main
    form = leader.open(f"{point}/renewal-decision")
    page = leader.send(form, **MEETING | _day("held_on", bureau), agreed="yes")
    assert "续期决定已登记" in page.main
    page = leader.send(leader.open(f"{point}/renewal-completion"))
    assert "第 1 期" in page.main
    assert "第 2 期" in page.main
    assert "已办理续期" in leader.open(f"{point}/renewal").main
    assert _is_listed(leader, "/renewals", point)


def test_what_was_typed_before_the_session_ended_can_still_be_copied(
    leader: Browser, bureau: Bureau, point: str
) -> None:
    form = _open(leader, bureau, f"{point}/suspension")
    stranger = Browser(leader.url)
    page = stranger.send(form, reasons="正在核实有关情况，先暂停履职。")
    assert page.status == 403
    assert "正在核实有关情况，先暂停履职。" in page.main
    assert "csrf" not in page.main
    elsewhere = stranger.post(
        f"{point}/suspension", {"Origin": "https://else.where"}, reasons="别的网站的话"
    )
    assert "别的网站的话" not in elsewhere.main


def _is_listed(browser: Browser, path: str, link: str) -> bool:
    """Whether a list leads there, on whichever of its pages."""
    page = browser.open(path)
    while not page.tree.select(f'main a[href^="{link}"]'):
        further = page.tree.select_one('a[rel="next"]')
        if further is None:
            return False
        page = browser.open(str(further["href"]))
    return True


def _day(name: str, bureau: Bureau) -> dict[str, str]:
    today = bureau.today
    return {
        f"{name}-year": str(today.year),
        f"{name}-month": str(today.month),
        f"{name}-day": str(today.day),
    }


def _open(browser: Browser, bureau: Bureau, path: str) -> Page:
    page = browser.open(f"{path}?{after(bureau)}")
    assert page.status == 200
    return page
