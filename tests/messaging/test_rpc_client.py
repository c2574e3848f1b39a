"""A call ends at its deadline, and says what is known about its outcome."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import amqp
import pytest

from shared.contracts.errors import Refused, from_wire
from shared.messaging.rpc_client import RemoteError, RpcClient, RpcTimeout, ServiceUnavailable
from shared.messaging.rpc_wire import DEADLINE_HEADER
from shared.messaging.topology import broker_channel, declare_rpc_queue, rpc_queue
from tests.messaging.proxy import BrokerProxy
from tests.messaging.raw_amqp import pika_channel, queue_length
from tests.messaging.service_process import ServiceProcess

SERVICE = "called-echo"


@pytest.fixture(scope="module")
def echo(amqp_url: str) -> Iterator[ServiceProcess]:
    with ServiceProcess("echo", amqp_url, SERVICE) as service:
        yield service.wait_ready()


@pytest.fixture
def client(amqp_url: str, echo: ServiceProcess) -> Iterator[RpcClient]:
    with RpcClient(amqp_url) as made:
        yield made


def test_a_call_returns_the_result(client: RpcClient) -> None:
    assert client.call(SERVICE, "echo", {"名": [1, None, True]}) == {"名": [1, None, True]}
    assert client.call(SERVICE, "slow", seconds=0, label="by name") == "by name"


def test_an_unknown_service_is_told_at_once_and_the_connection_stays_good(
    client: RpcClient,
) -> None:
    for _ in range(2):
        with pytest.raises(ServiceUnavailable, match="nobody"):
            client.call("nobody", "echo", 1, deadline=60)
    assert client.call(SERVICE, "echo", 1) == 1


def test_an_error_of_the_service_arrives_with_its_data(client: RpcClient) -> None:
    with pytest.raises(RemoteError) as caught:
        client.call(SERVICE, "refuse")
    assert caught.value.exc_type == "Refused"
    refused = from_wire(caught.value.data)
    assert isinstance(refused, Refused)
    assert refused.reason == "notice_too_short"
    with pytest.raises(RemoteError, match="InternalError") as unforeseen:
        client.call(SERVICE, "fail")
    assert unforeseen.value.data == {}


def test_after_the_deadline_the_outcome_is_not_known_and_the_late_reply_hurts_nobody(
    client: RpcClient, echo: ServiceProcess
) -> None:
    with pytest.raises(RpcTimeout, match="outcome not known"):
        client.call(SERVICE, "slow", 0.8, "late", deadline=0.2)
    echo.wait_for("finished late")
    assert client.call(SERVICE, "echo", "next") == "next"


def test_a_reply_to_an_earlier_call_is_not_taken_for_this_one(client: RpcClient) -> None:
    client.call(SERVICE, "echo", 1)
    with broker_channel(client._amqp_url, "forger") as channel:
        forged = amqp.Message(b'{"result": "forged", "error": null}', correlation_id="earlier")
        channel.basic_publish(forged, exchange="nameko-rpc", routing_key=client._reply_to)
        channel.confirm_select()
    assert client.call(SERVICE, "echo", "mine") == "mine"


def test_requests_are_transient_and_end_at_their_deadline(fresh_vhost: str) -> None:
    with broker_channel(fresh_vhost, "test") as channel:
        declare_rpc_queue(channel, "absent")
        channel.queue_declare("copy", durable=True)
        channel.queue_bind("copy", "nameko-rpc", routing_key="absent.*")
    before = time.time()
    with RpcClient(fresh_vhost) as client, pytest.raises(RpcTimeout):
        client.call("absent", "method", 1, deadline=0.7, key="v")
    with pika_channel(fresh_vhost) as raw:
        # Expired in the queue: nobody will do the work that nobody waits for.
        assert queue_length(fresh_vhost, rpc_queue("absent")) == 0
        raw.queue_bind("copy", "nameko-rpc", routing_key="#")
    with RpcClient(fresh_vhost) as client, pika_channel(fresh_vhost) as raw:
        seen = []
        raw.basic_consume("copy", lambda *message: seen.append(message), auto_ack=True)
        caller = threading.Thread(target=_call_in_vain, args=(client,))
        caller.start()
        while not seen:
            raw.connection.process_data_events(time_limit=0.05)
        caller.join()
    _, _, properties, body = seen[0]
    assert properties.delivery_mode == 1
    assert 0 < int(properties.expiration) <= 700
    assert before < properties.headers[DEADLINE_HEADER] / 1000 < time.time() + 0.7
    assert json.loads(body) == {"args": [1], "kwargs": {"key": "v"}}


def test_a_second_thread_is_refused(client: RpcClient) -> None:
    client.call(SERVICE, "echo", 1)
    refused: list[Exception] = []

    def call_from_here() -> None:
        try:
            client.call(SERVICE, "echo", 2)
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=call_from_here)
    thread.start()
    thread.join(10)
    assert "one thread" in str(refused[0])
    assert client.call(SERVICE, "echo", 3) == 3


def test_a_frozen_broker_costs_no_more_than_the_deadline(
    echo: ServiceProcess, amqp_url: str
) -> None:
    with BrokerProxy(amqp_url) as proxy, RpcClient(proxy.url, heartbeat=60) as client:
        assert client.call(SERVICE, "echo", 1) == 1
        proxy.freeze()
        _ends_by_its_deadline(RpcTimeout, client, "x")
        _ends_by_its_deadline(ServiceUnavailable, client, "x")  # it cannot connect anew
        proxy.thaw()
        assert client.call(SERVICE, "echo", 2) == 2
        proxy.freeze()
        _ends_by_its_deadline(RpcTimeout, client, "x" * 20_000_000)  # more than the socket takes


def test_a_lost_connection_is_replaced_at_the_next_call(
    echo: ServiceProcess, amqp_url: str
) -> None:
    with BrokerProxy(amqp_url) as proxy, RpcClient(proxy.url) as client:
        assert client.call(SERVICE, "echo", 1) == 1
        proxy.cut()
        with suppress(RpcTimeout):  # the cut may be seen before or after the sending
            client.call(SERVICE, "echo", "perhaps")
        assert client.call(SERVICE, "echo", 2) == 2
        assert proxy.accepted == 2


def test_no_broker_at_all_is_told_as_unavailable(proxy: BrokerProxy) -> None:
    proxy.turn_away()
    with RpcClient(proxy.url) as client, pytest.raises(ServiceUnavailable):
        client.call(SERVICE, "echo", 1)


def test_it_calls_a_stock_nameko_service(fresh_vhost: str) -> None:
    with (
        ServiceProcess("stock_echo", fresh_vhost, "s") as service,
        RpcClient(fresh_vhost) as caller,
    ):
        service.wait_ready()
        assert caller.call("s", "echo", [1, "二"]) == [1, "二"]
        with pytest.raises(RemoteError) as caught:
            caller.call("s", "fail")
        assert (caught.value.exc_type, caught.value.message) == ("ValueError", "told to fail")


def _call_in_vain(client: RpcClient) -> None:
    with pytest.raises(RpcTimeout):
        client.call("absent", "method", 1, deadline=0.7, key="v")


def _ends_by_its_deadline(expected: type[Exception], client: RpcClient, value: str) -> None:
    """The call of half a second raises; ten times that tells a busy machine from a hang."""
    begun = time.monotonic()
    with pytest.raises(expected):
        client.call(SERVICE, "echo", value, deadline=0.5)
    assert time.monotonic() - begun < 5.0
