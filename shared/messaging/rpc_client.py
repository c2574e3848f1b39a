"""Calling a service from plain blocking code: command line, log role, portal threads.

nameko's own proxies wait for ever inside a service, hang when threads share one, and write every
request to the broker's disk. Here each call ends at its deadline, whatever the broker does.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Mapping
from types import TracebackType
from typing import Any, NoReturn

import amqp
import orjson
from amqp.exceptions import NotFound

from shared.messaging.connection import (
    DEFAULT_HEARTBEAT,
    TRANSPORT_ERRORS,
    BoundedConnection,
    close_politely,
    discard,
    open_connection,
)
from shared.messaging.rpc_wire import (
    CONTENT_ENCODING,
    CONTENT_TYPE,
    DEADLINE_HEADER,
    TRANSIENT,
)
from shared.messaging.topology import RPC_EXCHANGE, declare_exchanges


class RpcError(Exception):
    """Base of what a call can end with beside its result."""


class RpcTimeout(RpcError):
    """The outcome is not known: no answer by the deadline, or the connection went after sending.

    The work may be done, under way or lost. Ask again with the same command id.
    """


class ServiceUnavailable(RpcError):
    """The request reached nobody: no such service, or no broker. Nothing was done."""


class RemoteError(RpcError):
    """The service answered with an error.

    `exc_type` is its class name over there; `data` the wire form of one of our own errors
    (`shared.contracts.errors.from_wire` reads it), else empty.
    """

    def __init__(self, exc_type: str, message: str, data: Mapping[str, Any]) -> None:
        super().__init__(f"{exc_type}: {message}")
        self.exc_type, self.message, self.data = exc_type, message, dict(data)


class RpcClient:
    """One caller with one connection and one reply queue, made at the first call.

    Not thread-safe, by design: it belongs to the thread that calls first, and a call from another
    raises RuntimeError. `default_deadline` is in seconds.
    """

    def __init__(
        self,
        amqp_url: str,
        default_deadline: float = 5.0,
        heartbeat: float = DEFAULT_HEARTBEAT,
        name: str = "jiandu rpc client",
    ) -> None:
        self._amqp_url, self._default_deadline = amqp_url, default_deadline
        self._heartbeat, self._name = heartbeat, name
        self._owner: int | None = None
        self._connection: BoundedConnection | None = None
        self._channel: Any = None
        self._reply_to = ""
        self._awaited = ""
        self._reply: bytes | str | None = None
        self._returned = False

    def call(
        self,
        service: str,
        method: str,
        /,
        *args: Any,
        deadline: float | None = None,
        **kwargs: Any,
    ) -> Any:
        """Call `service.method(*args, **kwargs)` and return its result.

        `deadline` is in seconds from now, over all: connecting, sending, working, replying.
        Arguments must be JSON. Raises RpcTimeout, ServiceUnavailable, RemoteError; TypeError for
        arguments that are not JSON; RuntimeError from a second thread.
        """
        self._refuse_other_threads()
        seconds = self._default_deadline if deadline is None else deadline
        if seconds <= 0:
            raise ServiceUnavailable("no time left for a call; nothing was sent")
        until = time.monotonic() + seconds
        body = orjson.dumps({"args": args, "kwargs": kwargs})
        self._connect(service, seconds)
        try:
            self._send(f"{service}.{method}", body, until)
            answer = self._await_answer(service, until)
        except ServiceUnavailable:
            raise  # the broker sent the request back: the connection is as good as before
        except NotFound as error:
            self._unreached(service, error)
        except TRANSPORT_ERRORS as error:
            self._throw_away()
            raise RpcTimeout(
                f"{service}.{method}: outcome not known within {seconds} s ({error!r})"
            ) from error
        except BaseException:
            self._throw_away()  # Ctrl-C in the middle of a frame, say
            raise
        return _result_of(answer)

    def close(self) -> None:
        """Close the connection; the next call would make a new one."""
        connection, self._connection, self._channel = self._connection, None, None
        close_politely(connection)

    def __enter__(self) -> RpcClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _refuse_other_threads(self) -> None:
        current = threading.get_ident()
        if self._owner is None:
            self._owner = current
        if self._owner != current:
            raise RuntimeError("an RpcClient belongs to one thread; make one per thread")

    def _connect(self, service: str, seconds: float) -> None:
        """Connect unless connected. Raises ServiceUnavailable: nothing has been sent yet."""
        if self._connection is not None and not self._connection.is_fresh:
            self._throw_away()
        if self._connection is not None:
            return
        until = time.monotonic() + seconds
        try:
            self._connection = open_connection(
                self._amqp_url, io_timeout=seconds, heartbeat=self._heartbeat, name=self._name
            )
            with self._connection.bounded_by(until - time.monotonic()):
                self._open_reply_queue(self._connection)
        except TRANSPORT_ERRORS as error:
            self._unreached(service, error)

    def _open_reply_queue(self, connection: BoundedConnection) -> None:
        channel = connection.channel()
        channel.auto_decode = False
        declare_exchanges(channel, (RPC_EXCHANGE,))
        self._reply_to = str(uuid.uuid4())
        queue = f"rpc.reply-client-{self._reply_to}"
        channel.queue_declare(queue, durable=False, exclusive=True, auto_delete=True)
        channel.queue_bind(queue, RPC_EXCHANGE, routing_key=self._reply_to)
        channel.basic_consume(queue, callback=self._on_reply, no_ack=True)
        channel.events["basic_return"].add(self._on_return)
        self._channel = channel

    def _send(self, routing_key: str, body: bytes, until: float) -> None:
        remaining = max(until - time.monotonic(), 0.001)
        self._awaited, self._reply, self._returned = str(uuid.uuid4()), None, False
        message = amqp.Message(
            body,
            content_type=CONTENT_TYPE,
            content_encoding=CONTENT_ENCODING,
            delivery_mode=TRANSIENT,
            expiration=str(max(1, int(remaining * 1000))),
            reply_to=self._reply_to,
            correlation_id=self._awaited,
            application_headers={DEADLINE_HEADER: int((time.time() + remaining) * 1000)},
        )
        # Mandatory: a request that no queue takes comes back at once.
        self._channel.basic_publish(
            message,
            exchange=RPC_EXCHANGE,
            routing_key=routing_key,
            mandatory=True,
            timeout=remaining,
        )

    def _await_answer(self, service: str, until: float) -> bytes | str:
        assert self._connection is not None
        while self._reply is None:
            remaining = until - time.monotonic()
            if remaining <= 0:
                raise TimeoutError("no answer by the deadline")
            self._connection.blocking_read(remaining)
            if self._returned:
                raise ServiceUnavailable(f"no service {service!r} is there")
        return self._reply

    def _on_reply(self, message: Any) -> None:
        # Answers to earlier calls of ours come late or never; they are not for this one.
        if message.properties.get("correlation_id") == self._awaited:
            self._reply = message.body

    def _on_return(self, _error: object, _exchange: str, _key: str, message: Any) -> None:
        if message.properties.get("correlation_id") == self._awaited:
            self._returned = True

    def _unreached(self, service: str, error: Exception) -> NoReturn:
        self._throw_away()
        raise ServiceUnavailable(f"service {service!r} was not reached: {error!r}") from error

    def _throw_away(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        discard(connection)


def _result_of(body: bytes | str) -> Any:
    try:
        answer = orjson.loads(body)
        error, result = answer["error"], answer["result"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as problem:
        raise RemoteError("MalformedReply", f"the reply cannot be read: {problem!r}", {}) from None
    if error is None:
        return result
    if not isinstance(error, dict):
        raise RemoteError("MalformedReply", "the reply's error is not an object", {})
    data = error.get("data")
    raise RemoteError(
        str(error.get("exc_type")), str(error.get("value")), data if isinstance(data, dict) else {}
    )
