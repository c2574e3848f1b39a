"""Looking at real processes from outside, and waiting for what they do."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.local.place import locate
from deploy.local.processes import recorded, wait_until

PATIENCE = 60.0
"""Seconds a condition may take on a busy machine before the test fails."""


def processes_of(run_dir: Path) -> list[str]:
    """Every living process that belongs to the run folder, whatever its record says."""
    place = locate(run_dir)
    marks = (str(place.root).encode(), place.tag.encode())
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid() and _mentions(entry, marks):
            found.append(f"{entry.name} {_read(entry / 'cmdline')!r}")
    return found


def pid_of(name: str, run_dir: Path) -> int:
    process = recorded(name, run_dir)
    assert process is not None, f"nothing was started as {name}"
    return process.pid


def kill_hard(name: str, run_dir: Path) -> None:
    """kill -9, and wait until the kernel has taken it away or left a zombie."""
    pid = pid_of(name, run_dir)
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: _state(pid) in ("", "Z"), PATIENCE)


def _mentions(entry: Path, marks: tuple[bytes, ...]) -> bool:
    if _state(int(entry.name)) in ("", "Z"):
        return False
    try:
        cwd = os.fsencode(os.readlink(entry / "cwd"))
    except OSError:
        cwd = b""
    told = _read(entry / "cmdline") + _read(entry / "environ") + cwd
    return any(mark in told for mark in marks)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _state(pid: int) -> str:
    text = _read(Path(f"/proc/{pid}/stat")).decode(errors="replace")
    return text.rpartition(")")[2].split()[0] if text else ""


def drop_everything_named(postgres_url: str, prefix: str) -> None:
    """Drop all databases and roles whose names start with `prefix`."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        like = prefix.replace("_", r"\_") + "%"
        for (name,) in connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", (like,)
        ).fetchall():
            statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))
        for (name,) in connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE %s", (like,)
        ).fetchall():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
