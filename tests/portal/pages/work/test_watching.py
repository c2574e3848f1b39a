"""What operators and auditors see: how services stand, what is parked, what has happened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.portal.pages.watching import PAGE
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser
from tests.portal.pages.work.conftest import Staff, after
from tests.system.bureau import APPLICANT, OFFICER, REVIEWER, Bureau, review_check
from tests.system.installation import Installation, settle


@pytest.fixture
def operator(staff: Staff) -> Browser:
    return staff(Role.OPERATOR)


@pytest.fixture
def auditor(staff: Staff) -> Browser:
    return staff(Role.AUDITOR)


@pytest.fixture
def applied(system: Installation, bureau: Bureau, batch_id: str) -> str:
    """The stream of an application whose event has its position."""
    application_id = bureau.apply(batch_id, UnitKind.ENTERPRISE)
    with system.superuser() as connection:
        settle(connection)
    return f"application-{application_id}"


def test_operations_show_every_service(operator: Browser) -> None:
    page = operator.open("/operations")
    rows = page.tree.select("table")[0].select("tbody tr")
    assert len(rows) == len(CATALOGUE)
    assert "联系点遴选 registry" in page.main
    assert "applications" in page.main


def test_a_service_that_is_down_is_told_and_the_others_go_on(
    operator: Browser, healed: Installation
) -> None:
    healed.kill("assessment-api")
    page = operator.open("/operations")
    assert "“考核评价”服务没有应答" in page.one(".note-wrong").get_text()
    assert page.texts("tbody .tag").count("没有应答") == 1
    assert "applications" in page.main


@pytest.fixture
def parked(system: Installation) -> Iterator[int]:
    """The id of a reaction that waits; no service reacts to anything yet, so it stays."""
    with system.superuser("assessment") as connection:
        row = connection.execute(
            "INSERT INTO reaction.parked (reaction, source, stream, position, event, reason,"
            " parked_at) VALUES ('test', 'registry', 'point-1', 7, '{}', '服务拒绝', now())"
            " RETURNING id"
        ).fetchone()
        assert row is not None
        yield row[0]
        connection.execute("DELETE FROM reaction.parked WHERE id = %s", (row[0],))


def test_what_is_parked_can_be_tried_again(operator: Browser, parked: int) -> None:
    page = operator.open("/operations")
    assert "服务拒绝" in page.main
    assert "1 个反应被搁置" in page.main
    page = operator.send(page, f'form:has(input[name="id"][value="{parked}"])')
    assert "已安排重试" in page.main
    assert "已安排" in page.texts("tbody .tag")


def test_a_retry_of_nothing_known_is_a_bad_request(operator: Browser, parked: int) -> None:
    form = operator.open("/operations").one('input[name="csrf_token"]')
    token = str(form["value"])
    for service, chosen in (("nowhere", "all"), ("registry", "x"), ("registry", "")):
        page = operator.post("/operations/retry", csrf_token=token, service=service, id=chosen)
        assert page.status == 400


def test_the_ends_of_the_calendar_are_days_like_others(auditor: Browser) -> None:
    for filters in ("since=0001-01-01", "until=9999-12-31"):
        assert auditor.open(f"/history?{filters}").status == 200


def test_history_shows_a_stream_and_keeps_sealed_what_is_sealed(
    auditor: Browser, applied: str
) -> None:
    page = auditor.open(f"/history?stream={applied}")
    assert page.texts("summary strong") == ["申报已提交"]
    assert "自荐，企业，制造业" in page.one("summary").get_text()
    text = page.one("details").get_text(" ", strip=True)
    assert "ApplicationSubmitted" in text
    assert APPLICANT.id in text
    sealed = [row.get_text(" ", strip=True) for row in page.tree.select("tbody tr")]
    assert "单位名称 unit_name （已加密） 加密" in sealed
    assert "申报渠道 channel 自荐 内部" in sealed
    assert "测试单位" not in page.main


def test_history_is_filtered(auditor: Browser, applied: str, bureau: Bureau) -> None:
    page = auditor.open("/history?source=registry&event_type=ApplicationSubmitted")
    assert set(page.texts("summary strong")) == {"申报已提交"}
    none = auditor.open(f"/history?stream={applied}&until=2020-01-01")
    assert "没有符合条件的事件" in none.main
    today = auditor.open(f"/history?stream={applied}&since={bureau.today}&until={bureau.today}")
    assert len(today.tree.select("details")) == 1
    assert not auditor.open(f"/history?stream={applied}&actor=nobody").tree.select("details")


def test_history_comes_a_page_at_a_time(
    auditor: Browser, applied: str, bureau: Bureau, system: Installation
) -> None:
    application_id = applied.removeprefix("application-")
    bureau.pass_form(application_id)
    for _ in range(PAGE):
        bureau.send(REVIEWER, "RecordReviewCheck", review_check(application_id))
    with system.superuser() as connection:
        settle(connection)
    first = auditor.open(f"/history?stream={applied}")
    second = auditor.open(str(first.one('a[rel="next"]')["href"]))
    shown = [str(li["id"]) for page in (first, second) for li in page.tree.select(".events li")]
    assert len(first.tree.select("details")) == PAGE
    assert len(set(shown)) == len(shown) == PAGE + 2
    assert not second.tree.select('a[rel="next"]')


def test_history_of_the_portal_tells_of_accounts(operator: Browser) -> None:
    page = operator.open("/history?source=portal&event_type=ApplicationSubmitted")
    assert page.status == 422
    assert page.error_at("event_type") == "该来源没有这种事件，请重新选择。"
    page = operator.open("/history?source=portal&event_type=RoleGranted")
    assert set(page.texts("summary strong")) == {"角色已授予"}


def test_a_day_that_is_none_is_told(auditor: Browser) -> None:
    page = auditor.open("/history?since=2026-02-30&stream=application-1")
    assert page.status == 422
    assert page.error_at("since") == "没有这一天，请按 2026-11-24 的格式填写。"
    assert page.one("#field-stream")["value"] == "application-1"


def test_an_auditor_sees_who_opened_personal_data_and_what_for(
    auditor: Browser, officer: Browser, reviewer: Browser, applied: str, bureau: Bureau
) -> None:
    application_id = applied.removeprefix("application-")
    path = f"/applications/{application_id}"
    assert officer.open(f"{path}/formal-check?{after(bureau)}").status == 200
    assert reviewer.open(path).status == 200
    page = auditor.open(f"/openings?about=application&identifier={application_id}")
    told = [row.get_text(" ", strip=True) for row in page.tree.select("tbody tr")]
    assert len(told) == 2
    assert all(f"申报 {application_id[:8]}" in row for row in told)
    assert "资格审查 资格审查小组成员" in told[0]  # the latest first
    assert "形式审查 经办人员" in told[1]
    (link,) = page.tree.select('tbody tr:last-child a[href*="actor="]')
    theirs = auditor.open(str(link["href"]))
    assert {row.get_text(strip=True) for row in theirs.tree.select('[data-label="角色"]')} == {
        "经办人员"
    }


def test_openings_come_a_page_at_a_time(
    auditor: Browser, officer: Browser, applied: str, bureau: Bureau
) -> None:
    application_id = applied.removeprefix("application-")
    asked = {"application_id": application_id, "purpose": "核对联系方式"}
    for _ in range(PAGE + 1):
        bureau.read("OpenApplication", asked, OFFICER)
    path = f"/openings?about=application&identifier={application_id}"
    first = auditor.open(path)
    second = auditor.open(str(first.one('a[rel="next"]')["href"]))
    assert [len(page.tree.select("tbody tr")) for page in (first, second)] == [PAGE, 1]
    assert not second.tree.select('a[rel="next"]')
    assert "没有符合条件的查阅记录" in auditor.open("/openings?actor=nobody").main


def test_a_subject_is_named_by_kind_and_id_together(auditor: Browser) -> None:
    for query, field in (("about=objection", "identifier"), ("identifier=x", "about")):
        page = auditor.open(f"/openings?{query}")
        assert page.status == 422
        assert page.error_at(field).startswith("请同时")


def test_openings_say_which_service_is_away(auditor: Browser, healed: Installation) -> None:
    healed.kill("assessment-api")
    page = auditor.open("/openings?source=assessment")
    assert "“考核评价”服务暂时无法使用" in page.main


def test_openings_are_for_auditors_alone(staff: Staff, auditor: Browser) -> None:
    assert "查阅记录" in auditor.open("/").texts(".site-nav a")
    for role in (Role.OPERATOR, Role.OFFICER, Role.ADMINISTRATOR):
        assert staff(role).open("/openings").status == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.APPLICANT])
def test_watching_is_for_who_watches(staff: Staff, role: Role) -> None:
    for path in ("/operations", "/history"):
        assert staff(role).open(path).status == 403
