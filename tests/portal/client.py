"""Speaking to the portal's API as one person does, over HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

API = "/api/v1"
_SECONDS = 30.0
"""How long an answer may take on a busy machine before a test gives up."""


@dataclass
class Client:
    """One person's way to the portal at `url`; without a token nobody's."""

    url: str
    token: str | None = None
    account_id: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> requests.Response:
        """One request; `path` below the API unless it begins with a scheme."""
        given = {**self.headers, **(headers or {})}
        if self.token is not None:
            given.setdefault("Authorization", f"Bearer {self.token}")
        return requests.request(
            method,
            self.url + API + path,
            json=json,
            data=data,
            headers=given,
            params=params,
            timeout=_SECONDS,
            allow_redirects=False,
        )

    def get(self, path: str, /, **params: Any) -> requests.Response:
        return self.ask("GET", path, params=params)

    def send(
        self,
        path: str,
        payload: Any = None,
        *,
        key: str | None = None,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """A command, with a command id of its own unless one is given."""
        identifier = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.ask(method, path, json=payload, headers={**identifier, **(headers or {})})

    def sign_in(self, login: str, password: str) -> Client:
        """Whoever that is, signed in."""
        answer = self.ask("POST", "/sessions", json={"login": login, "password": password})
        assert answer.status_code == 201, answer.text
        told = answer.json()
        return Client(self.url, told["token"], told["account_id"])


def problem(answer: requests.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer, which must be of this status and kind."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["type"] == f"/problems/{code}", told
    assert told["status"] == status
    assert told["title"]
    assert told["detail"].endswith(("。", "！"))
    assert told["instance"] == f"urn:uuid:{answer.headers['X-Request-Id']}"
    return told
