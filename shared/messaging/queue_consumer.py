"""nameko's QueueConsumer without its ways to hang, to die of a message, and to work twice.

Stock, it (1) decodes before anybody may object, so a body in the wrong type vanishes and a
compressed one unpacks to any size; (2) retries a refused declaration for ever, deaf to SIGTERM;
(3) at shutdown closes the connection while workers still run, so their finished work is delivered
and done again; (4) waits without limit on a broker that is gone or frozen when asked to stop.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import amqp
import eventlet
import structlog
from amqp import spec
from amqp.exceptions import RecoverableConnectionError
from kombu.transport.pyamqp import Message as KombuMessage
from nameko.messaging import QueueConsumer

from shared.messaging.backoff import LONGEST_WAIT_FOR_BROKER, Backoff
from shared.messaging.connection import TRANSPORT_ERRORS
from shared.messaging.topology import TopologyMismatch, is_declaration_refusal

_log = structlog.get_logger(__name__)

_LOOK_EVERY = 0.25
"""Seconds between two looks at what else there is to do: stop, heartbeats."""

_GOODBYE_TIMEOUT = 2.0
"""Seconds granted to the broker for each word of the goodbye."""


class UndecodedMessage(KombuMessage):  # type: ignore[misc]
    """A message whose body stays bytes: kombu would unpack whatever `compression` names."""

    def __init__(self, msg: Any, channel: Any = None, **options: Any) -> None:
        headers = msg.properties.pop("application_headers", None) or {}
        super().__init__(msg, channel=channel, **options)
        self.headers = headers


class _StoppedWhileConnecting(Exception):
    """The service is to stop, and there is no connection over which to stop in order."""


class HardenedQueueConsumer(QueueConsumer):  # type: ignore[misc]
    """Hands over undecoded messages, and is done only when each of them is settled.

    Providers get `handle_message(None, message)` and settle each message exactly once, by
    `ack_message`, `requeue_message` or `reply_and_ack`.
    """

    _pending_remove_providers: dict[Any, Any]

    def __init__(self) -> None:
        super().__init__()
        self._in_flight: set[Any] = set()

    def run(self, _tokens: int = 1, **kwargs: Any) -> None:
        """Consume until stopped. Raises TopologyMismatch, which ends the service."""
        backoff = Backoff(0.2, LONGEST_WAIT_FOR_BROKER)
        try:
            while not self.should_stop:
                try:
                    for _ in self.consume(limit=None, safety_interval=_LOOK_EVERY, **kwargs):
                        backoff.succeeded()
                except TRANSPORT_ERRORS as error:
                    if is_declaration_refusal(error):
                        raise TopologyMismatch(str(error)) from error
                    wait = backoff.failed()
                    _log.warning("broker_link_lost", error=repr(error), retry_in=wait)
                    self._sleep_unless_stopping(wait)
        except _StoppedWhileConnecting:
            _log.warning("stopped_without_broker")
        finally:
            self._release_waiting_providers()

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """Connect, however long it takes; leave without waiting once the broker has failed us."""
        connection = self.create_connection()
        self._connect_patiently(connection)
        try:
            yield connection
        except BaseException:
            with suppress(Exception):
                connection.collect()
            raise
        with suppress(*TRANSPORT_ERRORS, eventlet.Timeout), eventlet.Timeout(_GOODBYE_TIMEOUT):
            connection.release()

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Iterable[Any]:
        """Set up consumers that leave the body alone. Called after each (re)connection."""
        channel.Message = UndecodedMessage
        channel.auto_decode = False
        # What the old connection delivered has gone back to the queue already.
        self._in_flight.clear()
        self._consumers.clear()
        for provider in self._providers:
            consumer = consumer_cls(
                queues=[provider.queue], on_message=partial(self._on_message, provider)
            )
            consumer.qos(prefetch_count=self.prefetch_count)
            self._consumers[provider] = consumer
        return list(self._consumers.values())

    def on_iteration(self) -> None:
        """Stop only after the last consumer is cancelled and the last message settled."""
        self._cancel_consumers_if_requested()
        if not self._consumers and not self._in_flight:
            self.should_stop = True

    def ack_message(self, message: Any) -> None:
        """Acknowledge; on a lost connection the broker has taken the message back anyway."""
        self._settle(message, message.ack)

    def requeue_message(self, message: Any) -> None:
        """Give the message back for another worker."""
        self._settle(message, message.requeue)

    def reply_and_ack(self, message: Any, exchange: str, reply: amqp.Message) -> None:
        """Publish the reply, then acknowledge the request, on the channel that delivered it.

        In this order on one channel the acknowledgement never outruns the reply: either both
        reach the broker or the request is delivered again. No second connection can leak or hang.
        """
        self._settle(message, partial(_publish_and_ack, message, exchange, reply))

    def _on_message(self, provider: Any, message: Any) -> None:
        self._in_flight.add(message)
        self.handle_message(provider, None, message)

    def _settle(self, message: Any, action: Any) -> None:
        try:
            if message.channel.connection is None:
                _log.warning("connection_lost_before_reply", tag=message.delivery_tag)
                return
            action()
        except TRANSPORT_ERRORS as error:
            _log.warning("settling_failed", tag=message.delivery_tag, error=repr(error))
        finally:
            self._in_flight.discard(message)

    def _cancel_consumers_if_requested(self) -> None:
        pending, self._pending_remove_providers = self._pending_remove_providers, {}
        unanswered: BaseException | None = None
        for provider, removed in pending.items():
            consumer = self._consumers.pop(provider, None)
            try:
                if consumer is not None:
                    with eventlet.Timeout(_GOODBYE_TIMEOUT):
                        consumer.cancel()
            except (*TRANSPORT_ERRORS, eventlet.Timeout) as error:
                unanswered = error
            finally:
                removed.send()
        if unanswered is not None:
            # As an error of the connection, so that nothing on the way out (kombu would cancel
            # once more) waits for this broker again.
            self.should_stop = True
            raise RecoverableConnectionError(f"cancellation not answered: {unanswered!r}")

    def _connect_patiently(self, connection: Any) -> None:
        backoff = Backoff(0.2, LONGEST_WAIT_FOR_BROKER)
        while True:
            if self._is_stopping():
                raise _StoppedWhileConnecting
            try:
                connection.connect()
                return
            except TRANSPORT_ERRORS as error:
                with suppress(Exception):
                    connection.collect()
                wait = backoff.failed()
                _log.warning("broker_unreachable", error=repr(error), retry_in=wait)
                self._sleep_unless_stopping(wait)

    def _sleep_unless_stopping(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_stopping():
            eventlet.sleep(0.1)

    def _is_stopping(self) -> bool:
        return bool(self.should_stop or self._pending_remove_providers)

    def _release_waiting_providers(self) -> None:
        """Nobody may wait for a cancellation that nobody will carry out any more."""
        pending, self._pending_remove_providers = self._pending_remove_providers, {}
        for removed in pending.values():
            removed.send()


def _publish_and_ack(message: Any, exchange: str, reply: amqp.Message) -> None:
    # Not `basic_publish`: it reads from the socket first, and here another greenlet reads.
    message.channel.send_method(
        spec.Basic.Publish,
        "Bssbb",
        (0, exchange, message.properties["reply_to"], False, False),
        reply,
    )
    message.ack()
