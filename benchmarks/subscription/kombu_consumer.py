"""The limit: kombu's consumer with a prefetch as large as ours, each message acknowledged."""

from __future__ import annotations

import time
from typing import Any

from kombu import Connection, Consumer, Queue

from shared.eventlog.collecting import collect_seldom

_PREFETCH = 1_000
_PATIENCE_SECONDS = 60


def measure(amqp_url: str, queue: str, events: int) -> dict[str, Any]:
    """Messages consumed, and the seconds from connecting to the last acknowledgement."""
    taken = 0

    def on_message(message: Any) -> None:
        nonlocal taken
        taken += 1
        message.ack()

    collect_seldom()
    begin = time.perf_counter()
    with Connection(amqp_url) as connection:
        channel = connection.channel()
        consumer = Consumer(
            channel,
            [Queue(queue, no_declare=True)],
            on_message=on_message,
            prefetch_count=_PREFETCH,
            auto_declare=False,
        )
        with consumer:
            while taken < events:
                connection.drain_events(timeout=_PATIENCE_SECONDS)
            seconds = time.perf_counter() - begin
    return {"count": events, "seconds": seconds}
