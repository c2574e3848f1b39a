"""What a code costs that is tried: the same for a wrong one as for one that nobody was given."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.portal.receipts import receipts as module
from services.portal.receipts.codes import bare, new_code
from services.portal.web.edge import edge
from services.portal.web.limits import TooMany, count_receipt_code
from services.portal.web.reporting import AREA, COOKIE
from services.portal.web.settings import LIMITS
from shared.messaging.rpc_client import RpcClient
from tests.portal.matrix.knocking import nobodys_token
from tests.portal.reporting import reported
from tests.system.bureau import Bureau
from tests.system.installation import Installation


class Steps(Counter[str]):
    """How often the web server hashed, asked its databases, and asked a service."""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    counted = Steps()

    def watch(owner: Any, name: str, word: str) -> None:
        real = getattr(owner, name)

        def counting(*args: Any, **kwargs: Any) -> Any:
            counted[word] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, counting)

    watch(module.hashlib, "scrypt", "hashes")
    watch(psycopg.Cursor, "execute", "queries")
    watch(psycopg.Connection, "execute", "queries")
    watch(RpcClient, "call", "calls")
    return counted


def enter(client: FlaskClient, code: str, address: str = "127.0.0.1") -> TestResponse:
    form = {"csrf_token": nobodys_token(client, "/report/opinion"), "receipt_code": code}
    return client.post(AREA, data=form, environ_base={"REMOTE_ADDR": address})


def test_a_wrong_code_takes_the_same_steps_and_gets_the_same_answer_as_an_unknown_one(
    app: Flask, bureau: Bureau, steps: Steps
) -> None:
    code = reported(app, bureau).code
    client, found = app.test_client(), []
    assert enter(app.test_client(), new_code()).status_code == 422  # warms what is kept
    wrong = [
        code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :] for place in (0, 12, 28)
    ]
    for typed in (*wrong, new_code(), "0" * 25, "1" * 26, "查询码"):
        form = {"csrf_token": nobodys_token(client, "/report/opinion"), "receipt_code": typed}
        steps.clear()
        answer = client.post(AREA, data=form)
        found.append((answer.status_code, answer.data, dict(steps)))
        assert COOKIE not in answer.headers.get("Set-Cookie", "")
    assert found == [found[0]] * len(found)
    assert found[0][0] == 422
    assert found[0][2] == {"hashes": 1, "calls": 1}
    assert enter(client, code).status_code == 303


@contextmanager
def limited(app: Flask, **limits: str) -> Iterator[Flask]:
    """The application with these limits."""
    with app.app_context():
        its = edge()
    settings = dataclasses.replace(its.settings, limits={**its.settings.limits, **limits})
    dataclasses.replace(its, settings=settings).install(app.extensions)
    yield app
    its.install(app.extensions)


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    """The application with limits as small as a test can wait for."""
    with limited(app, receipt="3 per minute", receipts_in_all="10 per minute"):
        yield app


def test_however_many_codes_come_few_are_hashed(strict: Flask, steps: Steps) -> None:
    """One address may try three; all of them together ten."""
    client = strict.test_client()
    told = [enter(client, new_code(), "10.9.8.7").status_code for _ in range(8)]
    assert told == [422] * 3 + [429] * 5
    for number in range(60):
        answer = enter(client, new_code(), f"10.9.7.{number}")
        assert answer.status_code in (422, 429)
    assert steps["hashes"] == 10


def test_of_ten_thousand_codes_in_a_minute_as_many_are_hashed_as_an_installation_allows(
    app: Flask,
) -> None:
    """With the limits that nobody has set otherwise; what comes from many addresses counts once."""
    hashed = 0
    with limited(app, **LIMITS), app.test_request_context(AREA, method="POST"):
        for _ in range(10_000):
            with suppress(TooMany):
                count_receipt_code()
                hashed += 1
    assert hashed == int(LIMITS["receipts_in_all"].partition(" ")[0]) == 120


def test_no_code_and_no_receipt_stands_in_a_log_of_the_portal_or_the_services(
    system: Installation, bureau: Bureau, app: Flask
) -> None:
    its = reported(app, bureau)
    client = app.test_client()
    assert enter(client, its.code).status_code == 303
    assert client.get(AREA).status_code == 200
    written = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in Path(system.place.logs).glob("*.log")
    )
    for secret in (its.code, bare(its.code), its.receipt):
        assert secret not in written


def test_the_salt_is_the_portals_own(app: Flask) -> None:
    code = new_code()
    with app.app_context():
        kept = edge().receipts.receipt_of(code)
    plain = hashlib.scrypt(bare(code).encode(), salt=b"", n=2**15, r=8, p=1, maxmem=2**26, dklen=32)
    assert kept != plain.hex()
