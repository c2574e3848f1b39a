"""A reporter without an account: the code after telling, the way back with it, what is said then.

All of it without JavaScript.
"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import FED_BACK, TELL, go_on
from tests.portal.matrix.scene import Scene
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff
from tests.portal.people import People
from tests.portal.reporting import reported
from tests.system.bureau import DISTRICT, Bureau

_CLUE = {
    "kinds": "illegal_fine",
    "body": "市生态环境局",
    "division": DISTRICT,
    "text": "检查时罚款五万元，超过法定上限。",
    "reporting": "anonymous",
}
_PROGRESS = "/report/progress"
_NOT_FOUND = "没有找到。请核对是不是 25 位数字、有没有抄错，再重新填写。"


@pytest.fixture
def another(people: People) -> Browser:
    """Another browser than the one that told."""
    return Browser(people.url)


def code_on(page: Page) -> str:
    return "".join(page.texts(".receipt-digits span"))


def enter(browser: Browser, code: str) -> Page:
    return browser.send(browser.open(_PROGRESS), receipt_code=code)


def test_whoever_told_finds_their_case_with_the_code(browser: Browser, another: Browser) -> None:
    page = browser.send(browser.open("/report/clue"), **_CLUE)
    assert page.status == 200
    assert "查询码只显示这一次" in page.main
    code = code_on(page)
    assert len(code) == 25
    assert code.isdecimal()
    assert page.headers["Cache-Control"] == "no-store"
    found = enter(another, f"{code[:5]} {code[5:10]}-{code[10:]}")
    assert "检查时罚款五万元" in found.main
    assert "待受理" in found.main
    assert found.url.endswith(_PROGRESS), "no address leads to the case"
    assert "检查时罚款五万元" in another.open(_PROGRESS).main
    assert {"与司法局的沟通", "您提交的材料", "办理过程"} <= set(found.texts("main h2"))
    assert "有没有人申请看您的姓名和电话" not in found.main, "they gave none"
    assert "查询码" in browser.open(_PROGRESS).main, "to tell is not to have entered the code"


def test_neither_code_nor_case_stand_in_any_form_or_link(browser: Browser) -> None:
    form = browser.open("/report/clue")
    page = browser.send(form, **_CLUE)
    code, clue_id = code_on(page), str(form.one("input[name=clue_id]")["value"])
    assert code not in str(form.tree)
    assert code not in str(page.tree).replace("-", "").replace(" ", "").partition("<main")[0]
    case = enter(browser, code)
    for shown in (case, browser.open(f"{_PROGRESS}/retaliation")):
        assert clue_id not in str(shown.tree)
        assert code not in str(shown.tree)


def test_after_the_end_nothing_is_left_in_the_browser(
    app: Flask, bureau: Bureau, browser: Browser
) -> None:
    case = enter(browser, reported(app, bureau).code)
    ended = browser.send(case, 'form[action="/report/progress/end"]')
    assert "已结束查看" in ended.main
    assert ended.one("#field-receipt_code")
    asked = browser.open(f"{_PROGRESS}/retaliation")
    assert asked.one("#field-receipt_code")
    assert "查看已经结束" in asked.main


def test_a_wrong_code_is_answered_as_one_that_nobody_was_given(
    app: Flask, bureau: Bureau, browser: Browser
) -> None:
    code = reported(app, bureau).code
    wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
    pages = [enter(browser, typed) for typed in (wrong, "1" * 25, "随便写的", f"{code}0")]
    for page in pages:
        assert page.status == 422
        assert page.error_at("receipt_code") == _NOT_FOUND
    assert len({str(page.tree) for page in pages}) == 1
    empty = enter(browser, "   ")
    assert empty.error_at("receipt_code") == "请填写查询码。"


def test_a_form_sent_twice_has_one_code(browser: Browser, another: Browser) -> None:
    form = browser.open("/report/clue")
    first, again = (browser.send(form, **_CLUE) for _ in range(2))
    assert code_on(first) == code_on(again)
    changed = browser.send(form, **{**_CLUE, "text": "后来改写的另一段内容。"})
    assert "此前已经提交成功" in changed.main
    assert code_on(changed) == code_on(first)
    case = enter(another, code_on(first))
    assert "检查时罚款五万元" in case.main
    assert "后来改写" not in case.main


def test_whoever_tells_for_somebody_is_shown_the_code_once(staff: Staff) -> None:
    """Else a point could come back to the form and read the case as its reporter."""
    officer = staff(Role.OFFICER)
    form = officer.open("/report/clue")
    told = {**_CLUE, "heard": "bureau"}
    first, again = (officer.send(form, **told) for _ in range(2))
    assert code_on(first)
    assert "查询码已经显示过" in again.main
    assert again.texts(".receipt-digits span") == []
    changed = officer.send(form, **{**told, "text": "后来改写的另一段内容。"})
    assert changed.texts(".receipt-digits span") == []


def test_whoever_makes_up_a_code_for_their_form_is_given_another(
    browser: Browser, another: Browser
) -> None:
    form = browser.open("/report/clue")
    page = browser.send(form, **_CLUE, carried_code="1111111111111111111111111")
    assert page.status == 200
    assert code_on(page) != "1" * 25
    assert "检查时罚款五万元" in enter(another, code_on(page)).main


def test_an_opinion_is_followed_too(browser: Browser) -> None:
    told = {"topics": "manner", "text": "执法时请出示证件。", "division": DISTRICT}
    page = browser.send(browser.open("/report/opinion"), **told, reporting="anonymous")
    case = enter(browser, code_on(page))
    assert "执法时请出示证件。" in case.main
    assert "意见建议" in case.main
    assert "报告打击报复" not in case.main
    flagging = browser.open(f"{_PROGRESS}/retaliation")
    assert "这是一件意见建议" in flagging.main


def test_the_reporter_flags_retaliation_and_rates_what_came_of_it(
    app: Flask, bureau: Bureau, people: People, browser: Browser
) -> None:
    its = reported(app, bureau)
    case = enter(browser, its.code)
    assert "结果告知以后，可以在这里评价。" in case.main
    flagged = browser.send(browser.open(f"{_PROGRESS}/retaliation"), text="上门威胁停产。")
    assert "已经告诉司法局" in flagged.main
    assert "打击报复专门办理" in flagged.main
    assert "已就打击报复另行立件" in browser.open(f"{_PROGRESS}/retaliation").main
    officer = people.known(Role.OFFICER).account_id
    go_on(Scene(bureau, people), officer, its.clue_id, FED_BACK)
    case = browser.open(_PROGRESS)
    assert TELL["means"] == "in_person"
    assert "当面告知" in case.main
    rating = browser.open(f"{_PROGRESS}/satisfaction")
    assert browser.send(rating).error_at("satisfaction") == "请选择是否满意。"
    rated = browser.send(rating, satisfaction="not_solved", comment="罚款还没有退。")
    assert "评价已提交" in rated.main
    assert "罚款还没有退。" in rated.main
    assert "线索已重新办理" in rated.main


def test_who_is_signed_in_acts_as_the_reporter_there_and_as_themself_elsewhere(
    app: Flask, bureau: Bureau, staff: Staff
) -> None:
    """Of another division, where as an officer they see nothing of it."""
    officer = staff(Role.OFFICER, "430300")
    its = reported(app, bureau)
    case = enter(officer, its.code)
    assert "检查时超标罚款" in case.main
    assert "经办人员" not in case.one("header").get_text()
    assert officer.open(f"/clues/{its.clue_id}").status == 404
    assert "经办人员" in officer.open("/desk").one("header").get_text()
    officer.send(case, 'form[action="/report/progress/end"]')


def test_a_reporter_is_nobody_on_any_other_page(
    app: Flask, bureau: Bureau, browser: Browser
) -> None:
    its = reported(app, bureau)
    enter(browser, its.code)
    for path in (f"/clues/{its.clue_id}", "/my/filings", "/desk"):
        assert "/sign-in" in browser.open(path).url


def test_a_form_of_somebody_elses_making_says_nothing_for_the_reporter(
    app: Flask, bureau: Bureau, browser: Browser
) -> None:
    enter(browser, reported(app, bureau).code)
    forged = browser.post(f"{_PROGRESS}/retaliation", {}, text="不是反映人说的话。")
    assert forged.status == 403
    assert "打击报复专门办理" not in browser.open(_PROGRESS).main


def test_what_was_told_cannot_become_a_page_of_its_own_making(
    app: Flask, bureau: Bureau, browser: Browser
) -> None:
    its = reported(app, bureau, text="<script>alert(1)</script>与五个字")
    shown = enter(browser, its.code)
    assert shown.one("main").select("script") == []
    assert isinstance(shown.tree, BeautifulSoup)
