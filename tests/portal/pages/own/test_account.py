"""One's own account: password, devices, second factor."""

from __future__ import annotations

import re
import time

import pyotp
import pytest

from tests.portal.pages.browsing import Browser
from tests.portal.pages.own.conftest import PASSPHRASE, register, sign_in
from tests.portal.people import People

NEW = "后来又换成的另一句话"


def test_the_account_tells_who_one_is(applicant: Browser, login: str) -> None:
    page = applicant.open("/account")
    assert login in page.main
    assert "李四" in page.main
    assert "李四" not in page.one("title").get_text()
    assert "本次登录" in page.main


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"old_password": "不是这一句密码啊"}, "old_password", "现在的密码不正确，请重新输入。"),
        ({"old_password": ""}, "old_password", "请输入现在的密码。"),
        ({"again": "又是别的一句话啊"}, "again", "两次输入的新密码不一致，请重新输入。"),
        ({"new_password": PASSPHRASE, "again": PASSPHRASE}, "new_password", "新密码不能与现在"),
        ({"new_password": "", "again": ""}, "new_password", "请输入新密码。"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    applicant: Browser, typed: dict[str, str], field: str, said: str
) -> None:
    given = {"old_password": PASSPHRASE, "new_password": NEW, "again": NEW, **typed}
    page = applicant.send(applicant.open("/account/password"), **given)
    assert page.status == 422
    assert page.error_at(field).startswith(said)


def test_a_new_password_signs_out_everybody_else(
    applicant: Browser, login: str, people: People
) -> None:
    other = Browser(people.url)
    sign_in(other, login, PASSPHRASE)
    page = applicant.send(
        applicant.open("/account/password"), old_password=PASSPHRASE, new_password=NEW, again=NEW
    )
    assert "密码已修改" in page.main
    assert "/sign-in" in other.open("/account").url
    assert sign_in(other, login, PASSPHRASE).status == 401
    assert sign_in(other, login, NEW).status == 200


def test_another_device_is_signed_out_from_here(
    applicant: Browser, login: str, people: People
) -> None:
    other = Browser(people.url)
    sign_in(other, login, PASSPHRASE)
    page = applicant.open("/account")
    (form,) = page.tree.select("main form[action$='/end']")
    done = applicant.send(page, f"main form[action='{form['action']}']")
    assert "该设备上的登录已退出" in done.main
    assert "/sign-in" in other.open("/account").url


def test_somebody_elses_session_is_not_found_and_stands(
    applicant: Browser, login: str, people: People
) -> None:
    other = Browser(people.url)
    register(other, f"{login}x")
    token = applicant.open("/account").one("main input[name=csrf_token]")["value"]
    mine = Browser(people.url)
    sign_in(mine, f"{login}x", PASSPHRASE)
    (form,) = mine.open("/account").tree.select("main form[action$='/end']")
    assert applicant.post(str(form["action"]), csrf_token=str(token)).status == 404
    assert other.open("/account").url.endswith("/account")


def test_one_is_signed_out_everywhere(applicant: Browser, login: str, people: People) -> None:
    other = Browser(people.url)
    sign_in(other, login, PASSPHRASE)
    page = applicant.send(
        applicant.open("/account"), "main form[action='/account/sign-out-everywhere']"
    )
    assert "已在所有设备上退出登录" in page.main
    for one in (applicant, other):
        assert "/sign-in" in one.open("/account").url


def test_a_second_factor_is_set_up_used_and_switched_off(applicant: Browser, login: str) -> None:
    page = applicant.open("/account/totp")
    secret = page.one("code.secret").get_text().replace(" ", "")
    codes = page.texts(".recovery-codes code")
    assert str(page.one("img.qr")["src"]).startswith("data:image/svg+xml")
    assert applicant.open("/account/totp").one("code.secret").get_text().replace(" ", "") == secret
    guessed = applicant.send(page, password="不是这一句密码啊", code=pyotp.TOTP(secret).now())
    assert guessed.error_at("password") == "密码不正确，请重新输入。"
    wrong = applicant.send(page, password=PASSPHRASE, code="000000")
    assert wrong.status == 422
    assert wrong.error_at("code").startswith("验证码不正确")
    on = applicant.send(wrong, password=PASSPHRASE, code=pyotp.TOTP(secret).now())
    assert "动态验证码已启用" in on.main
    assert secret not in on.main
    applicant.send(applicant.open("/"), "header form")

    needed = sign_in(applicant, login, PASSPHRASE)
    assert needed.status == 401
    assert needed.error_at("code").startswith("该账号已启用动态验证码")
    assert sign_in(applicant, login, PASSPHRASE, "123").status == 401
    later = pyotp.TOTP(secret).at(int(time.time()) + 30)
    assert sign_in(applicant, login, PASSPHRASE, later).status == 200
    applicant.send(applicant.open("/"), "header form")
    assert sign_in(applicant, login, PASSPHRASE, codes[0]).status == 200

    off = applicant.open("/account/totp")
    assert "停用动态验证码" in off.texts("h1")
    wrong = applicant.send(off, password="不是这一句密码啊")
    assert wrong.error_at("password") == "密码不正确，请重新输入。"
    assert "动态验证码已停用" in applicant.send(off, password=PASSPHRASE).main
    again = applicant.open("/account/totp").one("code.secret").get_text()
    assert re.sub(" ", "", again) != secret
