"""The registry in this process: its buses over a real log and real keys, without a broker.

One log serves the whole room, since what was logged stays; every test uses ids of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo, sql
from psycopg_pool import ConnectionPool

from deploy.local.urls import with_path
from services.registry.definition import DEFINITION
from shared.postgres.connect import settings
from shared.postgres.migrate import migrate
from shared.service.definition import ServiceDefinition
from shared.service.wiring import KEYS_MIGRATIONS, log_migrations
from tests.service.town import Town

_ROLE = "jiandu_test_service"


@pytest.fixture(scope="session")
def room(postgres_url: str) -> Iterator[tuple[ConnectionPool, ConnectionPool]]:
    with ExitStack() as cleanup:
        yield pools_for(DEFINITION, postgres_url, cleanup)


def pools_for(
    definition: ServiceDefinition, postgres_url: str, cleanup: ExitStack
) -> tuple[ConnectionPool, ConnectionPool]:
    """Pools on a log's and a key database, both migrated, as the runtime role."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (_ROLE,))
        if known.fetchone() is None:
            connection.execute(f"CREATE ROLE {_ROLE} LOGIN PASSWORD '{_ROLE}'".encode())
    pools = []
    for folders in (log_migrations(definition), KEYS_MIGRATIONS):
        name = f"test_{uuid4().hex}"
        cleanup.callback(_execute, postgres_url, "DROP DATABASE {} WITH (FORCE)", name)
        _execute(postgres_url, "CREATE DATABASE {}", name)
        owner = with_path(postgres_url, name)
        for folder in folders:
            migrate(owner, folder, _ROLE)
        runtime = conninfo.make_conninfo(owner, user=_ROLE, password=_ROLE)
        kwargs = {"autocommit": True, **settings("test")}
        pool = ConnectionPool(runtime, kwargs=kwargs, min_size=1, max_size=16)
        pools.append(cleanup.enter_context(pool))
    return pools[0], pools[1]


@pytest.fixture(scope="session")
def master_key() -> bytes:
    return os.urandom(32)


@pytest.fixture
def town(room: tuple[ConnectionPool, ConnectionPool], master_key: bytes) -> Town:
    return Town(*room, master_key)


def _execute(url: str, statement: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
