"""Invariants 1-3 and 13: append-only, expected versions, commands once, names held once."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from shared.contracts.errors import Conflict, Refused
from shared.contracts.reasons import Reason
from shared.eventlog.store import Append, Claim, EventLog, NameTaken, Release
from tests.eventlog.conftest import LogDatabase
from tests.eventlog.making import an_append

TABLES = ["event", "command", "ledger", "checkpoint"]
CHANGES = ["UPDATE eventlog.{} SET {} = {}", "DELETE FROM eventlog.{}", "TRUNCATE eventlog.{}"]
COLUMN = {"event": "version", "command": "id", "ledger": "position", "checkpoint": "size"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("replication_role", ["origin", "replica"])
def test_not_even_the_owner_changes_what_was_logged(
    log: EventLog, log_database: LogDatabase, table: str, change: str, replication_role: str
) -> None:
    log.append(an_append({"s-1": 0}))
    statement = change.format(table, COLUMN[table], COLUMN[table])

    with psycopg.connect(log_database.owner_url) as owner:
        owner.execute(f"SET session_replication_role = {replication_role}".encode())
        with pytest.raises(psycopg.Error, match="append-only") as refusal:
            owner.execute(statement.encode())

    assert refusal.value.sqlstate == "JD003"
    assert len(log.stream("s-1")) == 1


@pytest.mark.parametrize("table", ["event", "command", "ledger", "checkpoint", "publication"])
def test_the_runtime_role_may_not_even_try(
    log: EventLog, log_database: LogDatabase, table: str
) -> None:
    with (
        psycopg.connect(log_database.runtime_url) as service,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        service.execute(f"DELETE FROM eventlog.{table}".encode())


def test_the_runtime_role_numbers_only_through_the_function(log_database: LogDatabase) -> None:
    with (
        psycopg.connect(log_database.runtime_url) as service,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        service.execute("INSERT INTO eventlog.ledger VALUES (1, 1, now())")


def test_events_come_back_as_they_were_given(log: EventLog) -> None:
    given = an_append({"s-1": 0}, each=3)

    log.append(given)

    assert log.stream("s-1") == list(given.events)
    assert log.stream("s-2") == []


@pytest.mark.parametrize("expected", [0, 1, 3, 7])
def test_a_stale_or_invented_version_is_a_conflict_and_leaves_nothing(
    log: EventLog, expected: int
) -> None:
    log.append(an_append({"s-1": 0}, each=2))

    with pytest.raises(Conflict) as conflict:
        log.append(an_append({"s-9": 0, "s-1": expected}))

    assert (conflict.value.stream, conflict.value.actual) == ("s-1", 2)
    assert log.stream("s-9") == []
    assert log.unnumbered() == 1


def test_of_eight_writers_at_one_version_one_wins(log: EventLog) -> None:
    def write(_: int) -> bool:
        try:
            log.append(an_append({"s-1": 0}))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as writers:
        won = list(writers.map(write, range(32)))

    assert won.count(True) == 1
    assert [event.version for event in log.stream("s-1")] == [1]


def test_a_repeated_command_gives_the_first_result_and_no_second_event(log: EventLog) -> None:
    first = an_append({"s-1": 0}, result={"stream": "s-1", "version": 1})
    again = an_append({"s-1": 1}, command_id=first.command_id, result={"stream": "other"})

    assert log.append(first) == log.append(again) == {"stream": "s-1", "version": 1}
    assert log.result_of(first.command_id, b"same") == {"stream": "s-1", "version": 1}
    assert len(log.stream("s-1")) == 1


def test_a_command_id_with_another_payload_is_refused(log: EventLog) -> None:
    first = an_append({"s-1": 0})
    other = an_append({"s-2": 0}, command_id=first.command_id, fingerprint=b"different")
    log.append(first)

    with pytest.raises(Refused) as refusal:
        log.append(other)
    with pytest.raises(Refused):
        log.result_of(first.command_id, b"different")

    assert refusal.value.reason == Reason.COMMAND_ID_REUSED
    assert log.stream("s-2") == []


def test_a_refused_command_is_not_remembered(log: EventLog) -> None:
    log.append(an_append({"s-1": 0}))
    late = an_append({"s-1": 0})
    with pytest.raises(Conflict):
        log.append(late)

    assert log.result_of(late.command_id, b"same") is None
    log.append(an_append({"s-1": 1}, command_id=late.command_id))
    assert len(log.stream("s-1")) == 2


def test_a_command_sent_by_eight_at_once_happens_once(log: EventLog) -> None:
    twins = [an_append({"s-1": 0}, command_id=str(uuid.UUID(int=7))) for _ in range(8)]

    with ThreadPoolExecutor(8) as senders:
        results = list(senders.map(log.append, twins))

    assert results == [results[0]] * 8
    assert len(log.stream("s-1")) == 1


def test_a_name_is_held_by_one_stream_until_it_is_given_back(log: EventLog) -> None:
    def claim(stream: str) -> Claim:
        return Claim("unit", b"the same unit", stream)

    log.append(an_append({"s-1": 0}, claims=[claim("s-1")]))
    with pytest.raises(NameTaken):
        log.append(an_append({"s-2": 0}, claims=[claim("s-2")]))
    assert log.stream("s-2") == []

    log.append(an_append({"s-1": 1}, releases=[Release("unit", "s-1")]))
    log.append(an_append({"s-2": 0}, claims=[claim("s-2")]))

    assert log.holder_of("unit", b"the same unit") == "s-2"


def test_of_eight_that_claim_one_name_at_once_one_gets_it(log: EventLog) -> None:
    def claim(number: int) -> bool:
        stream = f"s-{number}"
        try:
            log.append(an_append({stream: 0}, claims=[Claim("unit", b"wanted", stream)]))
        except NameTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as claimants:
        got = list(claimants.map(claim, range(8)))

    assert got.count(True) == 1
    holder = log.holder_of("unit", b"wanted")
    assert holder is not None
    assert len(log.stream(holder)) == 1


def test_commands_that_claim_the_same_names_in_other_orders_do_not_deadlock(log: EventLog) -> None:
    def claim(number: int) -> bool:
        stream = f"s-{number}"
        names = [
            Claim("unit", bytes([n]), stream)
            for n in (range(9) if number % 2 else range(8, -1, -1))
        ]
        try:
            log.append(an_append({stream: 0}, claims=names))
        except NameTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as claimants:
        assert list(claimants.map(claim, range(16))).count(True) == 1


def test_names_are_found_by_index_although_the_plan_was_made_when_there_were_none(
    log: EventLog, log_database: LogDatabase
) -> None:
    name = Claim("unit", b"a name", "s-1")
    with psycopg.connect(log_database.runtime_url, autocommit=True) as session:

        def append(given: Append) -> None:
            parameter = given.parameter().decode()
            session.execute("SELECT eventlog.append(%s::text::jsonb)", (parameter,))

        for version in range(0, 20, 2):  # often enough for a plan that is kept
            append(an_append({"s-1": version}, claims=[name]))
            append(an_append({"s-1": version + 1}, releases=[Release("unit", "s-1")]))
        with psycopg.connect(log_database.owner_url) as owner:
            owner.execute(
                "INSERT INTO eventlog.claim SELECT 'unit', int8send(n), 'other-' || n"
                " FROM generate_series(1, 20000) n"
            )
        with session.transaction():
            append(an_append({"s-1": 20}, claims=[name]))
            append(an_append({"s-1": 21}, releases=[Release("unit", "s-1")]))
            scans = session.execute(
                "SELECT pg_stat_get_xact_numscans('eventlog.claim'::regclass),"
                " pg_stat_get_xact_tuples_returned('eventlog.claim'::regclass)"
            ).fetchone()

    assert log.holder_of("unit", b"a name") is None
    assert scans == (0, 0)
