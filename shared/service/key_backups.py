"""Backups of a service's keys: kept for thirty days, and nothing erased comes back with one.

A backup is one file: a line that says whose and when, in clear and authenticated, and the keys,
sealed under the master key that wraps each of them already. Restoring adds what a key database
lacks and never takes the place of what is there; what the log says was erased, or locked, is so
before the transaction ends.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import structlog
from psycopg.rows import TupleRow

from shared.clock import Clock
from shared.privacy.sealing import CannotOpen, open_sealed, seal

KEPT_FOR = dt.timedelta(days=30)
"""After it nothing is left of a key that was erased (rules: at most thirty days)."""
_PRUNE_SECONDS = 3600.0
_HALF_WRITTEN_SECONDS = 3600.0
"""After it, nobody is still writing what has not become a backup."""
_FORMAT = "jiandu-keys-1"
_NAME = re.compile(r"keys-(?P<service>[a-z]+)-(?P<taken>\d{8}T\d{6}Z)\.jkeys")
_STAMP = "%Y%m%dT%H%M%SZ"

Connection = psycopg.Connection[TupleRow]

_log = structlog.get_logger(__name__)


class NotRestored(Exception):
    """The backup cannot be used; `code` says why, the text what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Backup:
    """A file of keys of `service` as they were at `taken_at`."""

    path: Path
    service: str
    taken_at: dt.datetime

    def is_over(self, now: dt.datetime) -> bool:
        return now >= self.taken_at + KEPT_FOR


def back_up(
    keys: Connection, service: str, master_key: bytes, folder: Path, now: dt.datetime
) -> Backup:
    """Write every key that there is, wrapped as it lies there, to a new file in `folder`.

    Readable by its owner alone; whole or not there at all. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken = now.astimezone(dt.UTC).replace(microsecond=0)
    path = folder / f"keys-{service}-{taken.strftime(_STAMP)}.jkeys"
    head = _head(service, taken)
    with keys.transaction():
        keys.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        subjects = keys.execute(
            "SELECT subject, wrapped, created_at, erased_at, locked FROM keys.subject"
            " ORDER BY subject"
        ).fetchall()
        own = keys.execute("SELECT use, wrapped FROM keys.service ORDER BY use").fetchall()
    content = json.dumps({"subjects": [_plain(row) for row in subjects], "own": _own(own)})
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_bytes(head + b"\n" + seal(master_key, head.decode(), content.encode()))
    part.replace(path)
    return Backup(path, service, taken)


def backups(folder: Path) -> Iterator[Backup]:
    """Those in a folder, by their names, the oldest of a service first."""
    for path in sorted(folder.glob("keys-*.jkeys")):
        named = _NAME.fullmatch(path.name)
        if named is not None:
            taken = dt.datetime.strptime(named["taken"], _STAMP).replace(tzinfo=dt.UTC)
            yield Backup(path, named["service"], taken)


def prune(folder: Path, now: dt.datetime) -> list[Backup]:
    """Delete those that are older than thirty days; which they were. Raises OSError."""
    over = [its for its in backups(folder) if its.is_over(now)]
    for its in over:
        its.path.unlink(missing_ok=True)
    for part in folder.glob("keys-*.part"):
        if time.time() - part.stat().st_mtime > _HALF_WRITTEN_SECONDS:
            part.unlink(missing_ok=True)
    return over


class Pruning:
    """Prunes a folder for as long as a process leads, so that none is kept because nobody came."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def run(self, stop: Event) -> None:
        """Until the event is set. Raises OSError."""
        while not stop.is_set():
            gone = prune(self._folder, self._clock.now())
            if gone:
                _log.info("keys.backups_pruned", number=len(gone))
            stop.wait(_PRUNE_SECONDS)


@dataclass(frozen=True)
class Restored:
    """How many subjects' keys came back, and how many stayed away since they were erased."""

    keys: int
    erased: int


