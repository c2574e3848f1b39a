"""Visitors who sign in by the pages themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page
from tests.portal.people import FIRST, OWN, People
from tests.system.bureau import new_id

PASSPHRASE = "一句只有我才知道的话"

Arrive = Callable[..., Browser]


def sign_in(browser: Browser, login: str, password: str, code: str = "", path: str = "") -> Page:
    """What comes after the sign-in form at `path`."""
    form = browser.open(path or "/sign-in")
    return browser.send(form, login=login, password=password, code=code)


def choose_password(browser: Browser, page: Page) -> Page:
    """The forced change of a first password."""
    return browser.send(page, old_password=FIRST, new_password=OWN, again=OWN)


@pytest.fixture
def arrive(people: People) -> Arrive:
    """`arrive(*roles)`: somebody new with these roles, signed in, the password their own."""

    def newcomer(*roles: Role, **more: str | None) -> Browser:
        _, login = people.account(*roles, **more)
        browser = Browser(people.url)
        page = choose_password(browser, sign_in(browser, login, FIRST))
        assert page.status == 200, page.main
        return browser

    return newcomer


@pytest.fixture
def login() -> str:
    """One that nobody has."""
    return f"new.{new_id()[:8]}"


@pytest.fixture
def applicant(browser: Browser, login: str) -> Browser:
    """Somebody who has just registered."""
    page = register(browser, login)
    assert page.status == 200, page.main
    return browser


def register(browser: Browser, login: str, path: str = "/register", **typed: str) -> Page:
    """What comes after the registration form."""
    given = {
        "display_name": "李四",
        "division": "430211",
        "login": login,
        "password": PASSPHRASE,
        "again": PASSPHRASE,
    }
    return browser.send(browser.open(path), **{**given, **typed})
