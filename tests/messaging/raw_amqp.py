"""Sending what no well-behaved client sends, and looking into queues, with plain pika."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pika
from pika.adapters.blocking_connection import BlockingChannel

from tests.messaging.waiting import wait_until


@contextmanager
def pika_channel(amqp_url: str) -> Iterator[BlockingChannel]:
    """A channel of another AMQP library, so that a test does not trust ours."""
    connection = pika.BlockingConnection(pika.URLParameters(amqp_url))
    try:
        yield connection.channel()
    finally:
        if connection.is_open:
            connection.close()


def queue_length(amqp_url: str, queue: str) -> int:
    """Messages ready for delivery, by a passive declaration."""
    with pika_channel(amqp_url) as channel:
        return int(channel.queue_declare(queue, passive=True).method.message_count)


def wait_length(amqp_url: str, queue: str, count: int) -> None:
    """Wait until the queue has so many messages ready."""
    wait_until(lambda: queue_length(amqp_url, queue) == count, what=f"{count} in {queue}")


class RawCaller:
    """Publishes requests byte by byte as told, and waits for the answer to each."""

    def __init__(self, channel: BlockingChannel) -> None:
        self._channel = channel
        self._queue = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(self._queue, "nameko-rpc", self._queue)

    def send(self, routing_key: str, body: bytes, *, reply: bool = True, **properties: Any) -> str:
        """Publish; return the correlation id."""
        correlation_id = str(uuid.uuid4())
        options: dict[str, Any] = {"content_type": "application/json"} | properties
        if reply:
            options |= {"reply_to": self._queue, "correlation_id": correlation_id}
        self._channel.basic_publish(
            "nameko-rpc", routing_key, body, pika.BasicProperties(**options)
        )
        return correlation_id

    def answer(self, seconds: float = 10.0) -> tuple[pika.BasicProperties, dict[str, Any]] | None:
        """The next answer's properties and decoded body; None when none comes in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            method, properties, body = self._channel.basic_get(self._queue, auto_ack=True)
            if method is not None:
                return properties, json.loads(body)
            self._channel.connection.process_data_events(time_limit=0.02)
        return None

    def ask(self, routing_key: str, body: bytes, **properties: Any) -> dict[str, Any]:
        """Publish and return the decoded answer."""
        self.send(routing_key, body, **properties)
        answered = self.answer()
        assert answered is not None, "no answer"
        return answered[1]