def restore(
    keys: Connection,
    service: str,
    master_key: bytes,
    path: Path,
    gone: Collection[str],
    locked: Collection[str],
    now: dt.datetime,
) -> Restored:
    """Bring back what the key database lacks. Raises NotRestored, OSError.

    gone, locked: subjects, by what the log says has happened (`erasures_in_log`)
    """
    taken_at, content = _read(path, service, master_key)
    if now >= taken_at + KEPT_FOR:
        raise NotRestored("too_old", "备份已超过三十天，按规定不得使用，请改用较新的备份。")
    with keys.transaction():
        _restore_own(keys, content["own"])
        rows = [_erased(row, now) if row["subject"] in gone else row for row in content["subjects"]]
        added = keys.execute(
            "INSERT INTO keys.subject (subject, wrapped, created_at, erased_at)"
            " SELECT subject, decode(wrapped, 'base64'), created_at, erased_at"
            " FROM jsonb_to_recordset(%s::jsonb) AS kept(subject text, wrapped text,"
            "  created_at timestamptz, erased_at timestamptz)"
            " ON CONFLICT (subject) DO NOTHING RETURNING wrapped IS NOT NULL",
            (json.dumps(rows),),
        ).fetchall()
        keys.execute(
            "UPDATE keys.subject SET wrapped = NULL, erased_at = %s"
            " WHERE subject = ANY (%s) AND wrapped IS NOT NULL",
            (now, list(gone)),
        )
        keys.execute(
            "UPDATE keys.subject SET locked = (subject = ANY (%s))"
            " WHERE locked OR subject = ANY (%s)",
            (list(locked), list(locked)),
        )
    back = sum(1 for row in added if row[0])
    return Restored(back, sum(1 for row in content["subjects"] if row["subject"] in gone))


def _restore_own(keys: Connection, own: dict[str, str]) -> None:
    """The service's own keys must be the backup's: hashes and signatures hang on them."""
    for use, wrapped in own.items():
        value = base64.b64decode(wrapped)
        keys.execute(
            "INSERT INTO keys.service (use, wrapped) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (use, value),
        )
        row = keys.execute("SELECT wrapped FROM keys.service WHERE use = %s", (use,)).fetchone()
        if row is None or bytes(row[0]) != value:
            raise NotRestored(
                "other_keys",
                "密钥库里已有另一套服务密钥：请停止该服务，新建空的密钥库并执行 migrate 后再恢复。",
            )


def _read(path: Path, service: str, master_key: bytes) -> tuple[dt.datetime, dict[str, Any]]:
    head, _, body = path.read_bytes().partition(b"\n")
    try:
        said = json.loads(head)
        if said["format"] != _FORMAT:
            raise ValueError
        taken_at = dt.datetime.fromisoformat(said["taken_at"])
    except (ValueError, KeyError, TypeError):
        raise NotRestored("no_backup", f"{path} 不是密钥备份文件，请核对。") from None
    if said["service"] != service:
        raise NotRestored("other_service", f"这是 {said['service']} 的密钥备份，请核对服务名称。")
    try:
        content: dict[str, Any] = json.loads(open_sealed(master_key, head.decode(), body))
    except CannotOpen:
        raise NotRestored(
            "damaged", "备份文件已损坏，或者主密钥不是做备份时的那一个，请核对。"
        ) from None
    return taken_at, content


def _head(service: str, taken_at: dt.datetime) -> bytes:
    return json.dumps(
        {"format": _FORMAT, "service": service, "taken_at": taken_at.isoformat()}
    ).encode()


def _plain(row: TupleRow) -> dict[str, Any]:
    subject, wrapped, created_at, erased_at, locked = row
    return {
        "subject": subject,
        "wrapped": None if wrapped is None else base64.b64encode(wrapped).decode(),
        "created_at": created_at.isoformat(),
        "erased_at": None if erased_at is None else erased_at.isoformat(),
        "locked": locked,
    }


def _own(rows: list[TupleRow]) -> dict[str, str]:
    return {use: base64.b64encode(wrapped).decode() for use, wrapped in rows}


def _erased(row: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    return {**row, "wrapped": None, "erased_at": row["erased_at"] or now.isoformat()}
