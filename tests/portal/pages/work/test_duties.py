"""A point's duties at the pages: told, confirmed, answered, paid, and all of it on record."""

from __future__ import annotations

import pytest
from flask import Flask

from services.portal.pages.submitting import boxes_of
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from tests.portal.browser.duty_scene import DutyScene, set_duties
from tests.portal.pages.browsing import Browser
from tests.portal.pages.work.conftest import Staff
from tests.portal.pages.work.entering import OfPoint, of_point
from tests.portal.people import People
from tests.system.bureau import OFFICER, Bureau


@pytest.fixture(scope="module")
def point(app: Flask, bureau: Bureau, people: People) -> OfPoint:
    return of_point(app, bureau, people)


@pytest.fixture(scope="module")
def duties(bureau: Bureau, point: OfPoint) -> DutyScene:
    return set_duties(bureau, point.actor)


def test_a_point_tells_of_publicity_and_finds_it_on_record_once_it_is_confirmed(
    point: OfPoint, duties: DutyScene, officer: Browser, bureau: Bureau
) -> None:
    page = point.browser.send(point.browser.open("/publicity/new"), subject="", audience="0")
    assert page.status == 422
    assert page.error_at("subject") == "请填写主题。"
    told = {"form": "leaflets", "subject": "如何反映乱收费", "audience": "80"}
    day = boxes_of("held_on", bureau.today.isoformat())
    page = point.browser.send(page, **told, **day, account="在市场门口发放宣传册八十份。")
    assert "等候司法局确认" in page.main
    assert "在市场门口发放宣传册八十份。" in page.main
    path = page.url.partition("?")[0].removeprefix(point.browser.url)
    assert path in str(officer.open("/publicity").tree)
    page = officer.send(officer.open(f"{path}/confirmation"))
    assert "已确认" in page.main
    page = point.browser.open("/my/duties")
    assert "开展宣传" in page.main
    assert path in str(page.tree)


def test_a_question_is_answered_where_it_was_asked(
    point: OfPoint, duties: DutyScene, officer: Browser
) -> None:
    path = f"/point-questions/{duties.question_id}"
    assert path in str(officer.open("/point-questions?status=asked").tree)
    page = officer.send(officer.open(f"{path}/answer"), answer="由两人分别保管。")
    assert "提问已答复" in page.main
    assert "由两人分别保管。" in point.browser.open(path).main


def test_a_report_is_handed_in_once_for_a_quarter_and_again_when_it_is_returned(
    point: OfPoint, duties: DutyScene, officer: Browser
) -> None:
    form = point.browser.open("/quarterly-reports/new")
    page = point.browser.send(form, text="本季度召开座谈会一次。")
    assert "季度报告已报送" in page.main
    path = page.url.partition("?")[0].removeprefix(point.browser.url)
    again = point.browser.send(
        point.browser.open("/quarterly-reports/new"), text="本季度召开座谈会一次。"
    )
    assert again.status in (409, 422)
    officer.send(officer.open(f"{path}/return"), reasons="请补充意见的办理情况。")
    page = point.browser.open(path)
    assert "请补充意见的办理情况。" in page.main
    assert "补充后重新报送" in page.main


def test_no_more_is_spent_than_is_left(
    duties: DutyScene, point: OfPoint, officer: Browser, bureau: Bureau
) -> None:
    path = f"/funding/{duties.funding_id(bureau.today.year)}/spending"
    told = {"purpose": "印制资料", "proof": "发票 2"}
    page = officer.send(officer.open(path), amount="3800.01", **told)
    assert page.error_at("amount").startswith("金额超过该联系点本年度剩余的经费")
    page = officer.send(page, amount="3800")
    assert "经费支出已登记" in page.main
    assert "5,000.00 元" in point.browser.open("/funding").main


def test_another_bureau_finds_nothing_of_it(
    staff: Staff, duties: DutyScene, bureau: Bureau
) -> None:
    stranger = staff(Role.OFFICER, "430300")
    for path in (
        f"/publicity/{duties.publicity_id}",
        f"/points/{duties.point_id}/duty-records",
        f"/quarterly-reports/{duties.report_id}",
    ):
        assert stranger.open(path).status == 404
    unknown = {"point_id": "00000000-0000-4000-8000-000000000000"}
    with pytest.raises(NotFound):
        bureau.client.query(OFFICER, "assessment", "ShowDutyRecords", unknown)
