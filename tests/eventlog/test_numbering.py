"""Invariant 4: gapless positions, nothing lost or doubled, "committed before began" kept.

The harness is shown to fail where it should: a naive reader loses events under the very load
the ledger survives, and a cached sequence breaks the order.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from deploy.local.binaries import find_postgres
from deploy.local.processes import wait_until
from shared.eventlog.relay import Deposed, NotPublished, Relay, relay_lock
from shared.eventlog.store import EventLog
from tests.eventlog.conftest import LogDatabase
from tests.eventlog.load import Committed, Load, NaiveReader, flaws, ledger, order_flaws
from tests.eventlog.making import NOON, PATIENCE, AClock, Courier, an_append

SECONDS_OF_LOAD = float(os.environ.get("JIANDU_LOAD_SECONDS", "8"))
PROJECT = Path(__file__).parent.parent.parent


def a_relay(log: EventLog, database: LogDatabase, clock: AClock | None = None) -> Relay:
    return Relay(database.runtime_url, log, clock or AClock(), Courier())


def number_everything(log: EventLog, database: LogDatabase) -> None:
    relay = a_relay(log, database)
    assert wait_until(relay.lead, PATIENCE)
    while log.unnumbered():
        relay.number()
    relay.step_down()


@contextmanager
def a_relay_process(database: LogDatabase) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.eventlog.relay_process", database.runtime_url],
        cwd=PROJECT,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.fault
def test_the_ledger_survives_eight_writers_rollbacks_retries_and_killed_relays(
    log: EventLog, log_database: LogDatabase
) -> None:
    chance = random.Random(20261124)
    load = Load(log_database.runtime_url, seed=1)
    reader = NaiveReader(log_database.runtime_url)
    reading = Thread(target=reader.run, args=(load.stop,))
    writers = load.start()
    reading.start()
    ends = time.monotonic() + SECONDS_OF_LOAD
    kills = 0

    while time.monotonic() < ends:
        with a_relay_process(log_database) as first, a_relay_process(log_database):
            wait_until(lambda: first.poll() is not None, chance.uniform(0.3, 1.2))
        kills += 2
    load.stop.set()
    for thread in (*writers, reading):
        thread.join()
    number_everything(log, log_database)
    reader.read()  # all that it will ever find

    entries = ledger(log_database.runtime_url)
    assert flaws(entries, load.committed) == []
    assert len(entries) > 500, "the load was too small to prove anything"
    assert kills >= 6
    assert len(reader.seen) < len(entries), "the naive reader lost nothing: the load is too tame"


def test_a_sequence_with_a_cache_breaks_the_order_and_the_check_sees_it(
    log: EventLog, log_database: LogDatabase
) -> None:
    with psycopg.connect(log_database.owner_url) as owner:
        owner.execute("ALTER SEQUENCE eventlog.unsequenced_id CACHE 50")
    committed = []

    def append(connection: psycopg.Connection, stream: str) -> None:
        command = an_append({stream: 0})
        began = time.monotonic()
        connection.execute("SELECT eventlog.append(%s::jsonb)", (command.parameter().decode(),))
        connection.commit()
        committed.append(Committed(command.command_id, began, time.monotonic(), 1))

    with (
        psycopg.connect(log_database.runtime_url) as one,
        psycopg.connect(log_database.runtime_url) as other,
    ):
        append(one, "s-1")  # draws 1 to 50
        append(other, "s-2")  # draws 51 to 100
        append(one, "s-3")  # has 2, and so overtakes s-2, which had committed before
    number_everything(log, log_database)

    assert order_flaws(ledger(log_database.runtime_url), committed) != []


def test_the_check_sees_every_other_flaw_too(log: EventLog, log_database: LogDatabase) -> None:
    for version in range(3):
        log.append(an_append({"s-1": version}, each=1))
    number_everything(log, log_database)
    entries = ledger(log_database.runtime_url)

    assert flaws(entries[:1] + entries[2:], []) != []
    assert flaws([entries[1], entries[0], entries[2]], []) != []
    assert "a command's events do not lie together" in flaws(
        [entries[0], entries[1], entries[0]], []
    )


@pytest.mark.fault
def test_a_dump_taken_under_load_restores_to_a_log_that_goes_on(
    log: EventLog, log_database: LogDatabase, fresh_database: Callable[[], str], tmp_path: Path
) -> None:
    binaries = find_postgres()
    assert binaries is not None
    load = Load(log_database.runtime_url, seed=2)
    writers = load.start()
    with a_relay_process(log_database):
        assert wait_until(lambda: log.head() > 200, PATIENCE)
        dump = tmp_path / "log.dump"
        subprocess.run(
            [binaries / "pg_dump", "-Fc", "-f", dump, log_database.owner_url], check=True
        )
        load.stop.set()
        for thread in writers:
            thread.join()
    restored_url = fresh_database()
    subprocess.run([binaries / "pg_restore", "--no-owner", "-d", restored_url, dump], check=True)

    with ConnectionPool(restored_url, kwargs={"autocommit": True}, min_size=1) as pool:
        restored = EventLog("registry", pool)
        again = LogDatabase(restored_url, restored_url)
        restored.append(an_append({"after-restore": 0}))
        number_everything(restored, again)
        entries = ledger(restored_url)
        with pool.connection() as connection:
            (stored,) = connection.execute("SELECT count(*) FROM eventlog.event").fetchone()

    assert len(entries) == stored
    assert [entry.position for entry in entries] == list(range(1, stored + 1))
    assert not [flaw for flaw in flaws(entries, []) if "out of order" in flaw]
    assert order_flaws(entries, load.committed) == []
    before = [e for e in ledger(log_database.runtime_url) if e.position <= 200]
    assert entries[:200] == before, "what was numbered before the dump keeps its positions"


def test_two_relays_at_once_cannot_give_a_position_twice(
    log: EventLog, log_database: LogDatabase
) -> None:
    for number in range(300):
        log.append(an_append({f"s-{number}": 0}))
    stop = Event()

    def number_without_a_lock() -> None:
        with psycopg.connect(log_database.runtime_url, autocommit=True) as connection:
            while log.unnumbered() and not stop.is_set():
                try:
                    connection.execute("SELECT eventlog.number(3, %s)", (NOON,))
                except psycopg.errors.UniqueViolation:
                    continue

    rivals = [Thread(target=number_without_a_lock) for _ in range(4)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    entries = ledger(log_database.runtime_url)
    assert [entry.position for entry in entries] == list(range(1, 301))
    assert len({entry.command_id for entry in entries}) == 300


def test_one_relay_leads_and_the_other_takes_over(log: EventLog, log_database: LogDatabase) -> None:
    first, second = a_relay(log, log_database), a_relay(log, log_database)
    log.append(an_append({"s-1": 0}))

    assert first.lead()
    assert not second.lead()
    with pytest.raises(Deposed):
        second.number()
    first.step_down()
    assert wait_until(second.lead, PATIENCE)

    assert second.number() == 1
    second.step_down()


def test_a_relay_whose_session_hangs_loses_the_lead_within_seconds(
    log: EventLog, log_database: LogDatabase
) -> None:
    hung, heir = a_relay(log, log_database), a_relay(log, log_database)
    assert hung.lead()

    assert wait_until(heir.lead, PATIENCE), "the server did not end the idle session"

    log.append(an_append({"s-1": 0}))
    assert heir.number() == 1
    with pytest.raises((psycopg.Error, Deposed)):
        hung.number()
    heir.step_down()


@pytest.mark.fault
def test_a_frozen_relay_process_is_replaced_and_does_no_harm_when_it_thaws(
    log: EventLog, log_database: LogDatabase
) -> None:
    with a_relay_process(log_database) as frozen:
        log.append(an_append({"s-1": 0}))
        assert wait_until(lambda: log.head() == 1, PATIENCE)
        frozen.send_signal(signal.SIGSTOP)
        with a_relay_process(log_database):
            log.append(an_append({"s-1": 1}))
            assert wait_until(lambda: log.head() == 2, PATIENCE)
            frozen.send_signal(signal.SIGCONT)
            log.append(an_append({"s-1": 2}))
            assert wait_until(lambda: log.head() == 3, PATIENCE)

    assert [entry.version for entry in ledger(log_database.runtime_url)] == [1, 2, 3]


def test_business_time_of_the_ledger_never_goes_back(
    log: EventLog, log_database: LogDatabase
) -> None:
    clock = AClock()
    relay = a_relay(log, log_database, clock)
    assert relay.lead()

    for version, hours in enumerate([0, 5, 2]):
        clock.time = NOON + dt.timedelta(hours=hours)
        log.append(an_append({"s-1": version}))
        relay.number()
    relay.step_down()

    told = [recorded.sequenced_at for recorded in log.read(0)]
    assert told == [NOON, NOON + dt.timedelta(hours=5), NOON + dt.timedelta(hours=5)]


def test_what_the_broker_did_not_confirm_is_published_again(
    log: EventLog, log_database: LogDatabase
) -> None:
    courier = Courier()
    relay = Relay(log_database.runtime_url, log, AClock(), courier)
    assert relay.lead()
    log.append(an_append({"s-1": 0}, each=3))
    relay.number()

    courier.broken = NotPublished("no confirm")
    with pytest.raises(NotPublished):
        relay.publish_page()
    assert log.published() == 0
    courier.broken = None
    assert relay.publish_page() == 3
    assert relay.publish_page() == 0
    relay.step_down()

    assert courier.delivered == [1, 2, 3]
    assert log.published() == 3


def test_the_relay_lock_of_one_log_is_not_that_of_another() -> None:
    assert relay_lock("registry") != relay_lock("assessment")
