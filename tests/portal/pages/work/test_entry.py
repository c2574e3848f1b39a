"""Before the formal check: recommended or not, supplemented, taken back."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from shared.access.actor import Actor
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.portal.people import People
from tests.system.bureau import CITY, OFFICER, Bureau, application, recommended

KIND = UnitKind.ENTERPRISE
MISSING = "缺少承诺书。\n请补交。"


@pytest.fixture
def applicant(staff: Staff) -> Browser:
    return staff(Role.APPLICANT)


@pytest.fixture
def partner(staff: Staff) -> Browser:
    return staff(Role.PARTNER)


@pytest.fixture
def own(people: People, bureau: Bureau) -> str:
    """An application of the known applicant's."""
    return _filed(people, bureau, application(bureau.open_batch(), KIND))


@pytest.fixture
def named(people: People, bureau: Bureau) -> str:
    """One that names the known partner as its recommender."""
    return _filed(people, bureau, recommended(bureau.open_batch(), KIND))


def test_a_recommender_confirms_what_names_it(
    partner: Browser, officer: Browser, bureau: Bureau, named: str
) -> None:
    assert "尚未确认" in _open(officer, bureau, f"/applications/{named}").main
    assert f"/applications/{named}/recommendation" in _links(partner)
    form = _open(partner, bureau, f"/applications/{named}/recommendation")
    assert "测试单位" in form.main
    assert "李一" not in form.main  # a recommender need not call anybody
    page = partner.send(form, decision="confirm")
    assert page.status == 200
    assert "已确认推荐" in page.main
    seen = officer.open(f"/applications/{named}?{urlsplit(page.url).query}")
    assert "通过形式审查" in seen.texts("main section .button")
    again = _open(partner, bureau, f"/applications/{named}/recommendation")
    assert "decision" not in form_fields(again)


def test_a_recommender_declines_with_reasons(partner: Browser, bureau: Bureau, named: str) -> None:
    form = _open(partner, bureau, f"/applications/{named}/recommendation")
    page = partner.send(form, decision="decline")
    assert page.error_at("reasons") == "请写明不予推荐的理由。"
    assert "已登记不予推荐" in partner.send(page, reasons="没有推荐过该单位。").main


def test_nobody_recommends_what_names_another(partner: Browser, bureau: Bureau, own: str) -> None:
    bureau.applications(bureau.open_batch())
    assert partner.open(f"/applications/{own}/recommendation").status == 404


def test_an_officer_enters_a_recommendation_from_its_paper(
    officer: Browser, bureau: Bureau, named: str
) -> None:
    form = _open(officer, bureau, f"/applications/{named}/recommendation?decision=confirm")
    assert shown_value(form, "decision") == "confirm"
    page = officer.send(form)
    assert page.error_at("document")
    page = officer.send(page, document="市工商联推荐函 3 号")
    assert "已确认推荐" in page.main


def test_what_is_missing_is_asked_for_and_supplied(
    applicant: Browser, officer: Browser, bureau: Bureau, own: str
) -> None:
    form = _open(officer, bureau, f"/applications/{own}/supplement-request")
    told = officer.send(form)
    assert told.error_at("missing") == "请写明需要补正什么，申报单位会看到。"
    page = officer.send(told, missing=MISSING)
    assert "补正要求已发出" in page.main
    assert "补正截止" in page.main
    mine = applicant.open(f"/my/applications/{own}")
    assert "缺少承诺书。 请补交。" in mine.main
    assert "现在补正" in mine.texts(".button")
    form = applicant.open(f"/applications/{own}/supplement")
    assert shown_value(form, "staff") == "400"  # as it was stated
    assert shown_value(form, "contact_name") == "李一"
    told = applicant.send(form, answer="", revenue_wan="很多")
    assert told.status == 422
    assert told.error_at("answer") == "请写明补正了什么。"
    assert told.error_at("revenue_wan") == "请填写整数，例如 12。"
    assert shown_value(told, "revenue_wan") == "很多"
    page = applicant.send(told, answer="承诺书已经补交。", revenue_wan="３０００")
    assert page.status == 200, page.main
    assert "补正已提交" in page.main
    assert "待形式审查" in page.texts(".tag")
    assert "form" not in form_fields(applicant.open(f"/applications/{own}/supplement"))


def test_an_applicant_takes_its_application_back(
    applicant: Browser, bureau: Bureau, own: str
) -> None:
    page = applicant.send(_open(applicant, bureau, f"/applications/{own}/withdrawal"))
    assert "申报已撤回" in page.main
    assert "已撤回" in page.texts(".tag")
    asked = applicant.open(f"/applications/{own}/withdrawal")
    assert "reasons" not in form_fields(asked)


def test_an_officer_says_how_a_unit_asked_for_its_withdrawal(
    officer: Browser, bureau: Bureau, own: str
) -> None:
    form = _open(officer, bureau, f"/applications/{own}/withdrawal")
    page = officer.send(form)
    assert page.error_at("reasons") == "请写明申报单位是怎样提出撤回的。"
    assert "申报已撤回" in officer.send(page, reasons="来函撤回。").main


def test_an_application_that_waits_for_a_supplement_is_not_checked(
    officer: Browser, bureau: Bureau, own: str
) -> None:
    request = {"application_id": own, "missing": MISSING}
    bureau.send(OFFICER, "RequestSupplement", request)
    page = _open(officer, bureau, f"/applications/{own}")
    assert "通过形式审查" not in page.texts("main section .button")
    assert "待补正" in page.texts(".tag")


def _filed(people: People, bureau: Bureau, payload: dict[str, object]) -> str:
    account_id = people.known(Role.APPLICANT).account_id
    bureau.send(Actor(account_id, Role.APPLICANT, CITY), "SubmitApplication", payload)
    return str(payload["application_id"])


def _links(partner: Browser) -> set[str]:
    """Addresses in the whole list of what names the visitor's body."""
    page, found = partner.open("/recommendations"), set()
    while True:
        found |= {str(each["href"]) for each in page.tree.select("main a[href]")}
        following = page.tree.select_one("a[rel=next]")
        if following is None:
            return found
        page = partner.open(str(following["href"]))


def _open(browser: Browser, bureau: Bureau, path: str) -> Page:
    page = browser.open(f"{path}{'&' if '?' in path else '?'}{after(bureau)}")
    assert page.status == 200, page.main
    return page
