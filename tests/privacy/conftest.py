"""One key database for this room, emptied before each test, used as the runtime role."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo, sql
from psycopg_pool import ConnectionPool

from deploy.local.urls import with_path
from shared.postgres.connect import settings
from shared.postgres.migrate import migrate
from shared.privacy.keyring import MIGRATIONS, Keyring

_ROLE = "jiandu_test_keys"


@dataclass(frozen=True)
class KeyDatabase:
    """URLs of a key database, and the master key that wraps what lies in it."""

    owner_url: str
    runtime_url: str
    master_key: bytes


@pytest.fixture(scope="session")
def key_room(postgres_url: str) -> Iterator[KeyDatabase]:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (_ROLE,))
        if known.fetchone() is None:
            connection.execute(f"CREATE ROLE {_ROLE} LOGIN PASSWORD '{_ROLE}'".encode())
    url = with_path(postgres_url, name)
    migrate(url, MIGRATIONS, _ROLE)
    runtime = conninfo.make_conninfo(url, user=_ROLE, password=_ROLE)
    yield KeyDatabase(url, runtime, os.urandom(32))
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def key_database(key_room: KeyDatabase) -> KeyDatabase:
    with psycopg.connect(key_room.owner_url) as owner:
        owner.execute("TRUNCATE keys.subject, keys.service")
    return key_room


@pytest.fixture
def keys_pool(key_database: KeyDatabase) -> Iterator[ConnectionPool]:
    kwargs = {"autocommit": True, **settings("test")}
    with ConnectionPool(
        key_database.runtime_url, kwargs=kwargs, min_size=1, max_size=10
    ) as connections:
        yield connections


@pytest.fixture
def keyring(keys_pool: ConnectionPool, key_database: KeyDatabase) -> Keyring:
    return Keyring("registry", keys_pool, key_database.master_key)


@pytest.fixture
def another_process(keys_pool: ConnectionPool, key_database: KeyDatabase) -> Callable[[], Keyring]:
    """Makes keyrings that have nothing in memory yet."""
    return lambda: Keyring("registry", keys_pool, key_database.master_key)
