"""Calling any route as anybody: sessions straight from the table, addresses from the rules."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from services.portal.api import TABLES
from services.portal.api.binding import PREFIX, Bound, Query
from services.portal.api.examples import example_of
from services.portal.web.edge import edge
from services.portal.web.reporting import AREA
from services.portal.web.reporting import COOKIE as RECEIPT_COOKIE
from services.portal.web.visitor import COOKIE
from shared.contracts.roles import EVERYBODY, Role
from tests.portal.matrix.table import EVERYONE, WRITTEN
from tests.portal.routes import CONVERTER, plain

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_VALUES = {"division": "430202", "year": "2025", "code": "invalid", "name": "nothing.css"}
_VALUES["report_id"] = f"2020q4-{uuid.uuid4()}"
_VALUES["funding_id"] = f"2020-{uuid.uuid4()}"
_VALUES["stream"] = f"application-{uuid.uuid4()}"


BOUND: Mapping[str, Bound] = {
    f"{bound.method} {PREFIX}{plain(bound.path)}": bound
    for _, _, table in TABLES
    for bound in table
}
"""Every line of the API's tables by the name of its route."""


@dataclass(frozen=True)
class Route:
    """One method of one rule; `name` is how the written table calls it."""

    method: str
    rule: Rule

    @property
    def name(self) -> str:
        return f"{self.method} {plain(self.rule.rule)}"

    @property
    def is_reporters(self) -> bool:
        return self.rule.rule == AREA or self.rule.rule.startswith(AREA + "/")

    @property
    def is_api(self) -> bool:
        return self.rule.rule.startswith("/api/")

    def path(self, **known: str) -> str:
        """An address of the route; ids that are not `known` name nothing."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            choices = re.search(r"any\(([^)]*)\)", match[0])
            if choices:
                return choices[1].split(",")[0].strip().strip("\"'")
            return known.get(name) or _VALUES.get(name) or str(uuid.uuid4())

        return CONVERTER.sub(value, self.rule.rule)


def routes(app: Flask) -> Iterator[Route]:
    """Every route of the application."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda its: its.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(method, rule)


class Somebody:
    """One account, or nobody, at any route; every call in a session of its own."""

    shown = "/register"
    """The page that nobody takes a form's token from."""

    def __init__(self, app: Flask, account_id: str | None) -> None:
        self._app, self._account_id = app, account_id

    def call(
        self, route: Route, body: Mapping[str, Any] | bytes | None = None, **known: str
    ) -> TestResponse:
        """The answer; a write carries what a form or client of ours would, and `body` to the API.

        A read of the API has the query values that it must have.
        """
        client = self._app.test_client()
        headers, form = self._prove(client, route)
        sent: dict[str, Any] = {"headers": headers}
        if route.method == "GET":
            sent["query_string"] = _needed(route)
        elif isinstance(body, bytes):
            sent |= {"data": body, "content_type": "application/pdf"}
        else:
            sent |= {"json": dict(body or {})} if route.is_api else {"data": form}
        return client.open(route.path(**known), method=route.method, **sent)

    def _prove(self, client: FlaskClient, route: Route) -> tuple[dict[str, str], dict[str, str]]:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        if self._account_id is None:
            return headers, {"csrf_token": nobodys_token(client, self.shown)}
        token, csrf, grant = self.session("api" if route.is_api else "browser")
        if route.is_api:
            return {**headers, "Authorization": f"Bearer {token}"}, {}
        client.set_cookie(COOKIE, token)
        if route.is_reporters:  # where nobody is signed in
            csrf = nobodys_token(client, AREA)
        return headers, {"csrf_token": csrf, "grant_id": grant}

    def session(self, kind: str) -> tuple[str, str, str]:
        """Token, form token and role of a new session, `api` or `browser`."""
        with self._app.app_context():
            its = edge()
            account = its.directory.account(self._account_id or "")
            grant = next(iter(account.grants), None)
            token, session = its.sessions.begin(account, grant, kind)
        return token, session.csrf, grant or ""


class Reporter(Somebody):
    """Whoever has entered the code of this receipt, and has no account."""

    shown = "/sign-in"

    def __init__(self, app: Flask, receipt: str) -> None:
        super().__init__(app, None)
        self._receipt = receipt

    def _prove(self, client: FlaskClient, route: Route) -> tuple[dict[str, str], dict[str, str]]:
        with self._app.app_context():
            receipts = edge().receipts
            kept = receipts.into_cookie(receipts.entered(self._receipt))
            client.set_cookie(RECEIPT_COOKIE, kept, path=AREA)
        return super()._prove(client, route)


def nobodys_token(client: FlaskClient, shown: str) -> str:
    """The token of a form on a page that is shown to nobody in particular."""
    found = _TOKEN.search(client.get(shown).get_data(as_text=True))
    assert found is not None
    return found[1]


def _needed(route: Route) -> dict[str, Any]:
    bound = BOUND.get(route.name)
    if _answers_a_file(route) and WRITTEN[route.name] != EVERYONE:
        return {"purpose": "打印存档"}
    if not isinstance(bound, Query):
        return {}
    return {name: example_of(name, its) for name, its in bound.in_query.items() if its.required}


def _answers_a_file(route: Route) -> bool:
    return route.is_api and ("/papers/" in route.name or route.name.endswith("/content"))


PEOPLE_ROLES = [role for role in Role if role in EVERYBODY]
"""Roles of people with and without an account; a reporter has a receipt instead."""
