"""Accounts as an administrator runs them by the pages."""

from __future__ import annotations

import pytest

from deploy.local.processes import wait_until
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.own.conftest import Arrive, choose_password, sign_in
from tests.portal.people import FIRST, OWN, People
from tests.system.bureau import CITY, DISTRICT, OTHER_DISTRICT, Bureau, new_id
from tests.system.installation import PATIENCE


@pytest.fixture
def administrator(arrive: Arrive) -> Browser:
    return arrive(Role.ADMINISTRATOR)


def opened(browser: Browser, login: str, **typed: str) -> Page:
    """What comes after the form for a new account: the form for its first role."""
    form = browser.open("/accounts/new")
    return browser.send(form, display_name="赵六", login=login, password=FIRST, **typed)


def test_an_account_is_opened_with_a_role_and_its_holder_signs_in(
    administrator: Browser, browser: Browser, login: str
) -> None:
    page = opened(administrator, login)
    assert "账号已开设" in page.main
    shown = administrator.send(page, role="officer", division=DISTRICT)
    assert "角色已授予" in shown.main
    assert "经办人员" in shown.main
    assert "待修改初始密码" in shown.main
    assert "赵六" not in shown.one("title").get_text()
    assert FIRST not in str(shown.tree)
    page = choose_password(browser, sign_in(browser, login, FIRST))
    assert page.url.split("?")[0].endswith("/desk")


def test_a_first_password_is_suggested_and_another_each_time(administrator: Browser) -> None:
    suggested = {shown_value(administrator.open("/accounts/new"), "password") for _ in range(3)}
    assert len(suggested) == 3
    assert all(len(its) >= 16 for its in suggested)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"role": "", "division": ""}, "role", "请选择角色。"),
        ({"role": "officer", "division": ""}, "division", "请选择范围。"),
        ({"role": "enforcement_body", "division": CITY}, "unit", "请填写代表哪个单位"),
        ({"role": "point", "division": CITY}, "point", "请选择代表哪个联系点"),
    ],
)
def test_a_role_that_is_not_complete_is_said_at_its_field(
    administrator: Browser, login: str, typed: dict[str, str], field: str, said: str
) -> None:
    page = administrator.send(opened(administrator, login), **typed)
    assert page.status == 422
    assert page.error_at(field).startswith(said)
    assert shown_value(page, "role") == typed["role"]


def test_a_login_that_is_taken_or_none_is_said_at_its_field(
    administrator: Browser, login: str
) -> None:
    opened(administrator, login)
    taken = opened(administrator, login)
    assert taken.error_at("login") == "该登录名已被使用，请换一个。"
    assert shown_value(taken, "display_name") == "赵六"
    assert opened(administrator, "x y").error_at("login").startswith("登录名")


def confirmed(browser: Browser, form: Page) -> Page:
    """The form sent, once more where its page did not know yet what the holder did just now."""
    page = browser.send(form)
    return browser.send(page) if page.status == 409 else page


def test_a_role_is_taken_away_and_its_holder_is_out(
    administrator: Browser, browser: Browser, people: People
) -> None:
    account_id, login = people.account(Role.OFFICER)
    choose_password(browser, sign_in(browser, login, FIRST))
    page = administrator.open(f"/accounts/{account_id}")
    link = next(its for its in page.tree.select("main a") if str(its["href"]).endswith("/revoke"))
    form = administrator.open(str(link["href"]))
    assert "经办人员" in form.main
    assert "角色已收回" in confirmed(administrator, form).main
    assert "/sign-in" in browser.open("/desk").url


def test_a_reset_password_must_be_changed_again(
    administrator: Browser, browser: Browser, people: People
) -> None:
    account_id, login = people.account(Role.OFFICER)
    choose_password(browser, sign_in(browser, login, FIRST))
    form = administrator.open(f"/accounts/{account_id}/password")
    given = shown_value(form, "password")
    assert "密码已重置" in confirmed(administrator, form).main
    assert sign_in(browser, login, OWN).status == 401
    page = sign_in(browser, login, given)
    assert "请先设置自己的密码" in page.texts("h1")


def test_an_account_is_closed_and_opened_again(
    administrator: Browser, browser: Browser, people: People
) -> None:
    account_id, login = people.account(Role.OFFICER)
    choose_password(browser, sign_in(browser, login, FIRST))
    closed = confirmed(administrator, administrator.open(f"/accounts/{account_id}/close"))
    assert "账号已停用" in closed.main
    assert "/sign-in" in browser.open("/desk").url
    assert sign_in(browser, login, OWN).status == 401
    reopened = administrator.send(administrator.open(f"/accounts/{account_id}/reopen"))
    assert "账号已重新启用" in reopened.main
    assert sign_in(browser, login, OWN).status == 200


