"""Declarations: loud when they cannot be had, and never a deletion."""

from __future__ import annotations

import pytest
from pika.adapters.blocking_connection import BlockingChannel

from shared.messaging.topology import (
    TopologyMismatch,
    broker_channel,
    dead_letter_queue,
    declare_service,
    declare_subscription,
    internal_exchange,
    public_exchange,
    subscription_queue,
)
from tests.messaging.raw_amqp import pika_channel, queue_length, wait_length
from tests.messaging.waiting import wait_until

QUEUE = subscription_queue("assessment", "registry")
DEAD = dead_letter_queue("assessment", "registry")


def test_names_follow_the_published_scheme() -> None:
    assert internal_exchange("registry") == "registry.events"
    assert public_exchange("registry") == "registry.public.events"
    assert QUEUE == "jiandu.assessment.registry.v1"


def test_declaring_twice_changes_nothing(fresh_vhost: str) -> None:
    for _ in range(2):
        with broker_channel(fresh_vhost, "test") as channel:
            declare_service(channel, "registry")
            assert declare_subscription(channel, "assessment", "registry") == QUEUE


def test_a_queue_that_exists_with_other_arguments_is_named_at_once(fresh_vhost: str) -> None:
    with pika_channel(fresh_vhost) as channel:
        channel.queue_declare(QUEUE, durable=True)
    with (
        pytest.raises(TopologyMismatch, match=QUEUE),
        broker_channel(fresh_vhost, "test") as ours,
    ):
        declare_subscription(ours, "assessment", "registry")


def test_an_exchange_that_exists_with_another_type_is_named_at_once(fresh_vhost: str) -> None:
    with pika_channel(fresh_vhost) as channel:
        channel.exchange_declare("registry.public.events", "fanout", durable=True)
    with (
        pytest.raises(TopologyMismatch, match=r"registry\.public\.events"),
        broker_channel(fresh_vhost, "test") as ours,
    ):
        declare_service(ours, "registry")


def test_a_message_past_its_delivery_limit_is_kept_among_the_dead_letters(
    fresh_vhost: str,
) -> None:
    with broker_channel(fresh_vhost, "test") as ours:
        declare_subscription(ours, "assessment", "registry")
    with pika_channel(fresh_vhost) as channel:
        # Our arguments with a limit added, as an operator's policy or RabbitMQ 4 would.
        limited = {
            "x-queue-type": "quorum",
            "x-delivery-limit": 1,
            "x-dead-letter-exchange": "jiandu.dead-letters",
            "x-dead-letter-routing-key": QUEUE,
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        }
        channel.queue_declare("limited", durable=True, arguments=limited)
        channel.basic_publish("", "limited", b"poison")
        _return_until_gone(channel, "limited")
    wait_length(fresh_vhost, DEAD, 1)


def test_the_harness_can_fail_without_a_dead_letter_exchange_the_message_is_deleted(
    fresh_vhost: str,
) -> None:
    with pika_channel(fresh_vhost) as channel:
        bare = {"x-queue-type": "quorum", "x-delivery-limit": 1}
        channel.queue_declare("bare", durable=True, arguments=bare)
        channel.basic_publish("", "bare", b"poison")
        _return_until_gone(channel, "bare")
        assert queue_length(fresh_vhost, "bare") == 0


def _return_until_gone(channel: BlockingChannel, queue: str) -> None:
    """Give the message back as often as the limit lets us."""
    returned = 0

    def gone_after_returning() -> bool:
        nonlocal returned
        method, _, _ = channel.basic_get(queue)
        if method is not None:
            channel.basic_nack(method.delivery_tag, requeue=True)
            returned += 1
        return returned >= 2 and method is None

    wait_until(gone_after_returning, what=f"{queue} empty")
