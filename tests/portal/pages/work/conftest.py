"""People of the bureau at their browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from services.portal.web.edge import edge
from services.portal.web.visitor import COOKIE
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.client import Client
from tests.portal.pages.browsing import Browser, Page
from tests.portal.people import People
from tests.system.bureau import CITY, Bureau

Staff = Callable[..., Browser]

HEARD_AT = {"phone": "0731-28680000", "address": "天元区测试路1号"}
"""Where objections are taken, as the form asks for it."""


class SignedIn(Browser):
    """A browser that brings along the cookie of a session."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url)
        self._session.cookies.set(COOKIE, token)


def signed_in(app: Flask, people: People, who: Client) -> Browser:
    """A browser of theirs, in the only role they have."""
    with app.app_context():
        account = edge().directory.account(who.account_id)
        (grant_id,) = account.grants
        token, _ = edge().sessions.begin(account, grant_id, "browser")
    return SignedIn(people.url, token)


@pytest.fixture(scope="session")
def staff(app: Flask, people: People) -> Staff:
    """`staff(role, division)`: whoever holds the role there, signed in once for all tests."""
    known: dict[tuple[Role, str | None], Browser] = {}

    def browser(role: Role, division: str | None = CITY) -> Browser:
        if (role, division) not in known:
            known[role, division] = signed_in(app, people, people.known(role, division))
        return known[role, division]

    return browser


@pytest.fixture
def officer(staff: Staff) -> Browser:
    return staff(Role.OFFICER)


@pytest.fixture
def reviewer(staff: Staff) -> Browser:
    return staff(Role.REVIEWER)


@pytest.fixture
def leader(staff: Staff) -> Browser:
    return staff(Role.LEADER)


@pytest.fixture(scope="module")
def batch_id(bureau: Bureau) -> str:
    """A batch with many places, open today: rooms before have moved the clock by months."""
    return bureau.open_batch(places=200)


def after(bureau: Bureau) -> str:
    """The end of an address whose page shows what the bureau did last."""
    return f"after={bureau.last['stream']}:{bureau.last['version']}"


def form_fields(page: Page) -> set[str]:
    """Names of the fields of the page's form, none when it has no form."""
    return {str(each["name"]) for each in page.tree.select("main form [name]")}


def opened(browser: Browser, bureau: Bureau, path: str) -> Page:
    """A page that shows what the bureau did last."""
    page = browser.open(f"{path}?{after(bureau)}")
    assert page.status == 200
    return page


def qualified(bureau: Bureau, number: int, places: int = 50) -> tuple[str, list[str]]:
    """A batch, and units of it that wait for the deliberation."""
    batch_id = bureau.open_batch(places)
    applications = [bureau.apply(batch_id, UnitKind.CHAMBER) for _ in range(number)]
    for application_id in applications:
        bureau.qualify(application_id, UnitKind.CHAMBER)
    return batch_id, applications