def test_everybody_signed_in_to_an_account_is_put_out(
    administrator: Browser, browser: Browser, people: People
) -> None:
    account_id, login = people.account(Role.OFFICER)
    choose_password(browser, sign_in(browser, login, FIRST))

    def is_put_out() -> bool:  # a page that does not know the new password yet is told so
        done = administrator.send(administrator.open(f"/accounts/{account_id}/sign-out"))
        return "该账号的全部登录已退出" in done.main

    assert wait_until(is_put_out, PATIENCE)
    assert "/sign-in" in browser.open("/desk").url


def test_what_somebody_else_did_meanwhile_is_shown_before_it_is_done_again(
    administrator: Browser, people: People
) -> None:
    account_id, _ = people.account(Role.OFFICER)
    administrator.open(f"/accounts/{account_id}")
    first = administrator.open(f"/accounts/{account_id}/roles/new")
    second = administrator.open(f"/accounts/{account_id}/roles/new")
    assert "角色已授予" in administrator.send(first, role="leader", division=CITY).main
    late = administrator.send(second, role="reviewer", division=CITY)
    assert late.status == 409
    assert "内容已被他人更新" in late.one(".error-summary").get_text()
    assert shown_value(late, "role") == "reviewer"
    assert "角色已授予" in administrator.send(late).main


def test_a_role_for_a_point_that_is_none_is_not_granted(
    administrator: Browser, people: People
) -> None:
    account_id, _ = people.account(Role.OFFICER)
    administrator.open(f"/accounts/{account_id}")
    form = administrator.open(f"/accounts/{account_id}/roles/new")
    for unit in ("芦淞区墨汀书店", new_id()):
        told = administrator.send(form, role="point", division=CITY, point=unit)
        assert told.status == 422
        assert told.error_at("point") == "请选择代表哪个联系点。"
    assert "角色已授予" not in administrator.open(f"/accounts/{account_id}").main


def test_a_point_without_an_account_is_told_and_its_role_is_granted_by_its_name(
    administrator: Browser, arrive: Arrive, bureau: Bureau, login: str
) -> None:
    batch_id, notice_id, (unit,) = bureau.on_notice([(UnitKind.CHAMBER, OTHER_DISTRICT)])
    bureau.let_notice_end()
    bureau.designate(notice_id, [unit])
    its = bureau.points(batch_id)[unit]
    point_id, name = str(its["point_id"]), str(its["unit_name"])
    leader = arrive(Role.LEADER)
    assert "该联系点还没有账号" in leader.open(f"/points/{point_id}").main
    page = administrator.open(f"/accounts/new?point={point_id}")
    assert name in page.main
    page = administrator.send(page, display_name="赵六", login=login, password=FIRST)
    assert shown_value(page, "role") == "point"
    assert shown_value(page, "division") == OTHER_DISTRICT
    assert name in page.texts("#field-point option[selected]")[0]
    granted = confirmed(administrator, page)
    assert "角色已授予" in granted.main
    assert name in granted.main
    assert "该联系点还没有账号" not in leader.open(f"/points/{point_id}").main


def test_nobody_gives_themself_a_role(browser: Browser, people: People) -> None:
    account_id, login = people.account(Role.ADMINISTRATOR)
    choose_password(browser, sign_in(browser, login, FIRST))
    assert "授予角色" not in browser.open(f"/accounts/{account_id}").texts("main a")
    form = browser.open(f"/accounts/{account_id}/roles/new")
    refused = browser.send(form, role="leader", division=CITY)
    assert refused.status == 422
    assert "不能给自己授予角色" in refused.one(".error-summary").get_text()


def test_accounts_beyond_ones_division_are_not_found(arrive: Arrive, people: People) -> None:
    of_district = arrive(Role.ADMINISTRATOR, division=DISTRICT)
    elsewhere, _ = people.account(Role.OFFICER, division=OTHER_DISTRICT)
    within, _ = people.account(Role.OFFICER, division=DISTRICT)
    assert of_district.open(f"/accounts/{within}").status == 200
    for identifier in (elsewhere, new_id(), "nonsense"):
        for path in ("", "/password", "/close", "/roles/new"):
            assert of_district.open(f"/accounts/{identifier}{path}").status == 404
    choices = of_district.open(f"/accounts/{within}/roles/new").tree.select(
        "#field-division option"
    )
    assert [its["value"] for its in choices] == ["", DISTRICT]


def test_a_list_goes_on_page_by_page(administrator: Browser, people: People) -> None:
    wanted = {people.account(Role.PARTNER)[0] for _ in range(21)}
    assert wait_until(lambda: wanted <= _listed(administrator), PATIENCE)
    assert administrator.open("/accounts?cursor=nonsense").status == 200


def _listed(browser: Browser) -> set[str]:
    """The accounts on all pages of the list."""
    page = browser.open("/accounts")
    found: set[str] = set()
    while True:
        found |= {str(its["href"]).rpartition("/")[2] for its in page.tree.select("main table a")}
        more = page.tree.select_one("a[rel=next]")
        if more is None:
            return found
        page = browser.open(str(more["href"]))
