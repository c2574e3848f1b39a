"""At least once, with a window of confirms, and never for ever."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import kombu
import pytest

from deploy.local import Infrastructure, management
from shared.messaging.publisher import Outgoing, PipelinedPublisher, PublishFailed
from shared.messaging.topology import TopologyMismatch
from tests.messaging.proxy import BrokerProxy
from tests.messaging.raw_amqp import pika_channel, queue_length, wait_length
from tests.messaging.waiting import wait_until

EXCHANGE = "registry.events"


def outgoing(count: int, start: int = 1, size: int = 0, exchange: str = EXCHANGE) -> list[Outgoing]:
    return [
        Outgoing(
            exchange=exchange,
            routing_key="PointDesignated",
            body=b'{"position": %d, "pad": "%s"}' % (number, b"x" * size),
            headers={"position": number},
            message_id=f"registry-{number}",
            type="PointDesignated",
            timestamp=1_700_000_000,
        )
        for number in range(start, start + count)
    ]


def collecting_queue(amqp_url: str, **arguments: object) -> str:
    with pika_channel(amqp_url) as channel:
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        channel.queue_declare("collected", durable=True, arguments=arguments)
        channel.queue_bind("collected", EXCHANGE, "#")
    return "collected"


def received_ids(amqp_url: str, queue: str) -> list[str]:
    with pika_channel(amqp_url) as channel:
        ids = []
        while (got := channel.basic_get(queue, auto_ack=True))[0] is not None:
            ids.append(got[1].message_id)
        return ids


def close_connections(infrastructure: Infrastructure, amqp_url: str, name: str) -> None:
    """Close this client's connections as an operator would, through the management API."""
    api = infrastructure.management_url
    assert api is not None, "set JIANDU_RABBITMQ_MANAGEMENT_URL"
    vhost = urlsplit(amqp_url).path[1:]

    def closed_one() -> bool:
        listed = json.loads(management.call(api, "GET", f"/vhosts/{vhost}/connections"))
        ours = [
            each["name"]
            for each in listed
            if each.get("client_properties", {}).get("connection_name") == name
        ]
        for each in ours:
            management.call(api, "DELETE", f"/connections/{quote(each, safe='')}")
        return bool(ours)

    wait_until(closed_one, what=f"{name} listed")


def test_everything_is_with_the_broker_when_publish_returns(fresh_vhost: str) -> None:
    queue = collecting_queue(fresh_vhost)
    with PipelinedPublisher(fresh_vhost, window=50) as publisher:
        assert publisher.publish(outgoing(1234)) == 1234
        assert queue_length(fresh_vhost, queue) == 1234
        assert publisher.publish([]) == 0


def test_messages_are_persistent_json_in_order_with_their_properties(fresh_vhost: str) -> None:
    queue = collecting_queue(fresh_vhost)
    with PipelinedPublisher(fresh_vhost) as publisher:
        publisher.publish(outgoing(2))
    with pika_channel(fresh_vhost) as channel:
        _, properties, body = channel.basic_get(queue, auto_ack=True)
    assert body == b'{"position": 1, "pad": ""}'
    assert properties.content_type == "application/json"
    assert properties.delivery_mode == 2
    assert (properties.message_id, properties.type) == ("registry-1", "PointDesignated")
    assert (properties.timestamp, properties.headers) == (1_700_000_000, {"position": 1})


def test_a_nack_fails_the_call(fresh_vhost: str) -> None:
    collecting_queue(fresh_vhost, **{"x-max-length": 3, "x-overflow": "reject-publish"})
    with (
        PipelinedPublisher(fresh_vhost) as publisher,
        pytest.raises(PublishFailed, match="refused"),
    ):
        publisher.publish(outgoing(20))


def test_a_missing_exchange_fails_the_call_and_a_declared_one_comes_back(fresh_vhost: str) -> None:
    with PipelinedPublisher(fresh_vhost) as careless:
        with pytest.raises(PublishFailed, match="registry"):
            careless.publish(outgoing(500))
        with pika_channel(fresh_vhost) as channel:
            channel.exchange_declare(EXCHANGE, "topic", durable=True)
        assert careless.publish(outgoing(500)) == 500
    with PipelinedPublisher(fresh_vhost, exchanges=["new.events"]) as careful:
        assert careful.publish(outgoing(1, exchange="new.events")) == 1


def test_an_exchange_with_other_arguments_is_named(fresh_vhost: str) -> None:
    with pika_channel(fresh_vhost) as channel:
        channel.exchange_declare(EXCHANGE, "fanout", durable=True)
    with (
        PipelinedPublisher(fresh_vhost, exchanges=[EXCHANGE]) as publisher,
        pytest.raises(TopologyMismatch, match=EXCHANGE),
    ):
        publisher.publish(outgoing(1))


