"""How many messages wait in our queues, asked of RabbitMQ's management API."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

TIMEOUT_SECONDS = 2.0


class QueuesUnknown(Exception):
    """The management API did not tell; the text holds no password."""


@dataclass(frozen=True)
class Depth:
    """Messages in a queue: ready to be delivered, and delivered but not acknowledged."""

    ready: int
    unacked: int


def depths(management_url: str, amqp_url: str, queues: Iterable[str]) -> dict[str, Depth]:
    """Depths of those of `queues` that exist, in the vhost of `amqp_url`. Raises QueuesUnknown."""
    vhost = quote(unquote(urlsplit(amqp_url).path[1:]) or "/", safe="")
    found = {}
    for queue in queues:
        told = _get(management_url, f"/queues/{vhost}/{quote(queue, safe='')}")
        if told is not None:
            found[queue] = Depth(
                int(told.get("messages_ready", 0)), int(told.get("messages_unacknowledged", 0))
            )
    return found


def _get(url: str, path: str) -> dict[str, int] | None:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "127.0.0.1", parts.port, timeout=TIMEOUT_SECONDS)
        user = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        headers = {"Authorization": "Basic " + base64.b64encode(user.encode()).decode()}
        try:
            connection.request("GET", f"{parts.path.rstrip('/')}/api{path}", headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status == http.HTTPStatus.NOT_FOUND:
            return None
        if answer.status != http.HTTPStatus.OK:
            raise QueuesUnknown(f"the management API answered {answer.status}")
        told: dict[str, int] = json.loads(body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise QueuesUnknown(f"the management API cannot be asked: {type(error).__name__}") from None
    return told
