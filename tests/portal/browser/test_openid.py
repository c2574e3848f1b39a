"""Signing in and out by the city's OpenID provider, in a real browser at two real servers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from deploy.local import ports
from deploy.local.processes import wait_until
from deploy.local.services import SERVICES, settings_for
from services.portal.pages import OPENID_CALLBACK
from shared.contracts.roles import Role
from shared.service.client import ServiceClient
from tests.portal.browser.moving import field, follow, heading, link, send
from tests.portal.oidc.running import provider_for
from tests.portal.people import CONSOLE, People
from tests.system.bureau import new_id
from tests.system.installation import PATIENCE, Installation

_CLIENT_ID, _SECRET = "jiandu", "a secret of this client"


@dataclass(frozen=True)
class Place:
    """Where the two are: the portal, and the provider that it sends people to."""

    portal: str
    issuer: str


@pytest.fixture(scope="module")
def place(system: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A second web server of the installation's portal, with a provider."""
    port = ports.usable_port(system.place, "portal-web-openid")
    url = f"http://127.0.0.1:{port}"
    client = {
        "client_id": _CLIENT_ID,
        "client_secret": _SECRET,
        "redirect_uris": [url + OPENID_CALLBACK],
        "post_logout_redirect_uris": [f"{url}/"],
    }
    secret = tmp_path_factory.mktemp("openid") / "secret"
    secret.write_text(_SECRET, encoding="utf-8")
    with provider_for(client) as issuer:
        told = {
            "JIANDU_PORTAL_PORT": str(port),
            "JIANDU_PORTAL_URL": url,
            "JIANDU_HEALTH_PORT": "0",
            "JIANDU_OIDC_ISSUER": issuer,
            "JIANDU_OIDC_CLIENT_ID": _CLIENT_ID,
            "JIANDU_OIDC_CLIENT_SECRET_FILE": str(secret),
        }
        environment = settings_for("portal", "web", system.environment, SERVICES)
        with _serving({**os.environ, **environment, **told}, secret.with_name("log")):
            assert wait_until(lambda: _answers(url), PATIENCE), secret.with_name("log").read_text()
            yield Place(url, issuer)


@pytest.fixture
def page(chrome: Browser, place: Place) -> Iterator[Page]:
    context = chrome.new_context(base_url=place.portal, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1_000)
    yield context.new_page()
    context.close()


def test_from_the_desk_to_the_provider_and_back_and_out_at_both(
    page: Page, place: Place, people: People, console: ServiceClient
) -> None:
    subject, account_id = new_id(), people.new(Role.OFFICER).account_id
    bound = {"account_id": account_id, "issuer": place.issuer, "subject": subject}
    console.command(CONSOLE, "portal", "BindIdentity", bound)
    page.goto("/desk")
    assert heading(page) == "登录"
    _at_the_provider(page, place, subject)
    page.wait_for_url(f"{place.portal}/desk")
    assert heading(page) == "待办事项"
    expect(page.get_by_role("banner")).to_contain_text("经办人员")

    send(page, "退出登录")
    assert heading(page) == "已退出本系统"
    follow(page, "退出统一身份认证")
    assert page.url.startswith(place.issuer)
    page.locator('button[name="logout"]').click()
    page.wait_for_url(f"{place.portal}/**")
    expect(page.get_by_role("banner").get_by_role("link", name="登录", exact=True)).to_be_visible()

    page.goto("/desk")
    assert heading(page) == "登录"
    follow(page, "通过统一身份认证登录")
    expect(page.locator('input[name="login"]')).to_be_visible()  # asks who it is again


def test_whom_the_portal_does_not_know_is_told_what_to_do(page: Page, place: Place) -> None:
    page.goto("/sign-in")
    _at_the_provider(page, place, new_id())
    page.wait_for_url(f"{place.portal}{OPENID_CALLBACK}**")
    trouble = page.get_by_role("alert")
    expect(trouble).to_contain_text("该身份尚未关联本系统账号，请联系管理员办理关联。")
    expect(field(page, "登录名")).to_be_visible()


def test_an_address_of_the_way_back_that_nobody_set_out_from_is_refused(page: Page) -> None:
    page.goto(f"{OPENID_CALLBACK}?code=invented&state=invented")
    expect(page.get_by_role("alert")).to_contain_text("统一身份认证未完成或已过期")


def _at_the_provider(page: Page, place: Place, subject: str) -> None:
    """Go there, say who one is, and allow it."""
    link(page, "通过统一身份认证登录").click()
    page.wait_for_url(f"{place.issuer}/**")
    page.locator('input[name="login"]').fill(subject)
    page.locator('input[name="password"]').fill("whatever")
    page.locator('button[type="submit"]').click()
    page.wait_for_url(f"{place.issuer}/**")
    page.locator('form button[type="submit"]').click()


class _serving:  # noqa: N801 - reads as a phrase where it is used
    """The web server as a process, ended at the end."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment, self._log = environment, log

    def __enter__(self) -> None:
        with self._log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.portal", "web"],
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/sign-in", timeout=PATIENCE).ok
    except requests.ConnectionError:
        return False
