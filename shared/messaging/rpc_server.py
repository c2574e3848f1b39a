"""The `rpc` entrypoint of our services: nameko's, and no message can hurt it.

Use it in place of `nameko.rpc.rpc`; stock clients can call it. What differs: a request that cannot
be read is answered (`MalformedRequest`, `TooLarge`) and not dropped; one without `reply_to` is
logged and not carried out, for nobody would learn the outcome; one past its deadline is not
started; replies are transient and expire, where nameko writes them to the broker's disk.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, overload

import amqp
import eventlet
import structlog
from nameko.constants import AMQP_URI_CONFIG_KEY, CALL_ID_STACK_CONTEXT_KEY
from nameko.exceptions import ContainerBeingKilled
from nameko.rpc import Rpc, RpcConsumer, get_rpc_exchange

from shared.messaging.connection import TRANSPORT_ERRORS
from shared.messaging.queue_consumer import HardenedQueueConsumer
from shared.messaging.rpc_wire import (
    CONTENT_ENCODING,
    CONTENT_TYPE,
    DEFAULT_REPLY_LIMIT,
    DEFAULT_REQUEST_LIMIT,
    TRANSIENT,
    Request,
    decode_deadline,
    decode_request,
    encode_reply,
)
from shared.messaging.topology import broker_channel, declare_rpc_queue

Method = TypeVar("Method", bound=Callable[..., Any])

_log = structlog.get_logger(__name__)

REQUEST_LIMIT_CONFIG_KEY = "RPC_REQUEST_LIMIT"
"""Bytes a request may have; 1 MiB when the config says nothing."""

REPLY_LIMIT_CONFIG_KEY = "RPC_REPLY_LIMIT"
"""Bytes a reply may have; 8 MiB when the config says nothing."""

BROKER_PATIENCE_CONFIG_KEY = "BROKER_PATIENCE"
"""Seconds a starting service waits for the broker; 30 when the config says nothing."""

_REPLY_LIFETIME_WITHOUT_DEADLINE = 60.0
_REPLY_LIFETIME_AT_LEAST = 1.0


class HardenedRpcConsumer(RpcConsumer):  # type: ignore[misc]
    """Reads requests, finds their method, answers; no message makes it raise."""

    queue_consumer = HardenedQueueConsumer()

    def setup(self) -> None:
        """Check the request queue before anything consumes it.

        Raises TopologyMismatch, or TRANSPORT_ERRORS when the broker stays away.
        """
        patience = float(self.container.config.get(BROKER_PATIENCE_CONFIG_KEY, 30.0))
        _check_queue(
            self.container.config[AMQP_URI_CONFIG_KEY], self.container.service_name, patience
        )
        super().setup()

    def handle_message(self, body: object, message: Any) -> None:
        """Start the worker, or answer why not. `body` is unused: it comes undecoded."""
        if not message.properties.get("reply_to"):
            _log.error("rpc_without_reply_to", routing_key=_routing_key(message))
            self.queue_consumer.ack_message(message)
            return
        try:
            request = self._decode(message)
            if request.deadline is not None and request.deadline <= time.time():
                late = round(time.time() - request.deadline, 3)
                _log.warning("rpc_expired", routing_key=_routing_key(message), seconds_late=late)
                self.queue_consumer.ack_message(message)
                return
            provider = self.get_provider_for_method(_routing_key(message))
            provider.handle_message(request, message)
        except Exception as error:
            _log.warning("rpc_refused", routing_key=_routing_key(message), error=repr(error))
            self.handle_result(message, None, sys.exc_info())

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Reply and acknowledge. Never raises: nameko would kill the service."""
        error = None if exc_info is None else exc_info[1]
        limit = self.container.config.get(REPLY_LIMIT_CONFIG_KEY, DEFAULT_REPLY_LIMIT)
        reply = amqp.Message(
            encode_reply(result, error, limit),
            content_type=CONTENT_TYPE,
            content_encoding=CONTENT_ENCODING,
            delivery_mode=TRANSIENT,
            expiration=_reply_expiration(message),
            correlation_id=message.properties.get("correlation_id") or "",
        )
        exchange = get_rpc_exchange(self.container.config).name
        self.queue_consumer.reply_and_ack(message, exchange, reply)
        return result, exc_info

    def _decode(self, message: Any) -> Request:
        limit = self.container.config.get(REQUEST_LIMIT_CONFIG_KEY, DEFAULT_REQUEST_LIMIT)
        body = message.body if isinstance(message.body, bytes) else bytes(message.body, "utf-8")
        return decode_request(body, message.content_type, message.headers, limit)


class HardenedRpc(Rpc):  # type: ignore[misc]
    """One method of a service that can be called; see the module."""

    rpc_consumer = HardenedRpcConsumer()

    def handle_message(self, request: Request, message: Any) -> None:
        """Run the method in a worker. Raises nameko's IncorrectSignature."""
        self.check_signature(request.args, request.kwargs)
        try:
            self.container.spawn_worker(
                self,
                request.args,
                request.kwargs,
                context_data=self.unpack_message_headers(message),
                handle_result=partial(self.handle_result, message),
            )
        except ContainerBeingKilled:
            self.rpc_consumer.requeue_message(message)

    def unpack_message_headers(self, message: Any) -> dict[str, Any]:
        """The caller's context; a call-id stack that is no list of texts would kill the worker."""
        context: dict[str, Any] = {
            self._strip_header_name(name): value
            for name, value in message.headers.items()
            if isinstance(name, str)
        }
        stack = context.get(CALL_ID_STACK_CONTEXT_KEY, [])
        if not isinstance(stack, list) or not all(isinstance(entry, str) for entry in stack):
            del context[CALL_ID_STACK_CONTEXT_KEY]
        return context


@overload
def rpc(method: Method, /) -> Method: ...


@overload
def rpc(*, expected_exceptions: tuple[type[Exception], ...] = ()) -> Callable[[Method], Method]: ...


def rpc(*args: Any, **kwargs: Any) -> Any:
    """Decorator for a service's method: RpcClient and nameko's proxies can call it.

    `@rpc`, or `@rpc(expected_exceptions=(Refused,))` for exceptions that are answers and no
    faults: nameko logs those as warnings, without alarm.
    """
    return HardenedRpc.decorator(*args, **kwargs)


def _check_queue(amqp_url: str, service: str, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            with broker_channel(amqp_url, f"jiandu {service} starts", io_timeout=5.0) as channel:
                declare_rpc_queue(channel, service)
            return
        except TRANSPORT_ERRORS as error:
            if time.monotonic() >= until:
                raise
            _log.warning("broker_unreachable_at_start", service=service, error=repr(error))
            eventlet.sleep(0.5)


def _routing_key(message: Any) -> str:
    return str(message.delivery_info.get("routing_key", ""))


def _reply_expiration(message: Any) -> str:
    """Milliseconds as text, as AMQP wants them: until nobody waits for the reply any more."""
    try:
        deadline = decode_deadline(message.headers)
    except Exception:
        deadline = None
    lifetime = _REPLY_LIFETIME_WITHOUT_DEADLINE if deadline is None else deadline - time.time()
    bounded = min(max(lifetime, _REPLY_LIFETIME_AT_LEAST), _REPLY_LIFETIME_WITHOUT_DEADLINE)
    return str(int(bounded * 1000))
