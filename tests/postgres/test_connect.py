"""A server that stands still is noticed, one that is only slow ends its work itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from deploy.local.infrastructure import Infrastructure
from shared.postgres.connect import (
    SILENCE_SECONDS,
    ServerSilent,
    connect,
    connection_class,
    settings,
)

SLACK = 3.0
"""Seconds that a busy machine may add."""
LONGEST_MS = 500
BOUND = LONGEST_MS / 1_000 + SILENCE_SECONDS


@pytest.fixture(autouse=True)
def of_our_own(infrastructure: Infrastructure) -> None:
    if not infrastructure.private_postgres:
        pytest.skip("the server is given by JIANDU_POSTGRES_URL and cannot be frozen")


@contextmanager
def standing_still(connection: psycopg.Connection) -> Iterator[None]:
    """The server's process behind a connection is stopped; its kernel goes on answering."""
    pid = connection.info.backend_pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_server_that_stands_still_is_not_waited_for(postgres_url: str) -> None:
    with connect(postgres_url, "silent", longest_ms=LONGEST_MS) as connection:
        connection.execute("SELECT 1")
        with standing_still(connection):
            begun = time.monotonic()
            with pytest.raises(ServerSilent):
                connection.execute("SELECT 1")
            assert time.monotonic() - begun < BOUND + SLACK
            assert connection.closed


def test_nor_in_the_midst_of_a_transaction(postgres_url: str) -> None:
    with connect(postgres_url, "silent", longest_ms=LONGEST_MS) as connection:
        begun = time.monotonic()
        with (
            standing_still(connection),
            pytest.raises(psycopg.OperationalError),
            connection.transaction(),
        ):
            connection.execute("SELECT 1")
        assert time.monotonic() - begun < BOUND + SLACK


def test_a_pool_gives_another_connection_for_one_that_went_silent(postgres_url: str) -> None:
    with ConnectionPool(
        postgres_url,
        connection_class=connection_class(LONGEST_MS),
        kwargs={"autocommit": True, **settings("silent", LONGEST_MS)},
        min_size=1,
        max_size=1,
    ) as pool:
        with (
            pytest.raises(ServerSilent),
            pool.connection() as connection,
            standing_still(connection),
        ):
            connection.execute("SELECT 1")
        with pool.connection() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_is_only_slow_is_ended_by_the_server_and_the_connection_stays(
    postgres_url: str,
) -> None:
    with connect(postgres_url, "slow", longest_ms=LONGEST_MS) as connection:
        with pytest.raises(psycopg.errors.QueryCanceled):
            connection.execute("SELECT pg_sleep(30)")
        assert connection.execute("SELECT 1").fetchone() == (1,)
