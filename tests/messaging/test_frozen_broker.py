"""SIGSTOP of the broker's process: the worst it can do, for it closes nothing and says nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local import binaries, rabbitmq
from deploy.local.lock import exclusive
from deploy.local.place import prepare
from deploy.local.processes import running
from shared.messaging.publisher import Outgoing, PipelinedPublisher, PublishFailed
from shared.messaging.rpc_client import RpcClient, RpcTimeout, ServiceUnavailable
from tests.messaging.service_process import ServiceProcess
from tests.messaging.source_log import ReadModel, SourceLog, following
from tests.messaging.waiting import wait_until

pytestmark = pytest.mark.fault


class OwnNode:
    """A broker of this module's own: nobody else notices that it stands still."""

    def __init__(self, url: str, pid: int) -> None:
        self.url, self._pid = url, pid

    @contextmanager
    def frozen(self) -> Iterator[None]:
        os.kill(self._pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def own_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNode]:
    found = binaries.find_rabbitmq()
    if found is None:
        pytest.skip("the broker is given by JIANDU_AMQP_URL and none is installed to be frozen")
    place = prepare(Path(tmp_path_factory.mktemp("frozen")))
    with exclusive(place, print) as lock:
        try:
            node = rabbitmq.PrivateRabbitMQ(place, found, print, lock)
            node.finish(begun=node.begin())
            process = running(rabbitmq.NODE, place.root)
            assert process is not None
            yield OwnNode(rabbitmq.amqp_url(place), process.pid)
        finally:
            rabbitmq.stop(place)


def test_everything_of_ours_outlives_a_frozen_broker_and_goes_on_afterwards(
    own_node: OwnNode,
) -> None:
    message = Outgoing("registry.events", "T", b"{}", "m", "T", 0)
    log, model = SourceLog(own_node.url), ReadModel()
    with (
        PipelinedPublisher(
            own_node.url, confirm_timeout=1.0, exchanges=["registry.events"]
        ) as publisher,
        ServiceProcess("echo", own_node.url, "e") as service,
        RpcClient(own_node.url, heartbeat=60) as client,
        following(log, model, own_node.url, heartbeat=1) as subscription,
    ):
        service.wait_ready()
        assert client.call("e", "echo", 1) == 1
        wait_until(lambda: subscription.status().connected)
        log.deliver(log.append(3))
        model.wait_for(3)
        publisher.publish([])

        with own_node.frozen():
            with pytest.raises(PublishFailed):
                publisher.publish([message] * 300)
            with pytest.raises(PublishFailed):
                publisher.publish([message])
            with pytest.raises(RpcTimeout):
                client.call("e", "echo", 1, deadline=0.5)
            with pytest.raises(ServiceUnavailable):
                client.call("e", "echo", 1, deadline=0.5)
            log.append(4)
            model.wait_for(7)
            assert not subscription.status().connected

        wait_until(lambda: subscription.status().connected, seconds=30)
        log.deliver(log.append(2))
        model.wait_for(9)
        assert publisher.publish([message] * 300) == 300
        assert client.call("e", "echo", 2, deadline=20) == 2
        assert service.terminate() == 0


def test_a_service_ends_on_sigterm_while_its_broker_is_frozen(own_node: OwnNode) -> None:
    with ServiceProcess("echo", own_node.url, "e") as service:
        service.wait_ready()
        with own_node.frozen():
            assert service.terminate() == 0
