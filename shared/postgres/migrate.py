"""Numbered SQL files, each applied once, safe when replicas start together and when rerun.

A migration file may name the runtime role as `:"runtime"`, as it would for psql.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from shared.postgres.connect import connect

_LOCK = 0x6A69616E6475  # "jiandu"
_LONGEST_MIGRATION_MS = 600_000


class MigrationError(Exception):
    """A file that was applied has been changed since."""


def migrate(url: str, folder: Path, runtime_role: str) -> list[str]:
    """Apply what is missing, in order; returns the names applied now.

    Each file runs in a transaction of its own together with its note in `migration`, under an
    advisory lock, so a killed run leaves whole files only and a second replica waits.
    """
    done = []
    with connect(url, "jiandu migrate", longest_ms=_LONGEST_MIGRATION_MS) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS public.migration ("
            " area text NOT NULL, name text NOT NULL, sha256 text NOT NULL,"
            " PRIMARY KEY (area, name))"
        )
        connection.execute(
            sql.SQL("GRANT SELECT ON public.migration TO {}").format(sql.Identifier(runtime_role))
        )
        for area, path in _files(folder):
            if not _is_applied(connection, area, path):
                _apply(connection, area, path, runtime_role)
                done.append(f"{area}/{path.name}")
    return done


def missing(connection: psycopg.Connection[TupleRow], folder: Path) -> list[str]:
    """Names of files of `folder` not applied yet; a process that finds any refuses to start."""
    known = connection.execute("SELECT to_regclass('public.migration')").fetchone()
    if known is None or known[0] is None:
        return [path.name for _, path in _files(folder)]
    return [path.name for area, path in _files(folder) if not _is_applied(connection, area, path)]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    area = folder.parent.name
    for path in sorted(folder.glob("*.sql")):
        yield area, path


def _is_applied(connection: psycopg.Connection[TupleRow], area: str, path: Path) -> bool:
    row = connection.execute(
        "SELECT sha256 FROM public.migration WHERE area = %s AND name = %s", (area, path.name)
    ).fetchone()
    if row is not None and row[0] != _digest(path):
        raise MigrationError(
            f"{area}/{path.name} was changed after it had been applied: "
            "put it back and add a new file"
        )
    return row is not None


def _apply(
    connection: psycopg.Connection[TupleRow], area: str, path: Path, runtime_role: str
) -> None:
    text = path.read_text(encoding="utf-8")
    role = sql.Identifier(runtime_role).as_string(connection)
    with connection.transaction():
        connection.execute(text.replace(':"runtime"', role).encode())
        connection.execute(
            "INSERT INTO public.migration (area, name, sha256) VALUES (%s, %s, %s)",
            (area, path.name, _digest(path)),
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
