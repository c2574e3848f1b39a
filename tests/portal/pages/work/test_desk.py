"""The work list and the list of applications: one click to what waits, nothing of other bureaus."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.system.bureau import DISTRICT, OTHER_DISTRICT, Bureau


def test_the_desk_leads_an_officer_to_what_waits(
    officer: Browser, bureau: Bureau, batch_id: str
) -> None:
    application_id = bureau.apply(batch_id, UnitKind.ENTERPRISE)
    _shown(officer, bureau, application_id)
    path = f"/applications/{application_id}/formal-check"
    row = _row(officer, path)
    assert "形式审查" in row
    assert "天元区 · 企业 · 制造业 · 中型" in row
    assert "今天" in row
    assert "decision" in form_fields(officer.open(path))


def test_a_reviewer_is_led_to_the_checks(reviewer: Browser, bureau: Bureau, batch_id: str) -> None:
    application_id = bureau.apply(batch_id, UnitKind.CHAMBER)
    bureau.pass_form(application_id)
    _shown(reviewer, bureau, application_id)
    assert "资格审查" in _row(reviewer, f"/applications/{application_id}/checks")
    asked = reviewer.open("/desk?others=1")
    assert "等候您办理的" in asked.main
    assert "等待他人办理的" not in asked.main


def test_a_leader_is_led_to_what_is_decided_together(
    leader: Browser, officer: Browser, bureau: Bureau
) -> None:
    batch_id = bureau.open_batch()
    application_id = bureau.apply(batch_id, UnitKind.CHAMBER)
    bureau.qualify(application_id, UnitKind.CHAMBER)
    _shown(leader, bureau, application_id)
    assert "1 个单位" in _row(leader, f"/batches/{batch_id}/deliberation")
    bureau.deliberate(batch_id, [application_id])
    _shown(leader, bureau, application_id)
    assert "发布公示" in _row(officer, f"/batches/{batch_id}/notice")


def test_another_districts_officer_does_not_see_it(
    staff: Staff, bureau: Bureau, batch_id: str
) -> None:
    application_id = bureau.apply(batch_id, UnitKind.ENTERPRISE, DISTRICT)
    stranger = staff(Role.OFFICER, OTHER_DISTRICT)
    path = f"/applications/{application_id}"
    assert stranger.open(f"{path}?{after(bureau)}").status == 404
    assert stranger.open(f"{path}/formal-check").status == 404
    assert not any(path in str(page.tree) for page in _pages(stranger, "/desk"))
    assert staff(Role.OFFICER, DISTRICT).open(f"{path}?{after(bureau)}").status == 200


def test_applications_are_filtered_by_batch_and_status(officer: Browser, bureau: Bureau) -> None:
    batch_id = bureau.open_batch()
    first, second = (bureau.apply(batch_id, UnitKind.CHAMBER) for _ in range(2))
    bureau.pass_form(second)
    _shown(officer, bureau, second)
    both = officer.open(f"/applications?batch_id={batch_id}")
    assert _listed(both) == [second, first]  # the latest first
    one = officer.open(f"/applications?batch_id={batch_id}&status=under_review")
    assert _listed(one) == [second]
    assert one.one('#field-status option[value="under_review"]').has_attr("selected")
    none = officer.open(f"/applications?batch_id={batch_id}&status=designated")
    assert "没有符合条件的申报" in none.main
    assert officer.open("/applications?status=nonsense&cursor=nonsense").status == 200


def test_an_application_is_found_by_its_units_name_or_credit_code(
    officer: Browser, bureau: Bureau
) -> None:
    batch_id = bureau.open_batch()
    first, second = (bureau.apply(batch_id, UnitKind.ENTERPRISE) for _ in range(2))
    _shown(officer, bureau, second)
    page = officer.open(f"/applications/{first}")
    (name,) = page.texts("h1")
    code = page.one('dt:-soup-contains("信用代码") + dd').get_text(strip=True)
    for words in (name, name[2:], code, code.lower()):
        found = officer.open(f"/applications?batch_id={batch_id}&{urlencode({'words': words})}")
        assert _listed(found) == [first]
        assert found.texts("tbody th") == [name]
        assert shown_value(found, "words") == words
    none = officer.open(f"/applications?batch_id={batch_id}&words=没有这家")
    assert "没有符合条件的申报" in none.main


def test_what_the_leader_must_do_stands_apart_for_the_officer(
    officer: Browser, leader: Browser, bureau: Bureau
) -> None:
    batch_id = bureau.open_batch()
    application_id = bureau.apply(batch_id, UnitKind.CHAMBER)
    bureau.qualify(application_id, UnitKind.CHAMBER)
    _shown(officer, bureau, application_id)
    path = f"/batches/{batch_id}/deliberation"
    assert not any(page.tree.select(f'a[href="{path}"]') for page in _pages(officer, "/desk"))
    row = _row(officer, f"/batches/{batch_id}", "/desk?others=1", "集体研究")
    assert row.endswith("负责人")
    assert "集体研究" in _row(leader, path)


def _listed(page: Page) -> list[str]:
    return [str(link["href"]).rpartition("/")[2] for link in page.tree.select("tbody th a")]


def test_an_auditor_sees_the_list_and_opens_nothing(staff: Staff, batch_id: str) -> None:
    auditor = staff(Role.AUDITOR)
    page = auditor.open(f"/applications?batch_id={batch_id}")
    assert page.status == 200
    assert not page.tree.select('tbody a[href^="/applications/"]')
    assert auditor.open("/desk").status == 403


def test_who_has_not_signed_in_is_asked_to(browser: Browser) -> None:
    assert browser.open("/desk").url.endswith("/sign-in?next=%2Fdesk")


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.OPERATOR, Role.POINT])
def test_others_are_told_that_the_desk_is_not_theirs(staff: Staff, role: Role) -> None:
    assert staff(role).open("/desk").status == 403


def _shown(browser: Browser, bureau: Bureau, application_id: str) -> None:
    """Lists cannot be asked to wait: first see that the read models have it."""
    assert browser.open(f"/applications/{application_id}?{after(bureau)}").status == 200


def _pages(browser: Browser, path: str) -> Iterator[Page]:
    while True:
        page = browser.open(path)
        yield page
        further = page.tree.select_one('a[rel="next"]')
        if further is None:
            return
        path = str(further["href"])


def _row(browser: Browser, path: str, desk: str = "/desk", says: str = "") -> str:
    """The row of the desk that leads to `path`."""
    for page in _pages(browser, desk):
        link = page.tree.select_one(f'tbody th a[href="{path}"]:-soup-contains("{says}")')
        if link is not None:
            row = link.find_parent("tr")
            assert row is not None
            return " ".join(row.get_text(" ", strip=True).split())
    raise AssertionError(f"no row of the desk leads to {path}")
