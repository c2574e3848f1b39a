"""Signing in, out and up by the pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from services.portal import api, pages
from services.portal.accounts.oidc import OpenIdProvider
from services.portal.web.app import create_app
from services.portal.web.edge import Edge
from services.portal.web.visitor import COOKIE
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, shown_value
from tests.portal.pages.own.conftest import PASSPHRASE, choose_password, register, sign_in
from tests.portal.people import FIRST, OWN, People


def test_a_first_password_is_changed_before_anything_else(browser: Browser, people: People) -> None:
    _, login = people.account(Role.OFFICER)
    page = sign_in(browser, login, FIRST, path="/sign-in?next=/applications")
    assert "请先设置自己的密码" in page.texts("h1")
    assert browser.open("/desk").url.endswith("/account/password")
    weak = browser.send(page, old_password=FIRST, new_password="12345678", again="12345678")
    assert weak.status == 422
    assert weak.error_at("new_password").startswith("密码过于简单")
    page = choose_password(browser, weak)
    assert page.status == 200
    assert "/applications" in page.url
    assert "密码已修改" in page.main
    desk = browser.open("/desk")
    assert (desk.status, desk.url.endswith("/desk")) == (200, True)


def test_what_is_wrong_is_not_said_more_closely_and_the_login_is_kept(
    browser: Browser, people: People
) -> None:
    _, login = people.account(Role.OFFICER)
    told = [sign_in(browser, name, "不是这一句密码啊") for name in (login, "nobody.of.this.name")]
    assert [page.status for page in told] == [401, 401]
    assert len({page.one(".error-summary").get_text() for page in told}) == 1
    assert shown_value(told[0], "login") == login
    assert shown_value(told[0], "password") == ""


def test_empty_boxes_are_said_at_the_boxes(browser: Browser) -> None:
    page = sign_in(browser, "", "")
    assert page.status == 422
    assert page.error_at("login") == "请输入登录名。"
    assert page.error_at("password") == "请输入密码。"
    assert page.one("title").get_text().startswith("错误：")


def test_a_page_that_needs_an_account_is_gone_on_to_after_signing_in(
    browser: Browser, applicant: Browser, login: str
) -> None:
    applicant.send(applicant.open("/"), "header form")
    asked = browser.open("/my/applications")
    assert "/sign-in?next=" in asked.url
    page = browser.send(asked, login=login.upper(), password=PASSPHRASE)
    assert page.url.endswith("/my/applications")


def test_another_role_is_told_which_page_it_may_not_see(applicant: Browser) -> None:
    assert applicant.open("/desk").status == 403
    assert applicant.open("/accounts").status == 403


def test_whoever_signs_out_is_out(applicant: Browser) -> None:
    page = applicant.send(applicant.open("/"), "header form")
    assert "已退出登录" in page.main
    assert "/sign-in" in applicant.open("/account").url


def test_a_session_is_another_one_after_signing_in(browser: Browser, people: People) -> None:
    _, login = people.account(Role.OFFICER)
    browser._session.cookies.set(COOKIE, "a-token-of-somebody-else")
    sign_in(browser, login, FIRST)
    tokens = [its.value for its in browser._session.cookies if its.name == COOKIE]
    assert "a-token-of-somebody-else" not in tokens[-1]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"display_name": " "}, "display_name", "请填写姓名。"),
        ({"division": ""}, "division", "请选择单位所在的区县。"),
        ({"login": "ab"}, "login", "登录名为 3 到 40 个字符。"),
        ({"login": "wang wu"}, "login", "登录名只能用字母、数字和 . _ - @。"),
        ({"password": "", "again": ""}, "password", "请设置密码。"),
        ({"again": "另外一句话而已"}, "again", "两次输入的密码不一致，请重新输入。"),
        ({"password": "12345678", "again": "12345678"}, "password", "密码过于简单"),
    ],
)
def test_a_registration_says_at_the_field_what_is_wrong_and_keeps_the_rest(
    browser: Browser, login: str, typed: dict[str, str], field: str, said: str
) -> None:
    page = register(browser, **{"login": login, **typed})
    assert page.status == 422
    assert page.error_at(field).startswith(said)
    kept = {"display_name": "李四", "division": "430211", "login": login, **typed}
    for name in ("display_name", "division", "login"):
        assert shown_value(page, name) == kept[name]
    assert shown_value(page, "password") == ""


def test_a_login_is_registered_once(people: People, login: str) -> None:
    assert register(Browser(people.url), login).status == 200
    page = register(Browser(people.url), login.upper())
    assert page.status == 422
    assert page.error_at("login") == "该登录名已被使用，请换一个。"


def test_a_registration_sent_twice_is_one_account(people: People, login: str) -> None:
    browser = Browser(people.url)
    form = browser.open("/register")
    typed = {
        "display_name": "李四",
        "division": "430211",
        "login": login,
        "password": PASSPHRASE,
        "again": PASSPHRASE,
    }
    other = Browser(people.url)
    other._session.cookies.update(browser._session.cookies)
    assert browser.send(form, **typed).status == other.send(form, **typed).status == 200


def test_a_role_is_changed_and_begins_where_it_works(browser: Browser, people: People) -> None:
    _, login = people.account(Role.OFFICER, Role.ADMINISTRATOR)
    choose_password(browser, sign_in(browser, login, FIRST))
    form = browser.open("/account/role")
    choices = {its["value"] for its in form.tree.select("main input[name=grant_id]")}
    current = shown_value(form, "grant_id")
    (other,) = choices - {current}
    page = browser.send(form, grant_id=str(other))
    assert "已切换角色" in page.main
    assert shown_value(browser.open("/account/role"), "grant_id") == other
    assert browser.send(browser.open("/account/role"), grant_id=people.account()[0]).status == 403
    assert OWN not in page.main


def test_without_a_provider_nobody_is_sent_to_one(browser: Browser) -> None:
    assert "统一身份认证" not in browser.open("/sign-in").main
    assert browser.open("/sign-in/openid").status == 404
    assert browser.open("/sign-in/openid/back?code=x&state=y").status == 404


def test_a_provider_that_is_away_is_told_and_passwords_still_do(app: Flask) -> None:
    own: Edge = app.extensions["jiandu"]  # type: ignore[assignment]
    away = OpenIdProvider("http://127.0.0.1:9", "portal", "secret", "http://127.0.0.1/back")
    with_provider = create_app(
        replace(own, openid=away), [api.install, pages.install], pages.show_problem
    ).test_client()
    assert "通过统一身份认证登录" in with_provider.get("/sign-in").text
    answer = with_provider.get("/sign-in/openid")
    assert answer.status_code == 503
    assert "统一身份认证服务暂时无法使用" in answer.text
    assert 'name="password"' in answer.text
    back = with_provider.get("/sign-in/openid/back?code=x&state=y")
    assert "请返回登录页重新登录" in back.text
