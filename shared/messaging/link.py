"""The broker's side of a log subscription: one connection, one channel, one consumed queue."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from shared.messaging.connection import (
    BoundedConnection,
    close_politely,
    discard,
    open_connection,
)
from shared.messaging.topology import declare_subscription

_LINGER = 0.003
"""Seconds to wait for one more message once there is one: collects a batch, costs no latency."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as it came: the channel's delivery tag and the undecoded body."""

    tag: int
    body: bytes


class SubscriptionLink:
    """Consumes the subscription's queue; every method raises connection.TRANSPORT_ERRORS.

    After such an error the link is done with: `discard` it and open another one.
    """

    def __init__(self, connection: BoundedConnection, queue: str, channel: Any) -> None:
        self._connection, self._channel = connection, channel
        self._arrived: deque[Delivery] = deque()
        channel.basic_consume(queue, callback=self._on_message)

    @classmethod
    def open(
        cls,
        amqp_url: str,
        consumer: str,
        source: str,
        prefetch: int,
        io_timeout: float,
        heartbeat: float,
    ) -> SubscriptionLink:
        """Connect, declare the queue and consume it. Raises TopologyMismatch as well."""
        connection = open_connection(
            amqp_url,
            io_timeout=io_timeout,
            heartbeat=heartbeat,
            name=f"jiandu {consumer} follows {source}",
        )
        try:
            channel = connection.channel()
            # A body in broken UTF-8 is ours to judge, not the library's to guess at.
            channel.auto_decode = False
            queue = declare_subscription(channel, consumer, source)
            channel.basic_qos(0, prefetch, False)
            return cls(connection, queue, channel)
        except BaseException:
            discard(connection)
            raise

    def receive(self, seconds: float, limit: int) -> list[Delivery]:
        """Wait up to `seconds` for a message, then collect what follows at once, up to `limit`."""
        wait = seconds
        while len(self._arrived) < limit and self._connection.readable(wait):
            self._connection.blocking_read()
            wait = _LINGER if self._arrived else seconds
        self._connection.heartbeat_tick()
        return [self._arrived.popleft() for _ in range(min(limit, len(self._arrived)))]

    def ack_up_to(self, tag: int) -> None:
        """Acknowledge this delivery and every open one before it."""
        self._channel.basic_ack(tag, multiple=True)

    def ack(self, tag: int) -> None:
        """Acknowledge this delivery."""
        self._channel.basic_ack(tag)

    def dead_letter(self, tag: int) -> None:
        """Send this delivery to the dead letters of the subscription."""
        self._channel.basic_reject(tag, requeue=False)

    def close(self) -> None:
        """Close in order, within a second; open deliveries go back to the queue."""
        close_politely(self._connection)

    def discard(self) -> None:
        """Drop the connection without waiting for the broker."""
        discard(self._connection)

    def _on_message(self, message: Any) -> None:
        body = message.body
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)
        self._arrived.append(Delivery(message.delivery_info["delivery_tag"], raw))
