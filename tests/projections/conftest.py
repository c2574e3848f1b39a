"""One database with the read models' schema for this room, emptied before each test."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo, sql
from psycopg_pool import ConnectionPool

from deploy.local.urls import with_path
from shared.postgres.connect import settings
from shared.postgres.migrate import migrate
from shared.projections.projector import MIGRATIONS

_ROLE = "jiandu_test_projector"


@pytest.fixture(scope="session")
def room(postgres_url: str) -> Iterator[ConnectionPool]:
    """A pool of the runtime role's connections to a database of this room's own."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (_ROLE,))
        if known.fetchone() is None:
            connection.execute(f"CREATE ROLE {_ROLE} LOGIN PASSWORD '{_ROLE}'".encode())
    owner = with_path(postgres_url, name)
    migrate(owner, MIGRATIONS, _ROLE)
    runtime = conninfo.make_conninfo(owner, user=_ROLE, password=_ROLE)
    kwargs = {"autocommit": True, **settings("test")}
    with ConnectionPool(runtime, kwargs=kwargs, min_size=1, max_size=12) as connections:
        yield connections
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def pool(room: ConnectionPool) -> ConnectionPool:
    empty(room)
    return room


def empty(room: ConnectionPool) -> None:
    """Forget every model."""
    with room.connection() as connection, connection.transaction():
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'readmodel'"
            " AND tablename NOT IN ('model', 'checkpoint')"
        ).fetchall()
        for (table,) in tables:
            connection.execute(
                sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier("readmodel", table))
            )
        connection.execute("DELETE FROM readmodel.model")
        connection.execute("DELETE FROM readmodel.checkpoint")
