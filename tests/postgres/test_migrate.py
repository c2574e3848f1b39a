"""Each file is applied once and whole, whoever starts when and whatever is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from shared.postgres.connect import connect
from shared.postgres.migrate import MigrationError, migrate, missing

PROJECT = Path(__file__).parents[2]
ROLE = "jiandu_test_migrated"
SLOW_LOCK = 4_711

FIRST = 'CREATE TABLE one (n int);\nGRANT SELECT ON one TO :"runtime";\nINSERT INTO one VALUES (1);'
SECOND = "CREATE TABLE two (n int); INSERT INTO two SELECT 1 FROM one;"
THIRD = "CREATE TABLE three (n int);"
# Waits in the middle of its work for a lock that the test holds.
SLOW = (
    f"CREATE TABLE two (n int); SELECT pg_advisory_lock({SLOW_LOCK}); INSERT INTO two VALUES (1);"
)


@pytest.fixture
def url(fresh_database: Callable[[], str], postgres_url: str) -> str:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,))
        if known.fetchone() is None:
            connection.execute(f"CREATE ROLE {ROLE}".encode())
    return fresh_database()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "invented" / "migrations"
    made.mkdir(parents=True)
    (made / "0001_one.sql").write_text(FIRST)
    (made / "0002_two.sql").write_text(SECOND)
    return made


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def noted(url: str) -> list[str]:
    return [row[0] for row in rows(url, "SELECT name FROM public.migration ORDER BY name")]


def start(url: str, folder: Path, count: int = 1) -> Sequence[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.postgres.migrating", url, str(folder), ROLE]
    return [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]


def test_files_are_applied_in_order_and_named(url: str, folder: Path) -> None:
    assert migrate(url, folder, ROLE) == ["invented/0001_one.sql", "invented/0002_two.sql"]
    assert rows(url, "SELECT n FROM two") == [(1,)]
    assert rows(url, f"SELECT has_table_privilege('{ROLE}', 'one', 'SELECT')") == [(True,)]


def test_running_again_does_nothing(url: str, folder: Path) -> None:
    migrate(url, folder, ROLE)
    assert migrate(url, folder, ROLE) == []
    assert rows(url, "SELECT n FROM one") == [(1,)]


def test_a_file_added_later_is_all_that_is_applied(url: str, folder: Path) -> None:
    migrate(url, folder, ROLE)
    (folder / "0003_three.sql").write_text(THIRD)
    assert migrate(url, folder, ROLE) == ["invented/0003_three.sql"]


def test_eight_processes_at_once_apply_each_file_once(url: str, folder: Path) -> None:
    processes = start(url, folder, 8)
    told = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * 8
    assert sorted(name for names in told for name in names) == [
        "invented/0001_one.sql",
        "invented/0002_two.sql",
    ]
    assert rows(url, "SELECT n FROM one") == [(1,)]


def test_killed_in_the_middle_it_leaves_whole_files_and_the_next_run_completes(
    url: str, folder: Path
) -> None:
    (folder / "0002_two.sql").write_text(SLOW)
    with connect(url, "test") as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", (SLOW_LOCK,))
        (process,) = start(url, folder)
        _wait_for(holder, "locktype = 'advisory' AND NOT granted")
        process.kill()
        process.communicate()
        assert noted(url) == ["0001_one.sql"]
        assert rows(url, "SELECT to_regclass('two')") == [(None,)]

        (successor,) = start(url, folder)
        # it waits behind the dead one's session, which still waits for the test's lock
        _wait_for(holder, "locktype = 'advisory' AND NOT granted", count=2)
    told, _ = successor.communicate()

    assert told.split() == ["invented/0002_two.sql"]
    assert noted(url) == ["0001_one.sql", "0002_two.sql"]
    assert rows(url, "SELECT n FROM two") == [(1,)]


def _wait_for(connection: psycopg.Connection[Any], lock: str, count: int = 1) -> None:
    query = (
        f"SELECT count(*) FROM pg_locks WHERE {lock}"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    while connection.execute(query.encode()).fetchone() != (count,):
        pass


def test_a_file_that_fails_leaves_nothing_of_itself(url: str, folder: Path) -> None:
    (folder / "0002_two.sql").write_text("CREATE TABLE two (n int); SELECT 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(url, folder, ROLE)
    assert noted(url) == ["0001_one.sql"]
    assert rows(url, "SELECT to_regclass('two')") == [(None,)]

    (folder / "0002_two.sql").write_text(SECOND)
    assert migrate(url, folder, ROLE) == ["invented/0002_two.sql"]


def test_a_file_changed_after_it_was_applied_is_refused(url: str, folder: Path) -> None:
    migrate(url, folder, ROLE)
    (folder / "0001_one.sql").write_text(FIRST + "\n")
    (folder / "0003_three.sql").write_text(THIRD)

    with pytest.raises(MigrationError, match=r"invented/0001_one\.sql was changed"):
        migrate(url, folder, ROLE)
    assert noted(url) == ["0001_one.sql", "0002_two.sql"]
    with connect(url, "test") as connection, pytest.raises(MigrationError):
        missing(connection, folder)


def test_what_is_missing_is_named_for_a_process_that_starts(url: str, folder: Path) -> None:
    with connect(url, "test") as connection:
        assert missing(connection, folder) == ["0001_one.sql", "0002_two.sql"]
        migrate(url, folder, ROLE)
        assert missing(connection, folder) == []
        (folder / "0003_three.sql").write_text(THIRD)
        assert missing(connection, folder) == ["0003_three.sql"]


def test_the_same_name_in_two_areas_is_two_files(url: str, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "another" / "migrations"
    other.mkdir(parents=True)
    (other / "0001_one.sql").write_text(THIRD)
    migrate(url, folder, ROLE)
    assert migrate(url, other, ROLE) == ["another/0001_one.sql"]


def test_a_roles_name_is_quoted_and_never_run(url: str, folder: Path) -> None:
    with pytest.raises(psycopg.errors.UndefinedObject):
        migrate(url, folder, 'x"; CREATE TABLE slipped (n int); --')
    assert rows(url, "SELECT to_regclass('slipped')") == [(None,)]


def test_every_connection_has_its_time_limits(url: str) -> None:
    with connect(url, "limits", longest_ms=1_234) as connection:
        shown = {
            name: connection.execute(f"SHOW {name}".encode()).fetchone()
            for name in (
                "statement_timeout",
                "idle_in_transaction_session_timeout",
                "timezone",
                "application_name",
            )
        }
    assert shown == {
        "statement_timeout": ("1234ms",),
        "idle_in_transaction_session_timeout": ("1234ms",),
        "timezone": ("UTC",),
        "application_name": ("limits",),
    }
