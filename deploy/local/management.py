"""RabbitMQ's management API, as far as set-up needs it."""

from __future__ import annotations

import base64
import http.client
import json
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from deploy.local.urls import user_of


class ManagementError(Exception):
    """The management API did not do it: unreachable, or it answered with an error."""


def call(url: str, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
    """Send one request to `path` (below `/api`, percent-encoded); returns the answer's body.

    `url` carries user and password. http.client, because it asks no proxy on the way to loopback.
    Raises ManagementError.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname or "127.0.0.1", parts.port, timeout=10)
    user = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    headers = {
        "Authorization": "Basic " + base64.b64encode(user.encode()).decode(),
        "Content-Type": "application/json",
    }
    content = None if body is None else json.dumps(body)
    try:
        connection.request(method, f"{parts.path.rstrip('/')}/api{path}", content, headers)
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise ManagementError(str(error)) from error
    finally:
        connection.close()
    if answer.status >= 400:
        raise ManagementError(f"{answer.status} {answer.reason}")
    return text


def answers(url: str) -> bool:
    """Whether the API knows the user in `url`."""
    try:
        call(url, "GET", "/whoami")
    except ManagementError:
        return False
    return True


def make_vhost(url: str, name: str, amqp_url: str) -> None:
    """An empty vhost in which the user of `amqp_url` may do everything. Raises ManagementError."""
    vhost, user = quote(name, safe=""), quote(user_of(amqp_url) or "guest", safe="")
    call(url, "PUT", f"/vhosts/{vhost}", {})
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    call(url, "PUT", f"/permissions/{vhost}/{user}", everything)
