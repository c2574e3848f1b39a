"""The limit: py-amqp alone, a window of confirms under way, messages rendered before."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp

from benchmarks.relay.wire import rendered
from shared.eventlog.collecting import collect_seldom
from shared.messaging.confirms import ConfirmWindow

_WINDOW = 200


def measure(amqp_url: str, events: int) -> dict[str, Any]:
    """Messages confirmed, and the seconds to the last confirm."""
    ready = rendered(events)
    parts = urlsplit(amqp_url)
    connection = amqp.Connection(
        host=f"{parts.hostname}:{parts.port}",
        userid=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        virtual_host=unquote(parts.path[1:]),
    )
    connection.connect()
    channel = connection.channel()
    window = ConfirmWindow()
    channel.events["basic_ack"].add(window.acked)
    channel.confirm_select()
    collect_seldom()
    begin = time.perf_counter()
    for message in ready:
        channel.basic_publish(
            amqp.Message(
                message.body,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=2,
                message_id=message.message_id,
                type=message.type,
                timestamp=message.timestamp,
            ),
            exchange=message.exchange,
            routing_key=message.routing_key,
        )
        window.sent()
        while len(window) >= _WINDOW:
            connection.drain_events()
    while window:
        connection.drain_events()
    seconds = time.perf_counter() - begin
    connection.close()
    return {"count": len(ready), "seconds": seconds}
