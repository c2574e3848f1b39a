"""What is told is counted by account, and by address for whoever has none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.portal.web.settings import LIMITS
from shared.contracts.roles import Role
from tests.portal.people import People

AT = {"REMOTE_ADDR": "192.0.2.40"}


def told(client: FlaskClient, token: str | None = None) -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post("/api/v1/clues", headers=headers, environ_base=AT).status_code


def test_an_office_behind_one_address_does_not_use_up_each_others(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = app.extensions["jiandu"]
    strict = replace(edge, settings=replace(edge.settings, limits={**LIMITS, "filing": "2/day"}))
    monkeypatch.setitem(app.extensions, "jiandu", strict)
    client = app.test_client()
    for token in (people.new(Role.OFFICER).token, people.new(Role.OFFICER).token, None):
        assert [told(client, token) == 429 for _ in range(3)] == [False, False, True]
