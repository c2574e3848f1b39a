"""What the relay publishes of each event: the internal form for us, for others the public one.

Of an event that is not published, others get the hash of its leaf in its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import orjson

from shared.contracts.days import business_date, start_of_day
from shared.contracts.message import Vocabulary
from shared.contracts.stored import RecordedEvent, internal_form, public_form
from shared.contracts.unpublished import UNPUBLISHED, is_published, unpublished_form
from shared.eventlog.relay import NotPublished
from shared.messaging.publisher import Outgoing, PipelinedPublisher, PublishFailed
from shared.messaging.topology import internal_exchange, public_exchange


class BothForms:
    """Publishes the log of `service`, each event to two exchanges, with pipelined confirms.

    events: what the service says, and of that what others are told
    """

    def __init__(self, service: str, events: Vocabulary, amqp_url: str) -> None:
        self._service, self._events = service, events
        self._publisher = PipelinedPublisher(
            amqp_url,
            exchanges=(internal_exchange(service), public_exchange(service)),
            name=f"jiandu relay {service}",
        )

    def publish(self, page: Sequence[RecordedEvent]) -> None:
        """Raises NotPublished unless the broker has confirmed both forms of every event."""
        try:
            self._publisher.publish(messages(self._service, self._events, page))
        except PublishFailed as failed:
            raise NotPublished(str(failed)) from failed

    def keep_alive(self) -> None:
        self._publisher.keep_alive()


def messages(service: str, events: Vocabulary, page: Iterable[RecordedEvent]) -> Iterator[Outgoing]:
    """Two messages for each event, in order."""
    internal, public = internal_exchange(service), public_exchange(service)
    for recorded in page:
        name, at = recorded.event.type, recorded.sequenced_at
        yield _message(internal, name, recorded, internal_form(recorded), at)
        the_day = start_of_day(business_date(at))
        if not is_published(recorded.event, events):
            yield _message(public, UNPUBLISHED, recorded, unpublished_form(recorded), the_day)
            continue
        by_day = "occurred_at" in recorded.event.withheld
        form = public_form(recorded)
        yield _message(public, name, recorded, form, the_day if by_day else at)


def _message(
    exchange: str, name: str, recorded: RecordedEvent, form: object, at: dt.datetime
) -> Outgoing:
    return Outgoing(
        exchange=exchange,
        routing_key=name,
        body=orjson.dumps(form),
        message_id=f"{recorded.event.log}/{recorded.position}",
        type=name,
        timestamp=int(at.timestamp()),
    )
