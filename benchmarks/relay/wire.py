"""The messages of a log, and the queues that receive them."""

from __future__ import annotations

from benchmarks.history import history
from shared.contracts.registry.events import EVENTS
from shared.contracts.stored import RecordedEvent
from shared.messaging.publisher import Outgoing
from shared.messaging.topology import (
    broker_channel,
    declare_service,
    declare_subscription,
    public_exchange,
)
from shared.service.both_forms import messages

SERVICE = "registry"
_PUBLIC_QUEUE = "bench.public"


def declare_receivers(amqp_url: str) -> None:
    """A subscription of our own, and an outsider's quorum queue on the public exchange."""
    with broker_channel(amqp_url, "bench") as channel:
        declare_service(channel, SERVICE)
        declare_subscription(channel, "bench", SERVICE)
        channel.queue_declare(
            _PUBLIC_QUEUE,
            durable=True,
            auto_delete=False,
            arguments={"x-queue-type": "quorum"},
        )
        channel.queue_bind(_PUBLIC_QUEUE, public_exchange(SERVICE), routing_key="#")


def rendered(events: int) -> list[Outgoing]:
    """What the relay publishes of the first `events` of the registry's history."""
    numbered = (
        RecordedEvent(position, event.occurred_at, event)
        for position, event in enumerate(history(events), 1)
    )
    return list(messages(SERVICE, EVENTS, numbered))
