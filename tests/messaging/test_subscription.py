"""Following a log through a courier that loses, doubles, reorders, breaks and freezes."""

from __future__ import annotations

import threading

import orjson
import pytest

from shared.messaging.subscription import FEED_PAGE, LogSubscription
from shared.messaging.topology import TopologyMismatch, dead_letter_queue, subscription_queue
from tests.messaging.proxy import BrokerProxy
from tests.messaging.raw_amqp import pika_channel, wait_length
from tests.messaging.source_log import CONSUMER, SOURCE, ReadModel, SourceLog, event, following
from tests.messaging.waiting import wait_until

QUEUE = subscription_queue(CONSUMER, SOURCE)
DEAD = dead_letter_queue(CONSUMER, SOURCE)


def connected(subscription: LogSubscription) -> None:
    """Wait until it consumes and has heard of the source's head once."""

    def both() -> bool:
        status = subscription.status()
        return status.connected and status.head is not None

    wait_until(both, what="connected")


def test_a_fresh_consumer_catches_up_from_the_feed_page_by_page(fresh_vhost: str) -> None:
    log, model = SourceLog(fresh_vhost, length=2600), ReadModel()
    with following(log, model, fresh_vhost, batch_size=400):
        model.wait_for(2600)
    assert max(limit for _, limit in log.feed_calls) <= FEED_PAGE
    assert max(model.batches) == 400


def test_delivered_events_are_applied_in_batches_and_acknowledged(fresh_vhost: str) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        log.deliver(log.append(1000))
        model.wait_for(1000)
    assert log.feed_calls == []
    assert len(model.batches) < 200
    wait_length(fresh_vhost, QUEUE, 0)


def test_a_lost_message_is_read_from_the_feed(fresh_vhost: str) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        positions = log.append(10)
        log.deliver(position for position in positions if position not in (4, 5, 6))
        model.wait_for(10)
    assert log.feed_calls == [(3, 3)]
    wait_length(fresh_vhost, QUEUE, 0)


def test_doubled_and_reordered_messages_are_applied_once_in_order(fresh_vhost: str) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        positions = log.append(60)
        log.deliver([*reversed(positions), *positions, *positions[::3]])
        model.wait_for(60)
        log.deliver(positions)
        log.deliver(log.append(1))
        model.wait_for(61)
    wait_length(fresh_vhost, QUEUE, 0)


def test_a_lost_last_message_is_found_by_comparing_with_the_head(fresh_vhost: str) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost, head_interval=0.3) as subscription:
        connected(subscription)
        log.deliver(log.append(3))
        model.wait_for(3)
        log.append(1)
        model.wait_for(4)


def test_the_harness_can_fail_without_the_comparison_the_last_message_stays_lost(
    fresh_vhost: str,
) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost, head_interval=3600) as subscription:
        connected(subscription)
        log.deliver(log.append(3))
        model.wait_for(3)
        log.append(1)
        with pytest.raises(AssertionError, match="checkpoint 4"):
            model.wait_for(4, seconds=1.5)


def test_unreadable_messages_go_to_the_dead_letters_and_their_place_comes_from_the_feed(
    fresh_vhost: str,
) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    poison = [
        b"not json",
        b'{"position": 2, "type": "\xff\xfe"}',
        b"[]",
        b"",
        orjson.dumps(event(2) | {"position": "2"}),
        orjson.dumps(event(2) | {"source": "clues"}),
    ]
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        log.append(3)
        log.deliver([1])
        log.deliver_raw(poison)
        log.deliver([3])
        model.wait_for(3)
        wait_length(fresh_vhost, DEAD, len(poison))
    wait_length(fresh_vhost, QUEUE, 0)


def test_a_position_that_the_source_never_gave_is_refused_and_holds_up_nothing(
    fresh_vhost: str,
) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        log.deliver(log.append(2))
        log.deliver([10**12])
        wait_length(fresh_vhost, DEAD, 1)
        log.deliver(log.append(2))
        model.wait_for(4)


def test_a_poisoned_apply_backs_off_acknowledges_nothing_and_goes_on_after_the_fix(
    fresh_vhost: str,
) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    model.poison = 3
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        log.deliver(log.append(5))
        wait_until(lambda: subscription.status().apply_failures >= 3, what="three failures")
        assert model.attempts < 20, "it spins"
        assert subscription.status().checkpoint in (0, 1, 2)
    unapplied = 5 - len(model.applied)
    wait_length(fresh_vhost, QUEUE, unapplied)
    model.poison = None
    with following(log, model, fresh_vhost) as subscription:
        model.wait_for(5)
        wait_until(lambda: subscription.status().apply_failures == 0)
    wait_length(fresh_vhost, QUEUE, 0)


def test_an_apply_that_recovers_goes_on_without_a_restart(fresh_vhost: str) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    model.poison = 1
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        log.deliver(log.append(5))
        wait_until(lambda: subscription.status().apply_failures >= 2, what="two failures")
        model.poison = None
        model.wait_for(5)


def test_a_feed_that_is_down_is_asked_again_with_pauses(fresh_vhost: str) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, fresh_vhost) as subscription:
        connected(subscription)
        log.feed_broken = True
        log.append(5)
        log.deliver([1, 5])
        model.wait_for(1)
        wait_until(lambda: subscription.status().feed_failures >= 3, what="three failures")
        assert len(log.feed_calls) < 20, "it spins"
        log.feed_broken = False
        model.wait_for(5)


def test_a_broker_that_is_gone_is_replaced_by_the_feed_and_found_again(
    fresh_vhost: str, proxy: BrokerProxy
) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, proxy.url) as subscription:
        connected(subscription)
        log.deliver(log.append(5))
        model.wait_for(5)
        proxy.turn_away()
        wait_until(lambda: not subscription.status().connected, what="disconnected")
        log.append(7)
        model.wait_for(12)
        proxy.welcome()
        connected(subscription)
        log.deliver(log.append(2))
        model.wait_for(14)


def test_a_frozen_broker_is_noticed_by_heartbeats_and_replaced_by_the_feed(
    fresh_vhost: str, proxy: BrokerProxy
) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, proxy.url, heartbeat=1) as subscription:
        connected(subscription)
        log.deliver(log.append(2))
        model.wait_for(2)
        proxy.freeze()
        log.append(3)
        model.wait_for(5)
        assert not subscription.status().connected


def test_a_connection_lost_before_the_acknowledgement_applies_nothing_twice(
    fresh_vhost: str, proxy: BrokerProxy
) -> None:
    log, model = SourceLog(fresh_vhost), ReadModel()
    with following(log, model, proxy.url) as subscription:
        connected(subscription)
        for _ in range(5):
            log.deliver(log.append(50))
            proxy.cut()
        model.wait_for(250)
        wait_length(fresh_vhost, QUEUE, 0)


def test_a_queue_with_other_arguments_ends_the_run_with_its_name(fresh_vhost: str) -> None:
    with pika_channel(fresh_vhost) as channel:
        channel.queue_declare(QUEUE, durable=True)
    log, model = SourceLog(fresh_vhost), ReadModel()
    subscription = LogSubscription(
        CONSUMER, SOURCE, fresh_vhost, log.feed, log.head, model.apply, model.checkpoint
    )
    with pytest.raises(TopologyMismatch, match=QUEUE):
        subscription.run(threading.Event())
