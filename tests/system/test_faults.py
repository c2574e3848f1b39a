"""Processes killed and servers stopped in the middle of work: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pika.exceptions import ChannelClosedByBroker

from deploy import local
from deploy.local.processes import wait_until
from shared.messaging.rpc_client import RpcError
from shared.messaging.topology import internal_exchange, subscription_queue
from shared.service.client import ServiceClient
from tests.messaging.raw_amqp import pika_channel
from tests.system.bureau import ANYONE, CITY, OFFICER, Bureau, figures
from tests.system.installation import PATIENCE, Installation, settle
from tests.system.load import Crowd, assert_gapless, crowd

pytestmark = pytest.mark.fault

QUEUE = subscription_queue("assessment", "registry")
EXCHANGE = internal_exchange("registry")


_YEARS = iter(random.sample(range(1950, 2020), 70))


def record_figures(bureau: Bureau) -> int:
    """Put a year on record that has none yet; assessment must come to show it."""
    year = next(_YEARS)
    bureau.send(OFFICER, "RecordDistrictFigures", figures(year, d430211=3, d430203=1))
    return year


def shows(client: ServiceClient, year: int) -> bool:
    covered = client.query(ANYONE, "assessment", "ShowCoverage", {"division": CITY, "year": year})
    entities = {row["division"]: row["market_entities"] for row in covered["districts"]}
    return entities.get("430211") == 3 and entities.get("430203") == 1


def wait_until_shown(client: ServiceClient, *years: int) -> None:
    missing = set(years)

    def all_shown() -> bool:
        missing.difference_update({year for year in missing if shows(client, year)})
        return not missing

    assert wait_until(all_shown, PATIENCE), f"assessment does not show {missing}"


def assert_nothing_lost(system: Installation, bureau: Bureau, submitted: Crowd) -> None:
    """Each command once in the log, positions gapless, the read models just as the log."""
    with system.superuser() as connection:
        settle(connection)
        submitted.assert_each_happened_once(connection)
        assert_gapless(connection)

    def models_follow() -> bool:
        seen = bureau.applications(submitted.batch_id)
        return seen.keys() == set(submitted.sent.values())

    assert wait_until(models_follow, PATIENCE)
    bureau.wait_for_assessment()
    assert wait_until(lambda: published_all(bureau.client), PATIENCE)


def published_all(client: ServiceClient) -> bool:
    told = client.ask("registry", "status")
    return bool(told["published"] == told["head"] and told["unnumbered"] == 0)


def answers(client: ServiceClient) -> bool:
    try:
        return int(client.ask("registry", "head")) >= 0
    except RpcError:
        return False


@contextmanager
def outside_queue(system: Installation) -> Iterator[str]:
    """A durable queue of another party's, bound to all public events of the registry."""
    name = f"outside-{secrets.token_hex(8)}"
    with pika_channel(system.amqp_url) as channel:
        channel.queue_declare(name, durable=True)
        channel.queue_bind(name, "registry.public.events", "#")
    try:
        yield name
    finally:
        with pika_channel(system.amqp_url) as channel:
            channel.queue_delete(name)


def positions_in(system: Installation, queue: str) -> set[int]:
    """Positions of all messages that lie in the queue; they are taken out."""
    with pika_channel(system.amqp_url) as channel:
        found: set[int] = set()
        while True:
            method, properties, _ = channel.basic_get(queue, auto_ack=True)
            if method is None:
                return found
            found.add(int(str(properties.message_id).rpartition("/")[2]))


def test_a_killed_api_carries_out_each_command_once(healed: Installation, bureau: Bureau) -> None:
    with crowd(healed, bureau) as submitting:
        submitting.wait_for_answers(20)
        healed.kill("registry-api")
        healed.up()
        submitting.wait_for_answers(20)
    assert_nothing_lost(healed, bureau, submitting)


