"""The lead of a log: when its process is killed or frozen, a standby has it, and only one has."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import orjson
import pytest

from deploy.local import ports
from deploy.local.processes import wait_until
from tests.chaos.checks import problems, verifier_keys
from tests.chaos.faults import FREEZE, KILL, Fault, heal, strike, thaw
from tests.chaos.load import Load, Subscriber
from tests.system.installation import PATIENCE, Installation, Rows, one

pytestmark = [pytest.mark.fault, pytest.mark.timeout(600)]

BAR_SECONDS = 5.0
"""From the strike to the first position that another process has numbered (issue 3)."""

LOGS = ("registry-log", "registry-log-2")
_LEADS, _STANDS_BY = "leads", "stands by"


@contextmanager
def working(system: Installation) -> Iterator[tuple[Load, Callable[[], list[str]]]]:
    """A steady load; with it, what pauses the load and tells all that is wrong by then."""
    load, subscriber = Load(system, seed=5), Subscriber(system.amqp_url)
    subscriber.start()
    assert subscriber.ready.wait(PATIENCE), "the subscriber could not connect"
    with system.client() as client:
        keys = verifier_keys(client)
        subscriber.since = client.ask("registry", "head")

    def wrongs() -> list[str]:
        load.pause()
        assert wait_until(load.idle, PATIENCE), f"never acknowledged: {load.waiting()}"
        return problems(system, load, subscriber, keys)

    load.start()
    try:
        yield load, wrongs
    finally:
        load.stop()
        subscriber.stop()


def stands(system: Installation, name: str) -> str:
    """What a log process says of itself at /readyz; empty while it says nothing."""
    url = f"http://127.0.0.1:{ports.remembered(system.place)[name]}/readyz"
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            body = answer.read()
    except urllib.error.HTTPError as unready:
        body = unready.read()
    except OSError:
        return ""
    return str(orjson.loads(body).get("stands", ""))


def leader_and_standby(system: Installation) -> tuple[str, str]:
    """Their names, once both have taken their places."""
    found: dict[str, str] = {}

    def settled() -> bool:
        found.clear()
        found.update({stands(system, name): name for name in LOGS})
        return found.keys() == {_LEADS, _STANDS_BY}

    assert wait_until(settled, PATIENCE), found
    return found[_LEADS], found[_STANDS_BY]


def holder(connection: Rows) -> int | None:
    """The database session that holds the lead of the registry's log."""
    row = connection.execute(
        "SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE l.locktype = 'advisory' AND l.granted"
        " AND a.application_name = 'jiandu relay registry'"
    ).fetchone()
    return None if row is None else int(row[0])


def head(connection: Rows) -> int:
    return int(one(connection, "SELECT coalesce(max(position), 0) FROM eventlog.ledger")[0])


def wait_until_numbered_by_another(connection: Rows, before: int) -> None:
    """Return once a session other than `before` leads and has numbered something."""
    assert wait_until(lambda: holder(connection) not in (None, before), PATIENCE, 0.02)
    reached = head(connection)
    assert wait_until(lambda: head(connection) > reached, PATIENCE, 0.02)


@pytest.mark.parametrize("kind", [KILL, FREEZE])
def test_a_standby_numbers_on_within_five_seconds_and_nothing_is_numbered_twice(
    replicated: Installation, kind: str
) -> None:
    leader, standby = leader_and_standby(replicated)
    with working(replicated) as (load, wrongs), replicated.superuser() as connection:
        assert wait_until(lambda: len(load.acknowledged) > 10, PATIENCE), load.waiting()
        session = holder(connection)
        assert session is not None

        struck = time.monotonic()
        frozen = strike(replicated, Fault(leader, kind))
        try:
            wait_until_numbered_by_another(connection, session)
            seconds = time.monotonic() - struck
            assert wait_until(lambda: stands(replicated, standby) == _LEADS, PATIENCE)
        finally:
            thaw(frozen)
        if kind == KILL:
            heal(replicated)
        assert leader_and_standby(replicated) == (standby, leader)

        acknowledged = len(load.acknowledged)
        assert wait_until(lambda: len(load.acknowledged) > acknowledged + 10, PATIENCE)
        assert wrongs() == []
    assert seconds <= BAR_SECONDS
