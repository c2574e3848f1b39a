"""Objecting to a notice by the form: named or anonymously, and nothing typed is lost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from deploy.local.processes import wait_until
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.conftest import Noticed
from tests.portal.settling import let_settle
from tests.system.bureau import OFFICER, Bureau
from tests.system.installation import PATIENCE, Installation

FACTS = "该单位去年十月在工业路8号无证经营。\n附近商户都能作证，有照片。"
NAMED = {"who": "named", "contact_name": "王一二", "contact_phone": "13900001234"}


def test_a_named_objection_reaches_the_bureau(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    answer = _object(browser, noticed, facts=FACTS, **NAMED)
    assert answer.status == 200
    assert "异议已提交" in answer.texts("h1")
    number = answer.one(".objection-id").get_text(strip=True)
    kept = _opened(bureau, number)
    assert kept["facts"] == FACTS
    assert (kept["contact_name"], kept["contact_phone"]) == ("王一二", "13900001234")
    assert kept["application_id"] == noticed.application_ids[0]
    for secret in ("王一二", number, _code(answer)):
        assert secret not in answer.url


def test_an_anonymous_one_takes_along_no_name_that_was_typed(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    answer = _object(browser, noticed, facts=FACTS, **{**NAMED, "who": "anonymous"})
    kept = _opened(bureau, answer.one(".objection-id").get_text(strip=True))
    assert kept["anonymous"] is True
    assert kept["contact_name"] is kept["contact_phone"] is None


def test_sent_twice_it_is_one_objection(browser: Browser, bureau: Bureau, noticed: Noticed) -> None:
    let_settle(bureau)
    before = len(bureau.notice(noticed.batch_id)["objections"])
    form = browser.open(f"{noticed.path}/object")
    typed = {"application_id": noticed.application_ids[0], "facts": FACTS, **NAMED}
    first, second = browser.send(form, **typed), browser.send(form, **typed)
    number = first.one(".objection-id").get_text(strip=True)
    assert second.one(".objection-id").get_text(strip=True) == number
    assert _code(first) == _code(second)
    let_settle(bureau)
    kept = [its["objection_id"] for its in bureau.notice(noticed.batch_id)["objections"]]
    assert kept.count(number) == 1
    assert len(kept) == before + 1


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"application_id": ""}, "application_id", "请选择有异议的单位。"),
        ({"facts": "  "}, "facts", "请写明具体事实。"),
        ({"facts": "太短了"}, "facts", "请写明具体事实，10 到 4000 个字。"),
        ({"who": ""}, "who", "请选择实名提出还是匿名提出。"),
        ({"contact_name": ""}, "contact_name", "实名提出的，请填写姓名。"),
        ({"contact_phone": ""}, "contact_phone", "实名提出的，请填写联系电话。"),
        (
            {"contact_phone": "12345"},
            "contact_phone",
            "电话号码格式不对，例如 13900001234 或 0731-12345678。",
        ),
    ],
)
def test_what_is_wrong_is_said_on_top_and_at_the_field(
    browser: Browser, noticed: Noticed, typed: dict[str, str], field: str, said: str
) -> None:
    page = _object(browser, noticed, **{"facts": FACTS, **NAMED, **typed})
    assert page.status == 422
    assert page.one("title").get_text().startswith("错误：")
    (link,) = page.tree.select(".error-summary a")
    assert link["href"] == f"#field-{field}"
    assert link.get_text(strip=True).endswith(said)
    assert page.error_at(field) == said


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_form(
    browser: Browser, noticed: Noticed
) -> None:
    form = browser.open(f"{noticed.path}/object")
    page = browser.send(form, facts="太短了", who="named", contact_phone="123")
    links = [str(link["href"]) for link in page.tree.select(".error-summary a")]
    names = ("application_id", "facts", "contact_name", "contact_phone")
    assert links == [f"#field-{name}" for name in names]


def test_nothing_typed_is_lost(browser: Browser, noticed: Noticed) -> None:
    hostile = '</textarea><script>alert("1")</script>事实写在这里。\n\n第二段。'
    form = browser.open(f"{noticed.path}/object?unit={noticed.application_ids[1]}")
    page = browser.send(form, facts=hostile, who="named", contact_name="王一二")
    assert page.status == 422
    assert shown_value(page, "facts").replace("\r\n", "\n") == hostile
    assert shown_value(page, "contact_name") == "王一二"
    assert shown_value(page, "who") == "named"
    assert shown_value(page, "application_id") == noticed.application_ids[1]
    for name in ("command_id", "objection_id", "receipt_code"):
        assert shown_value(page, name) == shown_value(form, name)
    assert not page.tree.select("main script")


def test_corrected_it_is_taken(browser: Browser, noticed: Noticed) -> None:
    wrong = _object(browser, noticed, facts=FACTS, who="named")
    assert "异议已提交" in browser.send(wrong, **NAMED).texts("h1")


def test_when_the_days_are_over_the_sentence_says_so(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    form = browser.open(f"{noticed.path}/object")
    bureau.let_notice_end()
    typed = {"application_id": noticed.application_ids[0], "facts": FACTS, **NAMED}
    page = browser.send(form, **typed)
    assert page.status == 422
    assert "公示期已经届满" in page.main


def test_other_words_sent_after_it_was_taken_lead_to_what_was_taken(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    form = browser.open(f"{noticed.path}/object")
    typed = {"application_id": noticed.application_ids[0], "facts": FACTS, **NAMED}
    first = browser.send(form, **typed)
    second = browser.send(form, **{**typed, "facts": "后来想到的另一件事，写在这里。"})
    number = first.one(".objection-id").get_text(strip=True)
    assert second.one(".objection-id").get_text(strip=True) == number
    assert "之后修改的内容没有提交" in second.main
    assert _opened(bureau, number)["facts"] == FACTS


def test_a_form_of_another_site_is_refused(browser: Browser, noticed: Noticed) -> None:
    page = browser.post(f"{noticed.path}/object", facts=FACTS, csrf_token="made-up")
    assert page.status == 403


def test_without_the_registry_the_form_keeps_what_was_typed(
    browser: Browser, noticed: Noticed, healed: Installation
) -> None:
    form = browser.open(f"{noticed.path}/object")
    healed.kill("registry-api")
    typed = {"application_id": noticed.application_ids[0], "facts": FACTS, **NAMED}
    page = browser.send(form, **typed)
    assert page.status in (503, 504)  # not sent, or sent and not answered: both can be repeated
    assert shown_value(page, "facts").replace("\r\n", "\n") == FACTS
    assert shown_value(page, "command_id") == shown_value(form, "command_id")
    home = browser.open("/")
    assert home.status == 200
    assert "“联系点遴选”服务暂时无法使用" in home.main
    assert "怎样申报" in home.main
    healed.heal()
    assert wait_until(lambda: "异议已提交" in browser.send(page, **typed).texts("h1"), PATIENCE)


def test_with_number_and_code_the_objector_follows_it_to_the_end(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    answer = _object(browser, noticed, facts=FACTS, who="anonymous")
    number = answer.one(".objection-id").get_text(strip=True)
    let_settle(bureau)
    called = answer.one(".confirmation-number").get_text(strip=True)
    assert called == f"{number[:4]}-{number[4:8]}".upper()
    for written in (called, called.lower(), called.replace("-", " ")):
        assert "正在核实" in _ask(browser, written, _code(answer)).main
    running = _ask(browser, number, _code(answer))
    assert "正在核实" in running.main
    assert running.headers["Cache-Control"] == "no-store"
    assert running.url.endswith("/objection-outcome")
    reasons = "经现场核实，所反映的地点并非该单位。"
    decision = {"objection_id": number, "outcome": "overruled", "reasons": reasons}
    bureau.send(OFFICER, "DecideObjection", {"notice_id": noticed.notice_id, **decision})
    let_settle(bureau)
    by_hand = _code(answer).lower().replace("-", "")
    for code in (_code(answer), f" {by_hand} ", "".join(chr(ord(c) + 0xFEE0) for c in by_hand)):
        told = _ask(browser, number, code)
        assert "异议不成立" in told.main
        assert reasons in told.main


def test_a_wrong_code_and_an_unknown_number_are_answered_alike(
    browser: Browser, bureau: Bureau, noticed: Noticed
) -> None:
    answer = _object(browser, noticed, facts=FACTS, who="anonymous")
    number = answer.one(".objection-id").get_text(strip=True)
    let_settle(bureau)
    code = _code(answer)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    asked = [(number, wrong), (str(uuid.uuid4()), code), ("第一件", code), (number, "x" * 200)]
    pages = [_ask(browser, *each) for each in asked]
    assert {page.status for page in pages} == {422}
    said = {page.one(".error-summary").get_text(strip=True) for page in pages}
    assert said == {"未能提交没有找到这件异议。请核对编号和查询码后重新填写。"}
    assert shown_value(pages[0], "number") == number
    empty = _ask(browser, "", " ")
    assert empty.error_at("number") == "请填写异议编号。"
    assert empty.error_at("receipt_code") == "请填写查询码。"


def _ask(browser: Browser, number: str, code: str) -> Page:
    return browser.send(browser.open("/objection-outcome"), number=number, receipt_code=code)


def _code(page: Page) -> str:
    """The receipt code that a confirmation shows."""
    return page.one(".receipt-code").get_text(strip=True)


def _object(browser: Browser, noticed: Noticed, **typed: str) -> Page:
    form = browser.open(f"{noticed.path}/object")
    return browser.send(form, **{"application_id": noticed.application_ids[0], **typed})


def _opened(bureau: Bureau, number: str) -> dict[str, Any]:
    let_settle(bureau)
    asked = {"objection_id": number, "purpose": "核对异议内容"}
    found: dict[str, Any] = bureau.read("OpenObjection", asked, OFFICER)
    return found