def test_a_killed_log_process_loses_and_doubles_nothing(
    healed: Installation, bureau: Bureau
) -> None:
    with crowd(healed, bureau) as submitting:
        submitting.wait_for_answers(20)
        healed.kill("registry-log")
        submitting.wait_for_answers(20)  # commands need no relay
        healed.up()
        submitting.wait_for_answers(20)
    assert_nothing_lost(healed, bureau, submitting)


def test_assessment_catches_up_by_the_feed_after_its_messages_were_thrown_away(
    healed: Installation, bureau: Bureau, client: ServiceClient
) -> None:
    healed.kill("assessment-log")
    down = {part["name"]: part["ready"] for part in local.status(healed.place.root)}
    assert (down["assessment-log"], down["registry-log"]) == (False, True)
    years = [record_figures(bureau) for _ in range(3)]
    assert wait_until(lambda: published_all(client), PATIENCE)
    with pika_channel(healed.amqp_url) as channel:
        assert channel.queue_purge(QUEUE).method.message_count >= len(years)
    assert not any(shows(client, year) for year in years)
    healed.up()
    wait_until_shown(client, *years)


def is_declared(system: Installation, queue: str) -> bool:
    try:
        with pika_channel(system.amqp_url) as channel:
            channel.queue_declare(queue, passive=True)
    except ChannelClosedByBroker:
        return False
    return True


def test_coverage_follows_although_its_queue_was_deleted(
    healed: Installation, bureau: Bureau, client: ServiceClient
) -> None:
    with pika_channel(healed.amqp_url) as channel:
        channel.queue_delete(QUEUE)
    wait_until_shown(client, record_figures(bureau))
    assert wait_until(lambda: is_declared(healed, QUEUE), PATIENCE), "nobody made it again"


def test_coverage_follows_although_the_last_message_never_came(
    healed: Installation, bureau: Bureau, client: ServiceClient
) -> None:
    with pika_channel(healed.amqp_url) as channel:
        channel.queue_unbind(QUEUE, EXCHANGE, "#")
        year = record_figures(bureau)
        assert wait_until(lambda: published_all(client), PATIENCE)
        channel.queue_bind(QUEUE, EXCHANGE, "#")
    wait_until_shown(client, year)  # nothing else is said: only the source's head tells


def test_after_the_broker_was_stopped_commands_answer_and_publication_resumes_from_its_mark(
    healed: Installation, bureau: Bureau, client: ServiceClient
) -> None:
    with outside_queue(healed) as queue:
        first = client.ask("registry", "head") + 1
        relay = healed.process("registry-log").pid
        os.kill(relay, signal.SIGSTOP)  # what is appended now is neither numbered nor published
        try:
            with crowd(healed, bureau) as submitting:
                submitting.wait_for_answers(10)
            healed.stop_rabbitmq()
        finally:
            os.kill(relay, signal.SIGCONT)
        with healed.superuser() as connection:
            settle(connection)  # the log is numbered on while the broker is away
        healed.up()
        assert wait_until(lambda: answers(client), PATIENCE)
        assert wait_until(lambda: published_all(client), PATIENCE)
        assert_nothing_lost(healed, bureau, submitting)
        year = record_figures(bureau)
        wait_until_shown(client, year)
        assert wait_until(lambda: published_all(client), PATIENCE)
        head = client.ask("registry", "head")
        assert positions_in(healed, queue) == set(range(first, head + 1))


def test_when_the_broker_closes_all_connections_in_mid_load_nothing_is_lost(
    healed: Installation, bureau: Bureau
) -> None:
    with crowd(healed, bureau) as submitting:
        for _ in range(2):
            submitting.wait_for_answers(15)
            healed.close_broker_connections()
        submitting.wait_for_answers(15)
    assert_nothing_lost(healed, bureau, submitting)


def test_after_the_database_was_restarted_in_mid_load_nothing_is_lost(
    healed: Installation, bureau: Bureau
) -> None:
    with crowd(healed, bureau) as submitting:
        submitting.wait_for_answers(15)
        healed.stop_postgres()
        healed.up()
        submitting.wait_for_answers(15)
    assert_nothing_lost(healed, bureau, submitting)
