"""What comes of the broker is counted, and how much waits there; its management may be silent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.local import Infrastructure
from shared.messaging.topology import rpc_queue, subscription_queue
from shared.observability import metrics
from shared.observability.broker_queues import QueuesUnknown, depths
from shared.service.queue_watch import QueueWatch, queues_of
from tests.messaging.source_log import CONSUMER, SOURCE, ReadModel, SourceLog, following
from tests.messaging.waiting import wait_until
from tests.observability.conftest import PATIENCE
from tests.observability.sample import value

QUEUE = subscription_queue(CONSUMER, SOURCE)
SILENT = "http://jiandu:hush@127.0.0.1:1"


@pytest.fixture(autouse=True)
def nothing_shown() -> Iterator[None]:
    yield
    metrics.forget_leadership()


def test_what_the_broker_lost_doubled_and_spoilt_is_counted(fresh_vhost: str) -> None:
    def counted() -> dict[str, float]:
        names = ("gaps_repaired", "events_from_feed", "duplicates_dropped", "malformed")
        return {name: value(f"jiandu_subscription_{name}_total", source=SOURCE) for name in names}

    before = counted()
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost) as subscription:
        wait_until(lambda: subscription.status().head is not None, PATIENCE)
        wait_until(lambda: subscription.status().connected, PATIENCE)
        log.append(10)
        log.deliver([1, 2, 3, 7, 8, 9, 10])
        model.wait_for(10, PATIENCE)
        log.deliver([1, 10])
        log.deliver_raw([b"not json"])
        log.deliver(log.append(1))
        model.wait_for(11, PATIENCE)
    assert {name: count - before[name] for name, count in counted().items()} == {
        "gaps_repaired": 1, "events_from_feed": 3, "duplicates_dropped": 2, "malformed": 1,
    }  # fmt: skip


def test_what_waits_in_a_queue_is_shown_and_a_queue_that_is_not_there_is_not(
    fresh_vhost: str, infrastructure: Infrastructure
) -> None:
    assert infrastructure.management_url is not None
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost) as subscription:
        wait_until(lambda: subscription.status().connected, PATIENCE)
    log.deliver([1, 2, 3])
    queues = queues_of(CONSUMER, [SOURCE])
    watch = QueueWatch(infrastructure.management_url, fresh_vhost, queues)

    def shown() -> bool:
        watch.look()
        return value("jiandu_queue_messages", queue=QUEUE, state="ready") == 3

    wait_until(shown, PATIENCE, "three messages wait")
    assert rpc_queue(CONSUMER) not in depths(infrastructure.management_url, fresh_vhost, queues)


def test_a_silent_management_api_harms_nobody_and_shows_nothing() -> None:
    metrics.QUEUE_MESSAGES.labels(QUEUE, "ready").set(7)
    QueueWatch(SILENT, "amqp://127.0.0.1/v", [QUEUE]).look()
    assert value("jiandu_queue_messages", queue=QUEUE, state="ready") == 0


@pytest.mark.parametrize("url", [SILENT, "nonsense", "http://127.0.0.1:notaport"])
def test_why_it_is_silent_is_told_without_password(url: str) -> None:
    with pytest.raises(QueuesUnknown) as unknown:
        depths(url, "amqp://127.0.0.1/v", [QUEUE])
    assert "hush" not in str(unknown.value)
