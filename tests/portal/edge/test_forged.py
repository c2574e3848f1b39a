"""Writes that a browser was tricked into, and the headers that keep pages ours."""

from __future__ import annotations

import pytest
import requests
from bs4 import BeautifulSoup
from flask import Flask

from services.portal.web.edge import Edge
from services.portal.web.security import FORM_FIELD, HEADER
from services.portal.web.visitor import COOKIE
from shared.contracts.roles import Role
from tests.portal.client import problem
from tests.portal.people import FIRST, OWN, People
from tests.system.bureau import Bureau, batch, new_id

_PATHS = ("/", "/notices", "/api/v1/batches", "/api/docs", "/nowhere", "/problems/invalid")


@pytest.mark.parametrize("path", _PATHS)
def test_every_answer_says_what_browsers_may_do_with_it(people: People, path: str) -> None:
    answer = requests.get(people.url + path, timeout=30)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for rule in ("frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'"):
        assert rule in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers  # this one is not https


@pytest.fixture(scope="module")
def signed_in(people: People, app: Flask) -> tuple[requests.Session, str]:
    """A leader's browser with the cookie of a session, and what proves a form of it."""
    edge = app.extensions["jiandu"]
    assert isinstance(edge, Edge)
    account_id, login = people.account(Role.LEADER)
    fresh = people.nobody().sign_in(login, FIRST)
    change = {"old_password": FIRST, "new_password": OWN}
    assert fresh.send(f"/accounts/{account_id}/password/change", change).ok
    signed = edge.sign_in.by_password(login, OWN, None, "127.0.0.1", "browser")
    browser = requests.Session()
    browser.cookies.set(COOKIE, signed.token)
    return browser, signed.session.csrf


def test_a_cookie_reads_the_api_but_writes_nothing_without_proof(
    people: People, signed_in: tuple[requests.Session, str], bureau: Bureau
) -> None:
    browser, csrf = signed_in
    api = f"{people.url}/api/v1/batches"
    assert browser.get(f"{people.url}/api/v1/tasks", timeout=30).status_code == 200
    key = {"Idempotency-Key": new_id()}
    forged = browser.post(api, json=batch(bureau.today), headers=key, timeout=30)
    problem(forged, 403, "forged")
    wrong = browser.post(api, json=batch(bureau.today), headers={**key, HEADER: "x"}, timeout=30)
    problem(wrong, 403, "forged")
    proven = browser.post(api, json=batch(bureau.today), headers={**key, HEADER: csrf}, timeout=30)
    assert proven.status_code == 201, proven.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://[::1"},
        {"Origin": "http://localhost:port"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=["origin", "null", "malformed", "no port", "cross-site", "same-site"],
)
def test_a_write_from_another_site_is_not_taken_even_with_proof(
    people: People, signed_in: tuple[requests.Session, str], bureau: Bureau, headers: dict[str, str]
) -> None:
    browser, csrf = signed_in
    answer = browser.post(
        f"{people.url}/api/v1/batches",
        json=batch(bureau.today),
        headers={"Idempotency-Key": new_id(), HEADER: csrf, **headers},
        timeout=30,
    )
    problem(answer, 403, "forged")


def test_a_token_for_the_api_is_no_cookie_and_a_cookie_no_token(
    people: People, signed_in: tuple[requests.Session, str]
) -> None:
    browser, _ = signed_in
    token = browser.cookies["jiandu_session"]
    told = requests.get(
        f"{people.url}/api/v1/tasks", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    problem(told, 401, "not_signed_in")
    client = people.new(Role.OFFICER)
    cookie = {"jiandu_session": str(client.token)}
    problem(
        requests.get(f"{people.url}/api/v1/tasks", cookies=cookie, timeout=30), 401, "not_signed_in"
    )


def test_a_form_without_the_browsers_own_token_is_not_taken(people: People) -> None:
    answer = requests.post(f"{people.url}/sign-out", data={}, timeout=30, allow_redirects=False)
    assert answer.status_code == 403
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.h1 is not None
    assert page.h1.text == "请求来源无法确认"


def test_a_token_that_we_did_not_make_is_none(people: People) -> None:
    forged = {"jiandu_form": "chosen.0123456789abcdef"}
    answer = requests.post(
        f"{people.url}/sign-out",
        data={FORM_FIELD: "chosen"},
        cookies=forged,
        timeout=30,
        allow_redirects=False,
    )
    assert answer.status_code == 403
