"""Applying step by step by the pages, to the registry and back."""

from __future__ import annotations

import pytest

from deploy.local.processes import wait_until
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.own.conftest import Arrive, register
from tests.portal.pages.own.test_application_form import typed
from tests.portal.people import People
from tests.system.bureau import OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE, Installation

KEYS = ("unit", "industry", "contact")


@pytest.fixture(scope="module")
def batch_id(bureau: Bureau) -> str:
    """A batch that pages can see."""
    made = bureau.open_batch()
    bureau.read("ShowBatch", {"batch_id": made})
    return made


def fill(browser: Browser, batch_id: str, values: dict[str, str]) -> Page:
    """The steps one after the other, up to the last page."""
    page = browser.open(f"/apply/{batch_id}/unit")
    for key in KEYS:
        assert f"/apply/{batch_id}/{key}" in page.url, page.main
        page = browser.send(page, **values)
    assert page.url.endswith("/check"), page.main
    return page


@pytest.mark.parametrize("kind", UnitKind)
def test_an_application_is_filled_in_looked_at_and_handed_in(
    applicant: Browser, bureau: Bureau, batch_id: str, kind: UnitKind
) -> None:
    values = typed(kind)
    page = fill(applicant, batch_id, values)
    for name in ("unit_name", "address", "contact_name", "contact_phone"):
        assert values[name] in page.main
    done = applicant.send(page)
    assert "申报已提交" in done.main
    assert "待形式审查" in done.main
    assert values["unit_name"] in done.main
    assert values["unit_name"] not in done.url + done.one("title").get_text()
    application_id = done.url.split("/my/applications/")[1].split("?")[0]
    row = bureau.applications(batch_id)[application_id]
    assert (row["unit_kind"], row["status"]) == (str(kind), "submitted")
    listed = applicant.open("/my/applications")
    (link,) = listed.tree.select(f'tbody a[href="/my/applications/{application_id}"]')
    assert link.get_text() == values["unit_name"]
    assert "尚未提交的草稿" not in listed.main
    for shown in (listed, applicant.open(f"/batches/{batch_id}")):
        assert "已申报" in shown.main
        assert "为另一个单位申报" in shown.main


def test_what_must_be_brought_is_told_before_anything_is_typed(
    browser: Browser, applicant: Browser, batch_id: str
) -> None:
    """The licence is the tax registration too; who recommends is asked of the recommended."""
    shown = browser.open(f"/batches/{batch_id}").main
    for words in ("营业执照", "推荐表", "承诺书", "三证合一", "不超过 20 MB", "5 个工作日"):
        assert words in shown
    assert "税务登记证件（" not in shown
    page = fill(applicant, batch_id, typed(UnitKind.CHAMBER))
    assert "承诺书" in page.main
    assert "营业执照" not in page.main


def test_pressed_twice_it_is_one_application(
    applicant: Browser, bureau: Bureau, batch_id: str
) -> None:
    page = fill(applicant, batch_id, typed(UnitKind.CHAMBER))
    before = len(bureau.applications(batch_id))
    first, second = applicant.send(page), applicant.send(page)
    assert first.status == second.status == 200
    assert first.url.split("?")[0] == second.url.split("?")[0]
    assert len(bureau.applications(batch_id)) == before + 1


def test_a_step_that_is_wrong_says_so_and_keeps_everything(
    applicant: Browser, batch_id: str
) -> None:
    values = typed(UnitKind.ENTERPRISE, credit_code="91430211LWFRBQ3DXX", unit_name="")
    page = applicant.send(applicant.open(f"/apply/{batch_id}/unit"), **values)
    assert page.status == 422
    assert page.error_at("unit_name") == "请填写单位名称，与证照上的一致。"
    assert page.error_at("credit_code").startswith("统一社会信用代码的校验位不符")
    again = applicant.open(f"/apply/{batch_id}/unit")
    for its in (page, again):
        assert shown_value(its, "address") == values["address"]
        assert shown_value(its, "unit_kind") == "enterprise"
        assert shown_value(its, "credit_code") == "91430211LWFRBQ3DXX"


def test_it_is_put_down_and_taken_up_again_where_it_was_left(
    applicant: Browser, batch_id: str, login: str
) -> None:
    values = typed(UnitKind.VILLAGE_COMMUNITY)
    applicant.send(applicant.open(f"/apply/{batch_id}/unit"), **values)
    later = applicant.send(
        applicant.open(f"/apply/{batch_id}/industry"), declared_size="", go="later"
    )
    assert "已保存" in later.main
    assert later.one(".stack a.button")["href"] == f"/apply/{batch_id}/industry"
    discard = applicant.open(f"/apply/{batch_id}/discard")
    assert "不能恢复" in discard.main
    assert "草稿已删除" in applicant.send(discard).main
    assert shown_value(applicant.open(f"/apply/{batch_id}/unit"), "unit_name") == ""


