"""Backups of keys: thirty days and no longer, and nothing erased comes back with one."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import TupleRow

from deploy.local.processes import wait_until
from shared.clock import FixedClock
from shared.contracts.message import SealedValue
from shared.privacy.keyring import Erased, KeyMissing, Keyring, Locked
from shared.service import key_backups
from shared.service.key_backups import NotRestored
from tests.privacy.conftest import KeyDatabase

NOW = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
PLACE = "registry|application-1|ApplicationSubmitted|unit_name"
ONE, OTHER, THIRD = (f"application:{n}" for n in (1, 2, 3))
DAY = dt.timedelta(days=1)

Connection = psycopg.Connection[TupleRow]


@pytest.fixture
def connection(key_database: KeyDatabase) -> Iterator[Connection]:
    with psycopg.connect(key_database.runtime_url, autocommit=True) as connection:
        yield connection


def sealed(keyring: Keyring, subject: str) -> SealedValue:
    return SealedValue(subject, PLACE, keyring.seal(subject, PLACE, b"plain", NOW))


def lose_all(database: KeyDatabase) -> None:
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("TRUNCATE keys.subject, keys.service")


def restored(
    connection: Connection,
    database: KeyDatabase,
    path: Path,
    gone: tuple[str, ...] = (),
    locked: tuple[str, ...] = (),
    now: dt.datetime = NOW,
) -> key_backups.Restored:
    return key_backups.restore(connection, "registry", database.master_key, path, gone, locked, now)


def test_what_was_erased_since_does_not_come_back_and_all_else_does(
    keyring: Keyring,
    another_process: Callable[[], Keyring],
    connection: Connection,
    key_database: KeyDatabase,
    tmp_path: Path,
) -> None:
    values = {subject: sealed(keyring, subject) for subject in (ONE, OTHER, THIRD)}
    hashed = keyring.keyed_hash("s", "a")
    its = key_backups.back_up(connection, "registry", key_database.master_key, tmp_path, NOW)
    lose_all(key_database)
    done = restored(connection, key_database, its.path, gone=(ONE,), locked=(OTHER,))
    assert (done.keys, done.erased) == (2, 1)
    fresh = another_process()
    with pytest.raises(Erased):
        fresh.open(values[ONE])
    with pytest.raises(Locked):
        fresh.open(values[OTHER])
    assert fresh.open(values[THIRD]) == b"plain"
    assert fresh.keyed_hash("s", "a") == hashed


def test_what_is_there_is_neither_replaced_nor_brought_to_life(
    keyring: Keyring,
    another_process: Callable[[], Keyring],
    connection: Connection,
    key_database: KeyDatabase,
    tmp_path: Path,
) -> None:
    value = sealed(keyring, ONE)
    keyring.keyed_hash("s", "a")
    its = key_backups.back_up(connection, "registry", key_database.master_key, tmp_path, NOW)
    keyring.destroy([ONE], NOW)
    later = sealed(keyring, OTHER)
    done = restored(connection, key_database, its.path)
    assert done.keys == 0
    with pytest.raises(Erased):
        another_process().open(value)
    assert another_process().open(later) == b"plain"


def test_a_key_that_came_back_by_other_means_is_destroyed_by_the_restore_too(
    keyring: Keyring,
    another_process: Callable[[], Keyring],
    connection: Connection,
    key_database: KeyDatabase,
    tmp_path: Path,
) -> None:
    value = sealed(keyring, ONE)
    its = key_backups.back_up(connection, "registry", key_database.master_key, tmp_path, NOW)
    restored(connection, key_database, its.path, gone=(ONE,))
    with pytest.raises(Erased):
        another_process().open(value)


def test_a_backup_holds_nothing_that_opens_without_the_master_key(
    keyring: Keyring, connection: Connection, key_database: KeyDatabase, tmp_path: Path
) -> None:
    sealed(keyring, ONE)
    its = key_backups.back_up(connection, "registry", key_database.master_key, tmp_path, NOW)
    written = its.path.read_bytes()
    assert ONE.encode() not in written
    assert its.path.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == [its.path.name]
    with pytest.raises(NotRestored) as refusal:
        key_backups.restore(connection, "registry", os.urandom(32), its.path, (), (), NOW)
    assert refusal.value.code == "damaged"


@pytest.mark.parametrize("damage", ["cut", "other_day", "not_json", "empty"])
def test_what_was_changed_restores_nothing(
    keyring: Keyring,
    another_process: Callable[[], Keyring],
    connection: Connection,
    key_database: KeyDatabase,
    tmp_path: Path,
    damage: str,
) -> None:
    value = sealed(keyring, ONE)
    its = key_backups.back_up(connection, "registry", key_database.master_key, tmp_path, NOW)
    written = its.path.read_bytes()
    changed = {
        "cut": written[:-1],
        "other_day": written.replace(b"2026-03-02", b"2026-03-31"),  # to make it look younger
        "not_json": b"keys\n" + written,
        "empty": b"",
    }[damage]
    its.path.write_bytes(changed)
    lose_all(key_database)
    with pytest.raises(NotRestored):
        restored(connection, key_database, its.path)
    with pytest.raises(KeyMissing):
        another_process().open(value)


def test_a_backup_is_of_use_for_thirty_days_and_is_deleted_then(
    keyring: Keyring, connection: Connection, key_database: KeyDatabase, tmp_path: Path
) -> None:
    sealed(keyring, ONE)
    old = key_backups.back_up(connection, "registry", key_database.master_key, tmp_path, NOW)
    young = key_backups.back_up(
        connection, "registry", key_database.master_key, tmp_path, NOW + DAY
    )
    (tmp_path / "keys-registry-notes.txt").write_text("kept")
    last = NOW + 30 * DAY - dt.timedelta(seconds=1)
    assert key_backups.prune(tmp_path, last) == []
    restored(connection, key_database, old.path, now=last)
    with pytest.raises(NotRestored) as refusal:
        restored(connection, key_database, old.path, now=NOW + 30 * DAY)
    assert refusal.value.code == "too_old"
    assert key_backups.prune(tmp_path, NOW + 30 * DAY) == [old]
    assert list(key_backups.backups(tmp_path)) == [young]
    assert (tmp_path / "keys-registry-notes.txt").exists()


def test_another_services_backup_and_other_own_keys_are_refused(
    keyring: Keyring,
    another_process: Callable[[], Keyring],
    connection: Connection,
    key_database: KeyDatabase,
    tmp_path: Path,
) -> None:
    keyring.keyed_hash("s", "a")
    its = key_backups.back_up(connection, "registry", key_database.master_key, tmp_path, NOW)
    with pytest.raises(NotRestored) as refusal:
        key_backups.restore(connection, "clues", key_database.master_key, its.path, (), (), NOW)
    assert refusal.value.code == "other_service"
    lose_all(key_database)
    another_process().keyed_hash("s", "a")
    with pytest.raises(NotRestored) as refusal:
        restored(connection, key_database, its.path)
    assert refusal.value.code == "other_keys"


def test_a_backup_under_way_is_left_and_what_was_broken_off_is_not(tmp_path: Path) -> None:
    for name, age in (("young", 0), ("old", 2 * 3600)):
        part = tmp_path / f"keys-registry-{name}.part"
        part.touch()
        os.utime(part, (time.time() - age, time.time() - age))
    assert key_backups.prune(tmp_path, NOW) == []
    assert [its.name for its in tmp_path.iterdir()] == ["keys-registry-young.part"]


def test_a_leading_process_prunes_by_itself(tmp_path: Path) -> None:
    old = tmp_path / "keys-registry-20260101T000000Z.jkeys"
    old.touch()
    stop = threading.Event()
    pruning = key_backups.Pruning(tmp_path, FixedClock(NOW))
    worker = threading.Thread(target=pruning.run, args=(stop,))
    worker.start()
    assert wait_until(lambda: not old.exists(), 20)
    stop.set()
    worker.join()
    key_backups.Pruning(tmp_path / "not there", FixedClock(NOW)).run(stop)
