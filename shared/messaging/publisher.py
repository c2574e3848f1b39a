"""Publishing at least once with many confirms under way at a time.

kombu waits a round trip for the confirm of each message; here a window of them is outstanding.
Plain blocking, without eventlet: it belongs to the relay in the log role.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from shared.messaging.confirms import ConfirmWindow
from shared.messaging.connection import (
    DEFAULT_HEARTBEAT,
    TRANSPORT_ERRORS,
    BoundedConnection,
    close_politely,
    discard,
    open_connection,
)
from shared.messaging.frames import publish_frames
from shared.messaging.topology import declare_exchanges

_TOGETHER = 32
"""Publishes sent by one system call, with one look at the socket after it: enough to cost little,
few enough that the broker's answers never fill the receive buffer."""


class PublishFailed(Exception):
    """Not everything of the call is known to be with the broker; all of it may be.

    The caller publishes again from its own checkpoint: at least once.
    """


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message for an exchange. `body` is JSON in UTF-8; `timestamp` is in seconds (Unix)."""

    exchange: str
    routing_key: str
    body: bytes
    message_id: str
    type: str
    timestamp: int
    headers: Mapping[str, Any] = field(default_factory=dict)


class PipelinedPublisher:
    """Publishes persistent JSON messages with up to `window` unconfirmed ones under way.

    `confirm_timeout` (seconds) is the longest silence of the broker while it owes a confirm.
    `exchanges` are declared (durable, topic) on every new connection, so that a broker that lost
    its definitions gets them back. Not thread-safe. While idle, call `keep_alive` every second.
    """

    def __init__(
        self,
        amqp_url: str,
        window: int = 200,
        confirm_timeout: float = 5.0,
        heartbeat: float = DEFAULT_HEARTBEAT,
        exchanges: Iterable[str] = (),
        name: str = "jiandu publisher",
    ) -> None:
        if window < 1:
            raise ValueError("a window has room for one message at least")
        self._amqp_url, self._name = amqp_url, name
        self._window, self._confirm_timeout = window, confirm_timeout
        self._heartbeat = heartbeat
        self._exchanges = tuple(exchanges)
        self._connection: BoundedConnection | None = None
        self._channel: Any = None
        self._confirms = ConfirmWindow()

    def publish(self, messages: Iterable[Outgoing]) -> int:
        """Return the number of messages once the broker has confirmed each of them.

        Raises PublishFailed on a nack, silence, a closed connection, a missing exchange; the
        connection is thrown away then and the next call makes a new one. Raises TopologyMismatch
        when one of our exchanges exists with other arguments.
        """
        try:
            connection = self._ready_connection()
            count, unsent = 0, bytearray()
            for message in messages:
                if len(self._confirms) >= self._window:
                    _send(connection, unsent)
                    self._await_confirms(connection, leaving=self._window // 2)
                unsent += self._frames(connection, message)
                self._confirms.sent()
                count += 1
                if count % _TOGETHER == 0:
                    _send(connection, unsent)
                    connection.read_what_is_there()
                    self._check_refusals()
            _send(connection, unsent)
            self._await_confirms(connection, leaving=0)
            return count
        except TRANSPORT_ERRORS as error:
            self._throw_away()
            raise PublishFailed(f"the broker did not confirm: {error!r}") from error
        except BaseException:
            # Whatever it was (the caller's iterator, Ctrl-C), confirms may be outstanding.
            self._throw_away()
            raise

    def keep_alive(self) -> None:
        """Exchange heartbeats while there is nothing to publish; a lost connection is dropped."""
        if self._connection is None:
            return
        try:
            self._connection.keep_alive()
        except TRANSPORT_ERRORS:
            self._throw_away()

    def close(self) -> None:
        """Close the connection; the next publish would make a new one."""
        connection, self._connection, self._channel = self._connection, None, None
        close_politely(connection)

    def __enter__(self) -> PipelinedPublisher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ready_connection(self) -> BoundedConnection:
        if self._connection is not None and not self._connection.is_fresh:
            # Nothing is outstanding between two calls, so this loses nothing.
            self._throw_away()
        if self._connection is None:
            self._connect()
        assert self._connection is not None
        return self._connection

    def _connect(self) -> None:
        self._connection = open_connection(
            self._amqp_url,
            io_timeout=self._confirm_timeout,
            heartbeat=self._heartbeat,
            name=self._name,
        )
        channel = self._connection.channel()
        declare_exchanges(channel, self._exchanges)
        self._confirms = ConfirmWindow()
        channel.events["basic_ack"].add(self._confirms.acked)
        channel.events["basic_nack"].add(self._confirms.nacked)
        channel.confirm_select()
        self._channel = channel

    def _frames(self, connection: BoundedConnection, message: Outgoing) -> bytes:
        return publish_frames(
            self._channel.channel_id,
            connection.frame_max,
            exchange=message.exchange,
            routing_key=message.routing_key,
            body=message.body,
            message_id=message.message_id,
            type=message.type,
            timestamp=message.timestamp,
            headers=message.headers,
        )

    def _await_confirms(self, connection: BoundedConnection, leaving: int) -> None:
        """Read until at most `leaving` confirms are owed; each must come within the time-out."""
        until = time.monotonic() + self._confirm_timeout
        owed = len(self._confirms)
        while owed > leaving:
            # Heartbeats prove that the broker lives, not that it confirms: they win no time.
            remaining = until - time.monotonic()
            if remaining <= 0:
                raise PublishFailed(f"{owed} confirms outstanding after {self._confirm_timeout} s")
            connection.blocking_read(remaining)
            self._check_refusals()
            if len(self._confirms) < owed:
                owed = len(self._confirms)
                until = time.monotonic() + self._confirm_timeout

    def _check_refusals(self) -> None:
        if self._confirms.refused:
            raise PublishFailed(f"the broker refused {len(self._confirms.refused)} message(s)")

    def _throw_away(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        discard(connection)


def _send(connection: BoundedConnection, unsent: bytearray) -> None:
    """Send what has been gathered, and begin anew."""
    if unsent:
        connection.transport.write(bytes(unsent))
        unsent.clear()
