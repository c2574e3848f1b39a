"""Roles and databases of the services: one owner, one runtime login, two databases for each.

The owner runs migrations; the runtime role may connect and do what a migration grants it. Nobody
else's runtime role gets in. Run at every start: what is there already is left, except that the
passwords are set again, so a new run folder over an old server works too.
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from deploy.local.passwords import password
from deploy.local.place import Place
from deploy.local.urls import with_path, with_user

Connection = psycopg.Connection[TupleRow]


def create_databases(
    admin_url: str, place: Place, prefix: str, services: Sequence[str]
) -> dict[str, str]:
    """Make what is missing; returns the environment's URLs (JIANDU_<SERVICE>_…DATABASE_URL)."""
    urls: dict[str, str] = {}
    with psycopg.connect(admin_url, autocommit=True, connect_timeout=10) as connection:
        for service in services:
            runtime, owner = f"{prefix}_{service}", f"{prefix}_{service}_owner"
            for role in (owner, runtime):
                _make_login(connection, role, password(place, role))
            _be_member_of(connection, owner)
            for infix, name in (("", runtime), ("KEYS_", f"{runtime}_keys")):
                _make_database(connection, name, owner, runtime)
                url, start = with_path(admin_url, name), f"JIANDU_{service.upper()}_{infix}"
                urls[f"{start}DATABASE_URL"] = with_user(url, runtime, password(place, runtime))
                urls[f"{start}OWNER_DATABASE_URL"] = with_user(url, owner, password(place, owner))
    return urls


def _make_login(connection: Connection, role: str, secret: str) -> None:
    name = sql.Identifier(role)
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        connection.execute(sql.SQL("CREATE ROLE {}").format(name))
    # The verifier is computed here: the password itself never reaches the server's log.
    verifier = connection.pgconn.encrypt_password(secret.encode(), role.encode(), b"scram-sha-256")
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            name, sql.Literal(verifier.decode())
        )
    )


def _be_member_of(connection: Connection, owner: str) -> None:
    # Who is no superuser may give a database only to a role it is a member of.
    if not _exists(connection, "SELECT 1 WHERE pg_has_role(%s, 'MEMBER')", owner):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner)))


def _make_database(connection: Connection, database: str, owner: str, runtime: str) -> None:
    name = sql.Identifier(database)
    if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", database):
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(owner))
        )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(runtime))
    )


def _exists(connection: Connection, query: str, name: str) -> bool:
    return connection.execute(query.encode(), (name,)).fetchone() is not None
