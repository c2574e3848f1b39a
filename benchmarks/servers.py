"""Databases and vhosts on the one PostgreSQL and the one RabbitMQ of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import conninfo, sql

from benchmarks.repetitions import Say
from deploy import local
from deploy.local import management
from deploy.local.infrastructure import Infrastructure
from deploy.local.services import Fleet
from deploy.local.urls import with_path, with_user
from shared.eventlog import store
from shared.postgres.migrate import migrate
from shared.projections import projector

RUNTIME = "jiandu_bench_runtime"


@dataclass(frozen=True)
class Database:
    """URLs of one database: as its owner, and as the role that services run as."""

    owner_url: str
    runtime_url: str


@dataclass(frozen=True)
class Servers:
    """Where a run makes its databases and vhosts; all are removed again."""

    infrastructure: Infrastructure
    start_registry: Callable[[], Mapping[str, str]]
    """Starts the registry's processes on these servers; returns the installation's environment."""

    @contextmanager
    def empty_database(self) -> Iterator[Database]:
        """A database with nothing in it."""
        admin, name = self.infrastructure.postgres_url, f"bench_{uuid4().hex}"
        _make_runtime(admin)
        _execute(admin, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        url = with_path(admin, name)
        try:
            yield Database(url, with_user(url, RUNTIME, RUNTIME))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            _execute(admin, drop)

    @contextmanager
    def log_database(self) -> Iterator[Database]:
        """A service's database: an empty log, and room for read models."""
        with self.empty_database() as database:
            for folder in (store.MIGRATIONS, projector.MIGRATIONS):
                migrate(database.owner_url, folder, RUNTIME)
            yield database

    @contextmanager
    def vhost(self) -> Iterator[str]:
        """The broker's URL in an empty vhost. Raises ValueError for a broker without management."""
        api, amqp_url = self.infrastructure.management_url, self.infrastructure.amqp_url
        if api is None:
            raise ValueError("set JIANDU_RABBITMQ_MANAGEMENT_URL too: benchmarks make vhosts")
        name = f"bench_{uuid4().hex}"
        management.make_vhost(api, name, amqp_url)
        try:
            yield with_path(amqp_url, name)
        finally:
            management.call(api, "DELETE", f"/vhosts/{name}")


def eventsourcing_settings(url: str) -> Mapping[str, str]:
    """The environment by which `eventsourcing` finds the database; all else at its defaults."""
    parts = conninfo.conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(parts["dbname"]),
        "POSTGRES_HOST": str(parts["host"]),
        "POSTGRES_PORT": str(parts["port"]),
        "POSTGRES_USER": str(parts["user"]),
        "POSTGRES_PASSWORD": str(parts["password"]),
    }


@contextmanager
def servers_in(run_dir: Path, say: Say) -> Iterator[Servers]:
    """The servers of a run folder of their own; stopped and erased afterwards."""
    try:
        yield Servers(
            local.ensure(run_dir, say),
            lambda: local.up(run_dir, say, Fleet(services=("registry",))),
        )
    finally:
        local.down(run_dir, say, erase=True)


def _make_runtime(admin: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", (RUNTIME,)
        ).fetchone()
        if known is None:
            connection.execute(f"CREATE ROLE {RUNTIME} LOGIN PASSWORD '{RUNTIME}'".encode())


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
