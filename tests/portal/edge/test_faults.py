"""A service is killed, the broker stands still: the edge says so in time, and the rest works."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from psycopg import sql

from deploy.local import rabbitmq
from deploy.local.processes import running, wait_until
from services.portal.web.server import LONGEST_MS
from services.portal.web.settings import WebSettings
from shared.contracts.errors import Unavailable
from shared.contracts.roles import Role
from shared.postgres.connect import SILENCE_SECONDS
from tests.portal.client import Client, problem
from tests.portal.people import People
from tests.system.bureau import CITY, LEADER, Bureau, batch, new_id
from tests.system.installation import PATIENCE, Installation

pytestmark = pytest.mark.fault

DEADLINE = WebSettings.query_seconds
COMMAND_DEADLINE = WebSettings.command_seconds
DATABASE_DEADLINE = LONGEST_MS / 1_000 + SILENCE_SECONDS
SLACK = 4.0
"""Seconds that a busy machine may add to a deadline."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The block ends by this deadline of ours, a busy machine's slack added."""
    begun = time.monotonic()
    yield
    taken = time.monotonic() - begun
    assert taken < seconds + SLACK, f"{taken:.1f} s for a deadline of {seconds} s"


@contextmanager
def frozen_broker(system: Installation) -> Iterator[None]:
    if running(rabbitmq.NODE, system.place.root) is None:
        pytest.skip("the broker is given by JIANDU_AMQP_URL and cannot be frozen")
    with system.frozen(rabbitmq.NODE):
        yield


def _works(client: Client, path: str) -> bool:
    return client.get(path).status_code == 200


def test_a_killed_service_is_away_while_others_answer_and_comes_back(
    healed: Installation, people: People, bureau: Bureau
) -> None:
    leader, nobody = people.known(Role.LEADER), people.nobody()
    assert _works(nobody, "/batches")
    healed.kill("registry-api")
    for _ in range(4):
        with within(DEADLINE):
            answer = nobody.get("/batches")
        told = problem(answer, 503, "service_away")
        assert "联系点遴选" in told["detail"]
        assert int(answer.headers["Retry-After"]) > 0
    with within(COMMAND_DEADLINE):
        sent = leader.send("/batches", batch(bureau.today))
    assert sent.status_code in (503, 504)
    assert nobody.get("/coverage", division=CITY).status_code == 200
    assert leader.get("/sessions/current").status_code == 200
    healed.heal()
    assert wait_until(lambda: _works(nobody, "/batches"), PATIENCE)


def test_the_operator_sees_which_service_is_away(healed: Installation, people: People) -> None:
    operator = people.known(Role.OPERATOR)
    healed.kill("assessment-api")
    items = {its["service"]: its for its in operator.get("/status").json()["items"]}
    assert items["assessment"]["reachable"] is False
    assert items["registry"]["reachable"] is True
    assert items["portal"]["reachable"] is True


def test_a_command_whose_outcome_is_not_known_is_asked_about_by_sending_it_again(
    healed: Installation, people: People, bureau: Bureau
) -> None:
    leader, key, payload = people.known(Role.LEADER), new_id(), batch(bureau.today)
    assert leader.send("/batches", batch(bureau.today)).status_code == 201  # the key is known now
    with healed.frozen("registry-api"), within(COMMAND_DEADLINE):
        answer = leader.send("/batches", payload, key=key)
    told = problem(answer, 504, "outcome_unknown")
    assert "同一个办理编号" in told["detail"]
    assert wait_until(
        lambda: leader.send("/batches", payload, key=key).status_code == 201, PATIENCE
    )


@contextmanager
def without_database(system: Installation, service: str) -> Iterator[None]:
    """The service's own database takes no connections, and those that were there are ended."""
    with system.superuser("assessment") as connection:  # of the same server, in another database
        name = system.database(service)
        allow = "ALTER DATABASE {} ALLOW_CONNECTIONS {}"
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(sql.SQL(allow).format(sql.Identifier(name), sql.SQL("false")))
        connection.execute(end, (name,))
        try:
            yield
        finally:
            connection.execute(sql.SQL(allow).format(sql.Identifier(name), sql.SQL("true")))


def test_a_service_without_its_database_says_that_it_cannot_be_used_now(
    healed: Installation, people: People, bureau: Bureau
) -> None:
    leader, nobody = people.known(Role.LEADER), people.nobody()
    payload, key = batch(bureau.today), new_id()
    assert _works(nobody, "/batches")
    with without_database(healed, "registry"):
        for _ in range(3):
            told = problem(nobody.get("/batches"), 503, "service_away")
            assert "请稍后再试" in told["detail"]
        # Nothing hides the service's own answer from the console, which waits for longer.
        with pytest.raises(Unavailable) as refusal:
            bureau.client.query(LEADER, "registry", "ListBatches", {})
        assert not refusal.value.may_be_done
        sent = leader.send("/batches", payload, key=key)
        assert sent.status_code in (503, 504), sent.text
        assert nobody.get("/coverage", division=CITY).status_code == 200
    assert wait_until(
        lambda: leader.send("/batches", payload, key=key).status_code == 201, PATIENCE
    )


def test_a_broker_that_stands_still_holds_nobody_up(
    healed: Installation, people: People, bureau: Bureau
) -> None:
    leader, nobody = people.known(Role.LEADER), people.nobody()
    assert _works(nobody, "/batches")
    with frozen_broker(healed):
        with within(DEADLINE):
            problem(nobody.get("/batches"), 503, "service_away")
        with within(COMMAND_DEADLINE):
            sent = leader.send("/batches", batch(bureau.today))
        assert sent.status_code in (503, 504)
        assert leader.get("/sessions/current").status_code == 200  # accounts need no broker
    assert wait_until(lambda: _works(nobody, "/batches"), PATIENCE)


def test_databases_that_stand_still_hold_nobody_up(healed: Installation, people: People) -> None:
    """Not refused and not closed: a page that needs to know who asks says so in time."""
    if not healed.servers.private_postgres:
        pytest.skip("the server is given by JIANDU_POSTGRES_URL and cannot be frozen")
    leader = people.known(Role.LEADER)
    assert _works(leader, "/sessions/current")
    with healed.frozen_postgres():
        for _ in range(3):  # later ones find no connection any more
            with within(DATABASE_DEADLINE):
                answer = leader.get("/sessions/current")
            problem(answer, 503, "service_away")
        with within(DATABASE_DEADLINE):
            entering = people.nobody().ask(
                "POST", "/sessions", json={"login": "nobody", "password": "no password"}
            )
        problem(entering, 503, "service_away")
    assert wait_until(lambda: _works(leader, "/sessions/current"), PATIENCE)
