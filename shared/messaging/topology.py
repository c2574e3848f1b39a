"""Names and declarations on the broker: who publishes where, who listens on what.

Per service two durable topic exchanges, routing key = event type: `{service}.events` carries the
internal form, `{service}.public.events` the public form. nameko's event exchange is called
`{source}.events`, so another party's stock `event_handler("registry.public", ...)` just works.

A subscription is a quorum queue bound with `#`: a gap in what it gets is a loss, never a filter.
Its name carries a version, because the arguments of a queue cannot be changed after it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from amqp.exceptions import PreconditionFailed, ResourceLocked

from shared.messaging.connection import close_politely, discard, open_connection

SUBSCRIPTION_VERSION: Final = "v1"
DEAD_LETTER_EXCHANGE: Final = "jiandu.dead-letters"
RPC_EXCHANGE: Final = "nameko-rpc"

_DECLARE_TIMEOUT = 10.0


class TopologyMismatch(Exception):
    """A queue or exchange of this name exists with other arguments.

    Nothing mends itself here: an operator removes the old one, or the version in the name goes up.
    """


def internal_exchange(service: str) -> str:
    """Where a service's events go in internal form, for our own services only."""
    return f"{service}.events"


def public_exchange(service: str) -> str:
    """Where a service's events go in public form, for other government systems."""
    return f"{service}.public.events"


def subscription_queue(consumer: str, source: str) -> str:
    """The queue in which `consumer` receives the events of `source`."""
    return f"jiandu.{consumer}.{source}.{SUBSCRIPTION_VERSION}"


def dead_letter_queue(consumer: str, source: str) -> str:
    """Where messages of that subscription end that nobody can read."""
    return f"{subscription_queue(consumer, source)}.dead"


def rpc_queue(service: str) -> str:
    """nameko's request queue of a service."""
    return f"rpc-{service}"


def declare_exchanges(channel: Any, names: Iterable[str]) -> None:
    """Declare durable topic exchanges. Raises TopologyMismatch."""
    for name in names:
        with _mismatch_named("exchange", name):
            channel.exchange_declare(name, "topic", durable=True, auto_delete=False)


def declare_service(channel: Any, service: str) -> None:
    """Declare both event exchanges of a service. Raises TopologyMismatch."""
    declare_exchanges(channel, (internal_exchange(service), public_exchange(service)))


def declare_subscription(channel: Any, consumer: str, source: str) -> str:
    """Declare the queue of a subscription with its dead letters; return its name.

    Raises TopologyMismatch.
    """
    queue, dead = subscription_queue(consumer, source), dead_letter_queue(consumer, source)
    declare_exchanges(channel, (internal_exchange(source),))
    with _mismatch_named("exchange", DEAD_LETTER_EXCHANGE):
        channel.exchange_declare(DEAD_LETTER_EXCHANGE, "direct", durable=True, auto_delete=False)
    _declare_queue(channel, dead, {"x-queue-type": "quorum"})
    channel.queue_bind(dead, DEAD_LETTER_EXCHANGE, routing_key=queue)
    _declare_queue(
        channel,
        queue,
        {
            "x-queue-type": "quorum",
            # With a delivery limit (a policy, or the default of RabbitMQ 4) and no dead letter
            # exchange a quorum queue deletes. At least once: gone from here only when it is there.
            "x-dead-letter-exchange": DEAD_LETTER_EXCHANGE,
            "x-dead-letter-routing-key": queue,
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
    )
    channel.queue_bind(queue, internal_exchange(source), routing_key="#")
    return queue


def declare_rpc_queue(channel: Any, service: str) -> None:
    """Declare exchange and request queue just as nameko does. Raises TopologyMismatch."""
    declare_exchanges(channel, (RPC_EXCHANGE,))
    _declare_queue(channel, rpc_queue(service), {})
    channel.queue_bind(rpc_queue(service), RPC_EXCHANGE, routing_key=f"{service}.*")


@contextmanager
def broker_channel(amqp_url: str, name: str, io_timeout: float = _DECLARE_TIMEOUT) -> Iterator[Any]:
    """A channel for declarations at start, on a connection of its own.

    Raises connection.TRANSPORT_ERRORS.
    """
    connection = open_connection(amqp_url, io_timeout=io_timeout, name=name)
    try:
        yield connection.channel()
    except BaseException:
        discard(connection)
        raise
    close_politely(connection)


def is_declaration_refusal(error: BaseException) -> bool:
    """Whether the broker refused a declaration, in contrast to, say, an acknowledgement."""
    declarations = {(40, 10), (50, 10), (50, 20)}  # exchange.declare, queue.declare, queue.bind
    return isinstance(error, PreconditionFailed | ResourceLocked) and (
        error.method_sig in declarations
    )


def _declare_queue(channel: Any, name: str, arguments: dict[str, Any]) -> None:
    with _mismatch_named("queue", name):
        channel.queue_declare(name, durable=True, auto_delete=False, arguments=arguments)


@contextmanager
def _mismatch_named(kind: str, name: str) -> Iterator[None]:
    try:
        yield
    except (PreconditionFailed, ResourceLocked) as error:
        raise TopologyMismatch(
            f"{kind} {name!r} exists on the broker with other arguments: {error.reply_text}"
        ) from error
