"""Another government system subscribes with what it has: stock nameko, or pika."""

from __future__ import annotations

import json

from shared.messaging.publisher import Outgoing, PipelinedPublisher
from shared.messaging.topology import public_exchange
from tests.messaging.raw_amqp import pika_channel
from tests.messaging.service_process import ServiceProcess
from tests.messaging.waiting import wait_until

EXCHANGE = public_exchange("registry")
PUBLIC_FORM = {"specversion": "1.0", "type": "PointDesignated", "data": {"名称": "某企业联系点"}}


def public_event() -> Outgoing:
    return Outgoing(
        exchange=EXCHANGE,
        routing_key="PointDesignated",
        body=json.dumps(PUBLIC_FORM, ensure_ascii=False).encode(),
        message_id="registry-1",
        type="PointDesignated",
        timestamp=1_700_000_000,
    )


def test_a_stock_nameko_event_handler_receives_the_public_form(fresh_vhost: str) -> None:
    with (
        PipelinedPublisher(fresh_vhost, exchanges=[EXCHANGE]) as publisher,
        ServiceProcess("stock_listener", fresh_vhost) as listener,
    ):
        listener.wait_ready()
        publisher.publish([public_event()])
        listener.wait_for("received " + json.dumps(PUBLIC_FORM, ensure_ascii=False, sort_keys=True))


def test_a_stock_nameko_event_handler_may_be_there_before_our_exchange(fresh_vhost: str) -> None:
    with ServiceProcess("stock_listener", fresh_vhost) as listener:
        listener.wait_ready()
        with PipelinedPublisher(fresh_vhost, exchanges=[EXCHANGE]) as publisher:
            publisher.publish([public_event()])
        listener.wait_for("received ")


def test_a_pika_consumer_receives_the_public_form(fresh_vhost: str) -> None:
    with (
        PipelinedPublisher(fresh_vhost, exchanges=[EXCHANGE]) as publisher,
        pika_channel(fresh_vhost) as channel,
    ):
        publisher.publish([])  # declares the exchange
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(queue, EXCHANGE, "PointDesignated")
        publisher.publish([public_event()])
        got: list[bytes] = []
        channel.basic_consume(queue, lambda *message: got.append(message[3]), auto_ack=True)

        def received() -> bool:
            channel.connection.process_data_events(time_limit=0.05)
            return bool(got)

        wait_until(received)
        assert json.loads(got[0]) == PUBLIC_FORM
