"""Another party's consumer: plain pika, a queue of its own on the registry's public events."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection
from types import TracebackType
from typing import Any

import pika

_EXCHANGE = "registry.public.events"
_LOOK_SECONDS = 0.2
_PATIENCE_SECONDS = 60.0


class Subscriber:
    """Listens in a thread from `with` on, and notes when each command's event arrived."""

    def __init__(self, amqp_url: str) -> None:
        self._connection = pika.BlockingConnection(pika.URLParameters(amqp_url))
        self._channel = self._connection.channel()
        # As a stock consumer would: whoever comes first makes it.
        self._channel.exchange_declare(_EXCHANGE, "topic", durable=True)
        queue = self._channel.queue_declare("", exclusive=True).method.queue
        self._channel.queue_bind(queue, _EXCHANGE, routing_key="#")
        self._channel.basic_consume(queue, self._on_message, auto_ack=True)
        self._arrived: dict[str, float] = {}
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen)

    def __enter__(self) -> Subscriber:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._connection.close()

    def wait_for(self, commands: Collection[str]) -> dict[str, float]:
        """When the event of each command arrived (monotonic seconds). Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(
                lambda: all(command in self._arrived for command in commands), _PATIENCE_SECONDS
            ):
                raise TimeoutError("not every event came to the subscriber")
            return dict(self._arrived)

    def _listen(self) -> None:
        while not self._stop.is_set():
            self._connection.process_data_events(time_limit=_LOOK_SECONDS)

    def _on_message(self, _channel: Any, _method: Any, _properties: Any, body: bytes) -> None:
        now = time.monotonic()
        command = json.loads(body)["data"]["command_id"]
        with self._changed:
            self._arrived.setdefault(command, now)
            self._changed.notify_all()
