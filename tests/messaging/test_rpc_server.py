"""Requests that hurt a stock nameko service, and what ours makes of them."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.processes import wait_until
from shared.messaging.rpc_client import RpcClient
from shared.messaging.rpc_wire import DEADLINE_HEADER
from shared.messaging.topology import rpc_queue
from tests.messaging.proxy import BrokerProxy
from tests.messaging.raw_amqp import RawCaller, pika_channel, queue_length, wait_length
from tests.messaging.service_process import ServiceProcess

SERVICE = "hardened-echo"


def call_body(*args: Any, **kwargs: Any) -> bytes:
    return json.dumps({"args": args, "kwargs": kwargs}).encode()


@pytest.fixture(scope="module")
def echo(amqp_url: str) -> Iterator[ServiceProcess]:
    """One service for all tests of this module: it must survive every one of them."""
    with ServiceProcess("echo", amqp_url, SERVICE) as service:
        yield service.wait_ready()


@pytest.fixture
def caller(amqp_url: str, echo: ServiceProcess) -> Iterator[RawCaller]:
    """A raw caller; afterwards the service still answers and nothing is left in its queue."""
    with pika_channel(amqp_url) as channel:
        raw = RawCaller(channel)
        yield raw
        assert echo.is_alive, "\n".join(echo.lines)
        assert raw.ask(f"{SERVICE}.echo", call_body("alive"))["result"] == "alive"
        assert queue_length(amqp_url, rpc_queue(SERVICE)) == 0


def test_a_request_is_answered_transiently_and_with_an_end(caller: RawCaller) -> None:
    correlation_id = caller.send(f"{SERVICE}.echo", call_body({"名": [1, None]}))
    answered = caller.answer()
    assert answered is not None
    properties, body = answered
    assert body == {"result": {"名": [1, None]}, "error": None}
    assert properties.correlation_id == correlation_id
    assert properties.delivery_mode == 1
    assert 0 < int(properties.expiration) <= 60_000


def test_a_request_without_reply_to_is_logged_and_not_carried_out(
    caller: RawCaller, echo: ServiceProcess
) -> None:
    caller.send(f"{SERVICE}.echo", call_body("nobody listens"), reply=False)
    echo.wait_for("rpc_without_reply_to")
    assert not echo.printed("echoing nobody listens")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"args": ["\xff\xfe"], "kwargs": {}}',
        b'{"args": ["\\ud800"], "kwargs": {}}',
        b"null",
        b"[]",
        b'"text"',
        b'{"kwargs": {}}',
        b'{"args": [1]}',
        b'{"args": {}, "kwargs": {}}',
        b'{"args": [1], "kwargs": []}',
        b'{"args": [NaN], "kwargs": {}}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_request_is_answered_as_malformed(caller: RawCaller, body: bytes) -> None:
    for encoding in (None, "utf-8"):
        answer = caller.ask(f"{SERVICE}.echo", body, content_encoding=encoding)
        assert answer["result"] is None
        assert answer["error"]["exc_type"] == "MalformedRequest"


@pytest.mark.parametrize("content_type", [None, "application/x-python-serialize", "text/plain"])
def test_another_content_type_is_answered_as_malformed(
    caller: RawCaller, content_type: str | None
) -> None:
    answer = caller.ask(f"{SERVICE}.echo", call_body(1), content_type=content_type)
    assert answer["error"]["exc_type"] == "MalformedRequest"


def test_an_oversized_body_is_answered_as_too_large(caller: RawCaller) -> None:
    answer = caller.ask(f"{SERVICE}.echo", call_body("x" * (1024 * 1024)))
    assert answer["error"]["exc_type"] == "TooLarge"


def test_a_compressed_body_is_refused_and_not_unpacked(caller: RawCaller) -> None:
    bomb = zlib.compress(b"x" * 50_000_000)
    answer = caller.ask(f"{SERVICE}.echo", bomb, headers={"compression": "application/x-gzip"})
    assert answer["error"]["exc_type"] == "MalformedRequest"


@pytest.mark.parametrize("stack", [7, [1, 2], "text"])
def test_a_poisoned_call_id_header_does_not_reach_the_worker(
    caller: RawCaller, stack: object
) -> None:
    headers = {"nameko.call_id_stack": stack}
    answer = caller.ask(f"{SERVICE}.echo", call_body(1), headers=headers)
    assert answer == {"result": 1, "error": None}


def test_unknown_method_and_wrong_arguments_are_answered(caller: RawCaller) -> None:
    assert caller.ask(f"{SERVICE}.nope", call_body())["error"]["exc_type"] == "MethodNotFound"
    error = caller.ask(f"{SERVICE}.echo", call_body(1, 2, 3))["error"]
    assert error["exc_type"] == "IncorrectSignature"


def test_our_own_errors_travel_whole_and_foreign_texts_stay_at_home(caller: RawCaller) -> None:
    refused = caller.ask(f"{SERVICE}.refuse", call_body())["error"]
    assert refused["exc_type"] == "Refused"
    assert refused["data"]["reason"] == "notice_too_short"
    assert refused["data"]["fields"] == ["until"]
    failed = caller.ask(f"{SERVICE}.fail", call_body())["error"]
    assert failed["exc_type"] == "InternalError"
    assert "13800138000" not in json.dumps(failed)


def test_results_that_cannot_travel_are_answered_as_errors(caller: RawCaller) -> None:
    error = caller.ask(f"{SERVICE}.unserializable", call_body())["error"]
    assert error["exc_type"] == "Unserializable"
    error = caller.ask(f"{SERVICE}.huge", call_body(200_000))["error"]
    assert error["exc_type"] == "TooLarge"


def test_an_expired_request_is_dropped_before_work_starts(
    caller: RawCaller, echo: ServiceProcess
) -> None:
    past, future = int((time.time() - 1) * 1000), int((time.time() + 60) * 1000)
    caller.send(f"{SERVICE}.echo", call_body("too late"), headers={DEADLINE_HEADER: past})
    echo.wait_for("rpc_expired")
    in_time = caller.ask(f"{SERVICE}.echo", call_body("in time"), headers={DEADLINE_HEADER: future})
    assert in_time["result"] == "in time"
    assert not echo.printed("echoing too late")
    odd = caller.ask(f"{SERVICE}.echo", call_body(1), headers={DEADLINE_HEADER: "soon"})
    assert odd["error"]["exc_type"] == "MalformedRequest"


def test_replies_open_no_connection_of_their_own(amqp_url: str, fresh_vhost: str) -> None:
    with (
        BrokerProxy(fresh_vhost) as proxy,
        ServiceProcess("echo", proxy.url, "counted") as service,
    ):
        service.wait_ready()
        before = proxy.accepted
        with RpcClient(fresh_vhost) as client:
            for number in range(50):
                assert client.call("counted", "echo", number) == number
        assert proxy.accepted == before


def test_a_request_queue_with_other_arguments_ends_the_start_with_its_name(
    fresh_vhost: str,
) -> None:
    with pika_channel(fresh_vhost) as channel:
        channel.queue_declare(rpc_queue("e"), durable=True, arguments={"x-max-length": 5})
    with ServiceProcess("echo", fresh_vhost, "e") as service:
        assert service.wait_end(15) != 0
        assert service.printed("TopologyMismatch")
        assert service.printed(rpc_queue("e"))


def test_a_service_waiting_for_its_broker_hears_sigterm(proxy: BrokerProxy) -> None:
    proxy.turn_away()
    with ServiceProcess("echo", proxy.url, "e") as service:
        service.wait_for("broker_unreachable_at_start")
        assert service.terminate(8) == 0
    with ServiceProcess("echo", proxy.url, "e") as service:
        assert service.wait_end(20) != 0, "it must give up in the end"


def test_a_service_whose_broker_went_hears_sigterm(proxy: BrokerProxy) -> None:
    with ServiceProcess("echo", proxy.url, "e") as service:
        service.wait_ready()
        proxy.turn_away()
        service.wait_for("broker_unreachable")
        assert service.terminate(10) == 0


def test_a_service_whose_broker_froze_hears_sigterm(proxy: BrokerProxy) -> None:
    with ServiceProcess("echo", proxy.url, "e") as service:
        service.wait_ready()
        proxy.freeze()
        assert service.terminate(20) == 0


def test_a_service_finds_its_broker_again(fresh_vhost: str, proxy: BrokerProxy) -> None:
    with ServiceProcess("echo", proxy.url, "e") as service, RpcClient(fresh_vhost) as client:
        service.wait_ready()
        proxy.cut()
        assert client.call("e", "echo", "again", deadline=15) == "again"


def test_sigterm_lets_running_work_finish_and_answer_once(fresh_vhost: str) -> None:
    with ServiceProcess("echo", fresh_vhost, "e") as service, pika_channel(fresh_vhost) as channel:
        service.wait_ready()
        caller = RawCaller(channel)
        caller.send("e.slow", call_body(2.0, "work"))
        service.wait_for("begun work")
        assert service.terminate() == 0
        assert service.printed("finished work")
        answered = caller.answer()
        assert answered is not None
        assert answered[1] == {"result": "work", "error": None}
        wait_length(fresh_vhost, rpc_queue("e"), 0)


def test_a_second_signal_cuts_hanging_work_off(fresh_vhost: str) -> None:
    with ServiceProcess("echo", fresh_vhost, "e") as service, pika_channel(fresh_vhost) as channel:
        service.wait_ready()
        RawCaller(channel).send("e.slow", call_body(3600, "endless"))
        service.wait_for("begun endless")
        service.process.terminate()
        service.wait_for("service_stopping")
        assert service.terminate(10) == 70
        wait_length(fresh_vhost, rpc_queue("e"), 1)


def test_the_runner_refuses_a_process_that_is_not_prepared(fresh_vhost: str) -> None:
    with ServiceProcess("echo", fresh_vhost, "e", PSYCOPG_WAIT_FUNC="") as service:
        assert service.wait_end() != 0
        assert service.printed("PSYCOPG_WAIT_FUNC=wait_selector must be set")
    with ServiceProcess("unpatched", fresh_vhost) as service:
        assert service.wait_end() != 0
        assert service.printed("eventlet.monkey_patch() must be the first line")


class TestTheHarnessCanFail:
    """The same poison in a stock nameko service."""

    def test_a_request_without_reply_to_kills_it_and_again_at_the_next_start(
        self, fresh_vhost: str
    ) -> None:
        with (
            ServiceProcess("stock_echo", fresh_vhost, "s") as service,
            pika_channel(fresh_vhost) as channel,
        ):
            service.wait_ready()
            RawCaller(channel).send("s.echo", call_body(1), reply=False)
            assert service.wait_end() != 0
        with ServiceProcess("stock_echo", fresh_vhost, "s") as service:
            assert service.wait_end() != 0

    def test_unreadable_bodies_are_dropped_without_an_answer(self, fresh_vhost: str) -> None:
        with (
            ServiceProcess("stock_echo", fresh_vhost, "s") as service,
            pika_channel(fresh_vhost) as channel,
        ):
            service.wait_ready()
            caller = RawCaller(channel)
            caller.send("s.echo", call_body(1), content_type="text/plain")
            caller.send("s.echo", b'{"args": ["\xff"], "kwargs": {}}')
            assert caller.answer(seconds=1.5) is None
            wait_length(fresh_vhost, rpc_queue("s"), 0)
            assert caller.ask("s.echo", call_body(2))["result"] == 2

    def test_a_request_queue_with_other_arguments_hangs_its_start(self, fresh_vhost: str) -> None:
        with pika_channel(fresh_vhost) as channel:
            channel.queue_declare(rpc_queue("s"), durable=True, arguments={"x-max-length": 5})
        with ServiceProcess("stock_echo", fresh_vhost, "s") as service:
            service.wait_for("PRECONDITION_FAILED")
            assert service.is_alive
            assert not service.printed("ready")

    def test_work_finished_after_sigterm_is_delivered_again(self, fresh_vhost: str) -> None:
        """More often than not: now and then its acknowledgement is faster than its end."""
        assert any(_left_by_stock(fresh_vhost) for _ in range(5))


def _left_by_stock(vhost: str) -> bool:
    """Whether work that a stock service finished while it ended lies in its queue once more."""
    with ServiceProcess("stock_echo", vhost, "s") as service, pika_channel(vhost) as channel:
        service.wait_ready()
        RawCaller(channel).send("s.slow", call_body(2.0, "work"))
        service.wait_for("begun work")
        service.terminate()
        assert service.printed("finished work")
    return wait_until(lambda: queue_length(vhost, rpc_queue("s")) == 1, 5.0)
