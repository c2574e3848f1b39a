"""A migrated log in a database of the test's own, used as the service's runtime role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import conninfo
from psycopg_pool import ConnectionPool

from shared.eventlog.store import MIGRATIONS, EventLog
from shared.postgres.connect import settings
from shared.postgres.migrate import migrate

RUNTIME = "jiandu_test_runtime"


@dataclass(frozen=True)
class LogDatabase:
    """URLs of one log's database: as its owner and as the runtime role."""

    owner_url: str
    runtime_url: str


@pytest.fixture
def log_database(fresh_database: Callable[[], str], postgres_url: str) -> LogDatabase:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", (RUNTIME,)
        ).fetchone()
        if known is None:
            connection.execute(f"CREATE ROLE {RUNTIME} LOGIN PASSWORD '{RUNTIME}'".encode())
    url = fresh_database()
    migrate(url, MIGRATIONS, RUNTIME)
    parts = conninfo.conninfo_to_dict(url)
    runtime = conninfo.make_conninfo(**{**parts, "user": RUNTIME, "password": RUNTIME})
    return LogDatabase(url, runtime)


@pytest.fixture
def pool(log_database: LogDatabase) -> Iterator[ConnectionPool]:
    kwargs = {"autocommit": True, **settings("test")}
    with ConnectionPool(
        log_database.runtime_url, kwargs=kwargs, min_size=1, max_size=12
    ) as connections:
        yield connections


@pytest.fixture
def log(pool: ConnectionPool) -> EventLog:
    return EventLog("registry", pool)
