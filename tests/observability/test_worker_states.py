"""What the leader tells is there for other processes, with real ages, and nothing outlives it."""

from __future__ import annotations

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from shared.postgres.migrate import migrate
from shared.service.worker_states import MIGRATIONS, WorkerState, WorkerStates
from tests.eventlog.conftest import RUNTIME, LogDatabase


@pytest.fixture
def states(log_database: LogDatabase, pool: ConnectionPool) -> WorkerStates:
    migrate(log_database.owner_url, MIGRATIONS, RUNTIME)
    return WorkerStates(pool)


def age(log_database: LogDatabase, seconds: int) -> None:
    """As if it had been told so many seconds ago."""
    with psycopg.connect(log_database.owner_url, autocommit=True) as connection:
        connection.execute(
            "UPDATE ops.worker SET beat = beat - make_interval(secs => %(s)s),"
            " since = since - make_interval(secs => %(s)s)",
            {"s": seconds},
        )


def test_nothing_is_seen_before_a_first_leader(states: WorkerStates) -> None:
    assert states.seen() == []


def test_everything_told_is_seen(states: WorkerStates) -> None:
    states.tell([WorkerState("publishing", position=7, lag=2, lag_seconds=1.5)])
    (seen,) = states.seen()
    assert (seen.name, seen.position, seen.lag, seen.lag_seconds) == ("publishing", 7, 2, 1.5)
    assert (seen.trouble, seen.troubled_seconds) == (None, None)


def test_a_silent_leader_ages(states: WorkerStates, log_database: LogDatabase) -> None:
    states.tell([WorkerState("publishing")])
    age(log_database, 3_600)
    assert states.seen()[0].age >= 3_600
    states.tell([WorkerState("publishing")])
    assert states.seen()[0].age < 3_600


def test_trouble_that_lasts_keeps_its_beginning_and_ends_when_it_is_over(
    states: WorkerStates, log_database: LogDatabase
) -> None:
    states.tell([WorkerState("model notes", trouble="KeyError: 'a'")])
    age(log_database, 3_600)
    states.tell([WorkerState("model notes", trouble="KeyError: 'b'")])
    (seen,) = states.seen()
    assert seen.trouble == "KeyError: 'b'"
    assert seen.troubled_seconds is not None
    assert seen.troubled_seconds >= 3_600
    states.tell([WorkerState("model notes")])
    assert states.seen()[0].troubled_seconds is None


def test_a_worker_that_is_no_more_is_not_seen_any_longer(states: WorkerStates) -> None:
    states.tell([WorkerState("model old"), WorkerState("publishing")])
    states.tell([WorkerState("publishing")])
    assert [seen.name for seen in states.seen()] == ["publishing"]
