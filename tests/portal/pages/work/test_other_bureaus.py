"""A district's staff and what the city's bureau decides: shown, told whose, never a dead end."""

from __future__ import annotations

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.system.bureau import ANYONE, DISTRICT, OTHER_DISTRICT, Bureau, objection

_CITY_BUREAU = "株洲市司法局"


@pytest.fixture
def officer(staff: Staff) -> Browser:
    return staff(Role.OFFICER, DISTRICT)


@pytest.fixture
def leader(staff: Staff) -> Browser:
    return staff(Role.LEADER, DISTRICT)


def test_a_batch_of_the_city_names_its_bureau_and_leads_to_nothing_that_fails(
    leader: Browser, bureau: Bureau
) -> None:
    batch_id = bureau.open_batch()
    page = _open(leader, bureau, f"/batches/{batch_id}")
    assert f"本批次由{_CITY_BUREAU}办理集体研究、公示和确定。" in page.main
    for work in ("deliberation", "notice"):
        assert not page.tree.select(f'a[href$="/{batch_id}/{work}"]')
        assert leader.open(f"/batches/{batch_id}/{work}").status == 404


def test_an_objection_is_shown_to_the_units_district_and_decided_by_the_city(
    officer: Browser, staff: Staff, bureau: Bureau
) -> None:
    _, notice_id, (application_id,) = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    raised = objection(notice_id, application_id)
    bureau.send(ANYONE, "ObjectToNotice", raised)
    path = f"/objections/{raised['objection_id']}"
    page = _open(officer, bureau, path)
    assert "该单位去年曾受过行政处罚" in page.main
    assert f"该异议由{_CITY_BUREAU}核实处理。" in page.main
    assert not form_fields(page)
    assert {"outcome", "reasons"} <= form_fields(staff(Role.OFFICER).open(path))


def test_a_notice_names_the_bureau_of_its_batch(
    leader: Browser, staff: Staff, browser: Browser, bureau: Bureau
) -> None:
    batch_id, notice_id, _ = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    bureau.let_notice_end()
    path = f"/notices/{notice_id}"
    page = _open(leader, bureau, path)
    assert f"本次公示由{_CITY_BUREAU}办理。" in page.main
    assert f"发布单位 {_CITY_BUREAU}" in page.main
    assert f"发布单位 {_CITY_BUREAU}" in browser.open(path).main
    assert not page.tree.select('a[href$="/designation"]')
    assert leader.open(f"{path}/designation").status == 404
    assert staff(Role.LEADER).open(path).tree.select(f'a[href="{path}/designation"]')
    application = next(iter(bureau.applications(batch_id)))
    steps = leader.open(f"/applications/{application}").main
    assert f"确定为联系点：由{_CITY_BUREAU}办理。" in steps


def test_a_notice_of_a_districts_batch_names_the_district(
    staff: Staff, browser: Browser, bureau: Bureau
) -> None:
    _, notice_id, _ = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)], division=DISTRICT)
    page = _open(browser, bureau, f"/notices/{notice_id}")
    assert "发布单位 天元区司法局" in page.main
    assert _CITY_BUREAU not in page.main
    mine = staff(Role.LEADER, DISTRICT).open(f"/notices/{notice_id}")
    assert "办理。" not in mine.main


def test_a_point_is_retired_by_its_own_district_or_the_city(staff: Staff, bureau: Bureau) -> None:
    batch_id, notice_id, listed = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    bureau.let_notice_end()
    bureau.designate(notice_id, listed)
    point = f"/points/{bureau.points(batch_id)[listed[0]]['point_id']}"
    stranger = staff(Role.LEADER, OTHER_DISTRICT)
    assert not stranger.open(point).tree.select(f'a[href="{point}/retirement-opening"]')
    assert stranger.open(f"{point}/retirement-opening").status == 404
    assert {"ground", "facts"} <= form_fields(
        staff(Role.LEADER, DISTRICT).open(f"{point}/retirement-opening")
    )


def _open(browser: Browser, bureau: Bureau, path: str) -> Page:
    page = browser.open(f"{path}?{after(bureau)}")
    assert page.status == 200
    return page
