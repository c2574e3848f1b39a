"""Roles and databases of the services: who may get in, and who may change what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from deploy.local.databases import create_databases
from deploy.local.place import Place, prepare
from deploy.local.urls import with_path, with_user
from tests.deploy.helpers import drop_everything_named

SERVICES = ("first", "second")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return prepare(tmp_path / "run")


@pytest.fixture
def prefix(postgres_url: str) -> Iterator[str]:
    """A prefix of the test's own; its roles and databases are dropped afterwards."""
    name = f"t{uuid4().hex[:8]}"
    yield name
    drop_everything_named(postgres_url, name)


@pytest.fixture
def urls(postgres_url: str, place: Place, prefix: str) -> dict[str, str]:
    return create_databases(postgres_url, place, prefix, SERVICES)


def test_each_service_has_a_log_and_a_key_database_with_two_logins_each(
    urls: dict[str, str], prefix: str
) -> None:
    assert sorted(urls) == sorted(
        f"JIANDU_{service}_{infix}{owner}DATABASE_URL"
        for service in ("FIRST", "SECOND")
        for infix in ("", "KEYS_")
        for owner in ("", "OWNER_")
    )
    for name, url in urls.items():
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_user, current_database()").fetchone()
        service = f"{prefix}_{name.split('_')[1].lower()}"
        assert row == (
            service + ("_owner" if "_OWNER_" in name else ""),
            service + ("_keys" if "_KEYS_" in name else ""),
        )


def test_the_owner_may_make_tables_and_the_runtime_role_may_not(urls: dict[str, str]) -> None:
    with psycopg.connect(urls["JIANDU_FIRST_OWNER_DATABASE_URL"]) as connection:
        connection.execute("CREATE SCHEMA log")
        connection.execute("CREATE TABLE log.event ()")
    for statement in (
        "CREATE TABLE event ()",
        "CREATE TEMPORARY TABLE event ()",
        "CREATE SCHEMA other",
        "DROP TABLE log.event",
        "SELECT FROM log.event",
    ):
        with (
            psycopg.connect(urls["JIANDU_FIRST_DATABASE_URL"]) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement.encode())


@pytest.mark.parametrize("database", ["first", "first_keys"])
def test_another_services_runtime_role_may_not_connect(
    urls: dict[str, str], prefix: str, database: str
) -> None:
    url = with_path(urls["JIANDU_SECOND_DATABASE_URL"], f"{prefix}_{database}")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(url)


def test_a_second_run_changes_nothing_that_shows(
    urls: dict[str, str], postgres_url: str, place: Place, prefix: str
) -> None:
    with psycopg.connect(urls["JIANDU_FIRST_OWNER_DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE kept ()")
    assert create_databases(postgres_url, place, prefix, SERVICES) == urls
    with psycopg.connect(urls["JIANDU_FIRST_OWNER_DATABASE_URL"]) as connection:
        assert connection.execute("SELECT to_regclass('kept')::text").fetchone() == ("kept",)


def test_a_new_run_folder_over_the_old_server_sets_its_own_passwords(
    urls: dict[str, str], postgres_url: str, prefix: str, tmp_path: Path
) -> None:
    elsewhere = prepare(tmp_path / "elsewhere")
    again = create_databases(postgres_url, elsewhere, prefix, SERVICES)
    assert again != urls
    with psycopg.connect(again["JIANDU_FIRST_DATABASE_URL"]) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_an_administrator_who_is_no_superuser_is_enough(
    postgres_url: str, place: Place, prefix: str
) -> None:
    admin = f"{prefix}_admin"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD 'x'").format(
                sql.Identifier(admin)
            )
        )
    for _ in range(2):
        urls = create_databases(with_user(postgres_url, admin, "x"), place, prefix, SERVICES)
    for url in urls.values():
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_passwords_lie_where_only_the_owner_reads_them(urls: dict[str, str], place: Place) -> None:
    assert urls
    assert {path.stat().st_mode & 0o777 for path in place.secrets.iterdir()} == {0o600}
    assert place.secrets.stat().st_mode & 0o777 == 0o700
