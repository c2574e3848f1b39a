"""What the relay publishes of each event: the internal form for us, the public one for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson

from shared.contracts.stored import RecordedEvent, internal_form, public_form
from shared.eventlog.relay import NotPublished
from shared.messaging.publisher import Outgoing, PipelinedPublisher, PublishFailed
from shared.messaging.topology import internal_exchange, public_exchange


class BothForms:
    """Publishes the log of `service`, each event to two exchanges, with pipelined confirms."""

    def __init__(self, service: str, amqp_url: str) -> None:
        self._internal, self._public = internal_exchange(service), public_exchange(service)
        self._publisher = PipelinedPublisher(
            amqp_url,
            exchanges=(self._internal, self._public),
            name=f"jiandu relay {service}",
        )

    def publish(self, page: Sequence[RecordedEvent]) -> None:
        """Raises NotPublished unless the broker has confirmed both forms of every event."""
        try:
            self._publisher.publish(self._messages(page))
        except PublishFailed as failed:
            raise NotPublished(str(failed)) from failed

    def keep_alive(self) -> None:
        self._publisher.keep_alive()

    def _messages(self, page: Sequence[RecordedEvent]) -> Iterator[Outgoing]:
        for recorded in page:
            yield self._message(self._internal, recorded, internal_form(recorded))
            yield self._message(self._public, recorded, public_form(recorded))

    def _message(self, exchange: str, recorded: RecordedEvent, form: object) -> Outgoing:
        event = recorded.event
        return Outgoing(
            exchange=exchange,
            routing_key=event.type,
            body=orjson.dumps(form),
            message_id=f"{event.log}/{recorded.position}",
            type=event.type,
            timestamp=int(recorded.sequenced_at.timestamp()),
        )
