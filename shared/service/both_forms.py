"""What the relay publishes of each event: the internal form for us, the public one for others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import orjson

from shared.contracts.days import business_date, start_of_day
from shared.contracts.stored import RecordedEvent, internal_form, public_form
from shared.eventlog.relay import NotPublished
from shared.messaging.publisher import Outgoing, PipelinedPublisher, PublishFailed
from shared.messaging.topology import internal_exchange, public_exchange


class BothForms:
    """Publishes the log of `service`, each event to two exchanges, with pipelined confirms."""

    def __init__(self, service: str, amqp_url: str) -> None:
        self._service = service
        self._publisher = PipelinedPublisher(
            amqp_url,
            exchanges=(internal_exchange(service), public_exchange(service)),
            name=f"jiandu relay {service}",
        )

    def publish(self, page: Sequence[RecordedEvent]) -> None:
        """Raises NotPublished unless the broker has confirmed both forms of every event."""
        try:
            self._publisher.publish(messages(self._service, page))
        except PublishFailed as failed:
            raise NotPublished(str(failed)) from failed

    def keep_alive(self) -> None:
        self._publisher.keep_alive()


def messages(service: str, page: Iterable[RecordedEvent]) -> Iterator[Outgoing]:
    """Two messages for each event, in order."""
    internal, public = internal_exchange(service), public_exchange(service)
    for recorded in page:
        at = recorded.sequenced_at
        yield _message(internal, recorded, internal_form(recorded), at)
        if "occurred_at" in recorded.event.withheld:
            at = start_of_day(business_date(at))  # only the day is public
        yield _message(public, recorded, public_form(recorded), at)


def _message(exchange: str, recorded: RecordedEvent, form: object, at: dt.datetime) -> Outgoing:
    event = recorded.event
    return Outgoing(
        exchange=exchange,
        routing_key=event.type,
        body=orjson.dumps(form),
        message_id=f"{event.log}/{recorded.position}",
        type=event.type,
        timestamp=int(at.timestamp()),
    )
