"""The peer: kombu's producer on a channel with confirms, which waits a round trip per message."""

from __future__ import annotations

import time
from typing import Any

from kombu import Connection

from benchmarks.relay.wire import rendered


def measure(amqp_url: str, events: int) -> dict[str, Any]:
    """The same messages, rendered before."""
    ready = rendered(events)
    with Connection(amqp_url, transport_options={"confirm_publish": True}) as connection:
        producer = connection.Producer(auto_declare=False)
        begin = time.perf_counter()
        for message in ready:
            producer.publish(
                message.body,
                exchange=message.exchange,
                routing_key=message.routing_key,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=2,
                message_id=message.message_id,
                type=message.type,
                timestamp=message.timestamp,
            )
        seconds = time.perf_counter() - begin
    return {"count": len(ready), "seconds": seconds}
