"""One AMQP connection on which nothing waits for ever.

py-amqp's own time-outs do not cover every wait: a heartbeat frame restarts them, `SO_RCVTIMEO`
turns into a busy loop in the middle of a frame, and closing waits for the broker's answer without
any limit. A frozen broker (SIGSTOP, a full disk, a lost route) must cost seconds, not a process.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp
from amqp.exceptions import AMQPError, MessageNacked

TRANSPORT_ERRORS: tuple[type[Exception], ...] = (AMQPError, MessageNacked, OSError)
"""Whatever the broker or the way to it can raise; after any of them the connection is refuse."""

DEFAULT_HEARTBEAT = 10.0
"""Seconds. The broker drops us, and we drop it, after two of them in silence."""

_SHORTEST_WAIT = 0.001
_FRESHNESS_TIMEOUT = 0.5


class BoundedConnection(amqp.Connection):  # type: ignore[misc]
    """py-amqp's connection with one limit on every wait, heartbeats or not.

    `io_timeout` (seconds) bounds each read, each write and each answer waited for; inside
    `bounded_by` the given number of seconds bounds all of them together. Raises TimeoutError.
    """

    # Without "connection.blocked": py-amqp would poll the socket before every publish.
    negotiate_capabilities = {  # noqa: RUF012 - the name and shape are py-amqp's
        "consumer_cancel_notify": True,
        "authentication_failure_close": True,
    }

    def __init__(self, *, io_timeout: float, **options: Any) -> None:
        super().__init__(**options)
        self.io_timeout = io_timeout
        self._until: float | None = None
        self._last_use = time.monotonic()

    def connect(self, callback: Any = None) -> Any:
        with self.bounded_by(self.io_timeout):
            result = super().connect(callback)
        self.transport.sock.settimeout(self.io_timeout)
        return result

    @contextmanager
    def bounded_by(self, seconds: float) -> Iterator[None]:
        """All waits within the block share these seconds."""
        outer, self._until = self._until, time.monotonic() + max(seconds, _SHORTEST_WAIT)
        try:
            yield
        finally:
            self._until = outer

    def drain_events(self, timeout: float | None = None) -> None:
        """Wait for one method of the broker; heartbeats in between win no time."""
        limit = time.monotonic() + (self.io_timeout if timeout is None else timeout)
        if self._until is not None:
            limit = min(limit, self._until)
        while not self.blocking_read(max(limit - time.monotonic(), _SHORTEST_WAIT)):
            if time.monotonic() >= limit:
                raise TimeoutError("the broker does not answer")

    def blocking_read(self, timeout: float | None = None) -> Any:
        frame = super().blocking_read(timeout)
        self._last_use = time.monotonic()
        return frame

    def readable(self, seconds: float = 0.0) -> bool:
        """Whether something of the broker (or its end) is there to be read within `seconds`."""
        ready, _, _ = select.select([self.transport.sock], [], [], seconds)
        return bool(ready)

    def read_what_is_there(self, frame_timeout: float | None = None) -> None:
        """Dispatch every frame that has arrived, without waiting for more.

        A frame that has begun must end within `frame_timeout` (`io_timeout` when not given).
        Raises TRANSPORT_ERRORS.
        """
        while self.readable():
            self.blocking_read(self.io_timeout if frame_timeout is None else frame_timeout)

    def keep_alive(self) -> None:
        """Heartbeats both ways; call at least once a second. Raises TRANSPORT_ERRORS."""
        self.read_what_is_there()
        self.heartbeat_tick()

    @property
    def is_fresh(self) -> bool:
        """Heard of within the heartbeat and not closed by the broker: fit for a next use."""
        heartbeat = self.heartbeat or self.io_timeout
        if not self.connected or time.monotonic() - self._last_use > heartbeat:
            return False
        try:
            self.read_what_is_there(_FRESHNESS_TIMEOUT)
        except TRANSPORT_ERRORS:
            return False
        return bool(self.connected)


def open_connection(
    amqp_url: str,
    *,
    io_timeout: float,
    heartbeat: float = DEFAULT_HEARTBEAT,
    name: str,
) -> BoundedConnection:
    """Connect within `io_timeout` seconds; `name` is what the broker's operator sees.

    Raises TRANSPORT_ERRORS; ValueError when the URL is no amqp URL.
    """
    parts = urlsplit(amqp_url)
    if parts.scheme not in {"amqp", "amqps", "pyamqp"}:
        raise ValueError(f"not an amqp URL: scheme {parts.scheme!r}")
    port = parts.port or (5671 if parts.scheme == "amqps" else 5672)
    connection = BoundedConnection(
        host=f"{parts.hostname or 'localhost'}:{port}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        ssl=parts.scheme == "amqps",
        connect_timeout=io_timeout,
        io_timeout=io_timeout,
        heartbeat=heartbeat,
        client_properties={"connection_name": name},
        # py-amqp's default of one second cuts off a broker that merely pushes back.
        socket_settings=_socket_settings(io_timeout),
    )
    try:
        connection.connect()
    except BaseException:
        discard(connection)
        raise
    return connection


def discard(connection: BoundedConnection | None) -> None:
    """Drop the connection without a word to the broker, which may be frozen."""
    if connection is not None:
        with suppress(*TRANSPORT_ERRORS, AttributeError):
            connection.collect()


def close_politely(connection: BoundedConnection | None, seconds: float = 1.0) -> None:
    """Say goodbye to the broker, but wait no longer than `seconds` for its answer."""
    if connection is None:
        return
    with suppress(*TRANSPORT_ERRORS), connection.bounded_by(seconds):
        connection.close()
    discard(connection)


def _socket_settings(io_timeout: float) -> dict[int, int]:
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    return {} if option is None else {option: int(io_timeout * 1000)}