def test_a_connection_lost_mid_publish_fails_and_publishing_again_loses_nothing(
    fresh_vhost: str, proxy: BrokerProxy
) -> None:
    queue = collecting_queue(fresh_vhost)
    messages = outgoing(2000)
    with PipelinedPublisher(proxy.url, exchanges=[EXCHANGE]) as publisher:
        assert publisher.publish(messages[:10]) == 10
        proxy.cut_after(100_000)
        with pytest.raises(PublishFailed):
            publisher.publish(messages[10:])
        assert publisher.publish(messages[10:]) == 1990
    ids = received_ids(fresh_vhost, queue)
    assert set(ids) == {message.message_id for message in messages}
    assert len(ids) > 2000, "the cut came too late to be one"


def test_a_connection_closed_by_the_operator_mid_publish_fails_the_call(
    infrastructure: Infrastructure, fresh_vhost: str
) -> None:
    queue = collecting_queue(fresh_vhost)

    def closed_half_way() -> Iterator[Outgoing]:
        yield from outgoing(500)
        close_connections(infrastructure, fresh_vhost, "jiandu closable")
        yield from outgoing(5000, start=501)

    with PipelinedPublisher(fresh_vhost, name="jiandu closable") as publisher:
        with pytest.raises(PublishFailed):
            publisher.publish(closed_half_way())
        assert publisher.publish(outgoing(600)) == 600
    assert set(received_ids(fresh_vhost, queue)) >= {each.message_id for each in outgoing(600)}


def test_a_broker_that_is_gone_fails_the_call_and_is_found_again(proxy: BrokerProxy) -> None:
    with PipelinedPublisher(proxy.url, exchanges=[EXCHANGE]) as publisher:
        proxy.turn_away()
        with pytest.raises(PublishFailed):
            publisher.publish(outgoing(1))
        proxy.welcome()
        assert publisher.publish(outgoing(1)) == 1


@pytest.mark.parametrize("size", [10, 60_000], ids=["no confirm comes", "the socket fills up"])
def test_a_frozen_broker_fails_the_call_within_the_time_out(proxy: BrokerProxy, size: int) -> None:
    with PipelinedPublisher(proxy.url, confirm_timeout=0.5, exchanges=[EXCHANGE]) as publisher:
        publisher.publish(outgoing(1))
        proxy.freeze()
        with pytest.raises(PublishFailed):
            publisher.publish(outgoing(400, size=size))
        with pytest.raises(PublishFailed):
            publisher.publish(outgoing(1))
        proxy.thaw()
        assert publisher.publish(outgoing(3)) == 3


def test_the_harness_can_fail_kombu_waits_for_a_frozen_broker_without_end(
    proxy: BrokerProxy,
) -> None:
    connection = kombu.Connection(proxy.url, transport_options={"confirm_publish": True})
    producer = kombu.Producer(connection.channel())
    producer.publish(b"{}", routing_key="nowhere")
    proxy.freeze()
    hanging = threading.Thread(
        target=lambda: producer.publish(b"{}", routing_key="nowhere"), daemon=True
    )
    hanging.start()
    hanging.join(1.5)
    assert hanging.is_alive()
    proxy.thaw()
    hanging.join(10)
    assert not hanging.is_alive()


def test_a_failing_iterator_leaves_no_confirms_behind(fresh_vhost: str) -> None:
    def torn() -> Iterator[Outgoing]:
        yield from outgoing(3)
        raise LookupError("the caller's own")

    with PipelinedPublisher(fresh_vhost, exchanges=[EXCHANGE]) as publisher:
        with pytest.raises(LookupError):
            publisher.publish(torn())
        assert publisher.publish(outgoing(5)) == 5


def test_an_idle_connection_is_kept_by_heartbeats_and_replaced_when_it_went(
    proxy: BrokerProxy,
) -> None:
    with PipelinedPublisher(proxy.url, heartbeat=1, exchanges=[EXCHANGE]) as publisher:
        publisher.publish(outgoing(1))
        until, pause = time.monotonic() + 3.5, threading.Event()
        while time.monotonic() < until:  # longer than the broker waits for a heartbeat
            publisher.keep_alive()
            pause.wait(0.2)
        assert publisher.publish(outgoing(1)) == 1
        assert proxy.accepted == 1
        proxy.cut()
        publisher.keep_alive()
        assert publisher.publish(outgoing(1)) == 1
        assert proxy.accepted == 2


def test_confirms_of_one_window_overlap(fresh_vhost: str) -> None:
    """The reason for the window: with a round trip for each message the same work takes longer."""
    queue = collecting_queue(fresh_vhost, **{"x-queue-type": "quorum"})
    taken: dict[int, float] = {}
    for window in (1, 200):
        with PipelinedPublisher(fresh_vhost, window=window, exchanges=[EXCHANGE]) as publisher:
            publisher.publish(outgoing(1))
            begun = time.perf_counter()
            publisher.publish(outgoing(600))
            taken[window] = time.perf_counter() - begun
    wait_length(fresh_vhost, queue, 1202)
    assert taken[200] < taken[1] / 2