def test_an_incomplete_one_is_not_handed_in(applicant: Browser, batch_id: str) -> None:
    applicant.send(applicant.open(f"/apply/{batch_id}/unit"), **typed(UnitKind.ENTERPRISE))
    page = applicant.send(applicant.open(f"/apply/{batch_id}/check"))
    assert page.status == 422
    (link,) = [its for its in page.tree.select(".error-summary a") if "联系电话" in its.get_text()]
    assert link["href"] == f"/apply/{batch_id}/contact?back=check#field-contact_phone"
    step = applicant.open(str(link["href"]))
    filled = applicant.send(step, contact_name="李四", contact_phone="13900001234")
    assert filled.url.endswith("/check")


def test_what_the_registry_refuses_is_said_at_its_field(
    people: People, batch_id: str, login: str
) -> None:
    values = typed(UnitKind.ENTERPRISE)
    for number, suffix in enumerate(("a", "b")):
        browser = Browser(people.url)
        register(browser, login + suffix)
        page = browser.send(fill(browser, batch_id, values))
        assert page.status == (200, 422)[number]
    assert "该单位在本批次已经申报" in page.one(".error-summary").get_text()
    step = browser.open(f"/apply/{batch_id}/unit?back=check")
    assert step.error_at("credit_code") == "该单位在本批次已经申报，不能重复申报。"
    assert shown_value(step, "unit_name") == values["unit_name"]


def test_a_draft_is_nobody_elses(
    applicant: Browser, people: People, batch_id: str, login: str
) -> None:
    applicant.send(applicant.open(f"/apply/{batch_id}/unit"), **typed(UnitKind.CHAMBER))
    other = Browser(people.url)
    register(other, f"{login}x")
    assert shown_value(other.open(f"/apply/{batch_id}/unit"), "unit_name") == ""


def test_somebody_elses_application_is_not_found(
    applicant: Browser, bureau: Bureau, batch_id: str
) -> None:
    other = bureau.apply(batch_id, UnitKind.CHAMBER)
    bureau.applications(batch_id)
    for identifier in (other, new_id(), "nonsense"):
        page = applicant.open(f"/my/applications/{identifier}")
        assert page.status == 404
        assert "没有找到" in page.main


def test_only_applicants_apply(browser: Browser, arrive: Arrive, batch_id: str) -> None:
    assert "/sign-in" in browser.open(f"/apply/{batch_id}/unit").url
    assert arrive(Role.OFFICER).open(f"/apply/{batch_id}/unit").status == 403


def test_no_address_has_a_nul(applicant: Browser) -> None:
    assert [applicant.open(f"/apply/%00/{key}").status for key in ("unit", "check")] == [404, 404]


def test_a_batch_that_is_none_is_not_found(applicant: Browser) -> None:
    for batch_id in (new_id(), "nonsense"):
        assert applicant.open(f"/apply/{batch_id}/unit").status == 404


def test_a_rejected_one_tells_the_applicant_why(
    applicant: Browser, bureau: Bureau, batch_id: str
) -> None:
    done = applicant.send(fill(applicant, batch_id, typed(UnitKind.CHAMBER)))
    application_id = done.url.split("/my/applications/")[1].split("?")[0]
    bureau.send(
        OFFICER,
        "FailFormalCheck",
        {
            "application_id": application_id,
            "grounds": ["documents_incomplete"],
            "reasons": "登记证书缺页。",
        },
    )
    bureau.applications(batch_id)
    page = applicant.open(f"/my/applications/{application_id}")
    assert "未通过" in page.main
    assert "材料不齐" in page.main
    assert "登记证书缺页。" in page.main


@pytest.mark.fault
def test_while_the_registry_is_away_one_can_go_on_typing(
    healed: Installation, applicant: Browser, batch_id: str
) -> None:
    page = fill(applicant, batch_id, typed(UnitKind.CHAMBER))
    healed.kill("registry-api")
    step = applicant.open(f"/apply/{batch_id}/contact")
    assert "暂时无法使用" in step.main
    saved = applicant.send(step, contact_name="王五")
    assert saved.url.endswith("/check")
    refused = applicant.send(page)
    assert refused.status in (503, 504)
    assert "王五" in refused.main
    healed.heal()
    done = _sent_until_heard(applicant, page)
    assert done.status == 200, done.main
    assert "王五" in done.main


def _sent_until_heard(applicant: Browser, page: Page) -> Page:
    """The form again for as long as its service is still called away; each is the same command."""
    answers = [applicant.send(page)]

    def is_heard() -> bool:
        if answers[-1].status in (503, 504):
            answers.append(applicant.send(page))
        return answers[-1].status not in (503, 504)

    assert wait_until(is_heard, PATIENCE), answers[-1].main
    return answers[-1]
