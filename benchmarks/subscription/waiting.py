"""Messages that wait in a queue: points that came to be, in internal form."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from benchmarks.history import designations
from shared.contracts.stored import RecordedEvent, internal_form
from shared.messaging.publisher import Outgoing, PipelinedPublisher
from shared.messaging.topology import (
    broker_channel,
    declare_exchanges,
    declare_subscription,
    internal_exchange,
)

SOURCE, CONSUMER = "registry", "assessment"
EVENT_TYPE = "PointDesignated"
HANDLER = "on_designated"
_NAMEKO_QUEUE = f"evt-{SOURCE}-{EVENT_TYPE}--{CONSUMER}.{HANDLER}"


def fill_subscription(amqp_url: str, events: int) -> str:
    """Messages in the queue of our subscription; returns its name."""
    with broker_channel(amqp_url, "bench") as channel:
        queue = declare_subscription(channel, CONSUMER, SOURCE)
    _publish(amqp_url, events)
    return queue


def fill_nameko_queue(amqp_url: str, events: int) -> None:
    """The same in the queue that nameko makes for a service's handler of one event type."""
    exchange = internal_exchange(SOURCE)
    with broker_channel(amqp_url, "bench") as channel:
        declare_exchanges(channel, [exchange])
        channel.queue_declare(_NAMEKO_QUEUE, durable=True, auto_delete=False)
        channel.queue_bind(_NAMEKO_QUEUE, exchange, routing_key=EVENT_TYPE)
    _publish(amqp_url, events)


def _publish(amqp_url: str, events: int) -> None:
    with PipelinedPublisher(amqp_url) as publisher:
        publisher.publish(_messages(events))


def _messages(events: int) -> Iterator[Outgoing]:
    for position, event in enumerate(designations(events), 1):
        yield Outgoing(
            exchange=internal_exchange(SOURCE),
            routing_key=EVENT_TYPE,
            body=orjson.dumps(internal_form(RecordedEvent(position, event.occurred_at, event))),
            message_id=f"{SOURCE}/{position}",
            type=EVENT_TYPE,
            timestamp=int(event.occurred_at.timestamp()),
        )
