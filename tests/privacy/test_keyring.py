"""Invariant 6: a key is committed before its use; a missing key is an error, an erased one not."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from shared.contracts.message import SealedValue
from shared.privacy.keyring import Erased, KeyMissing, Keyring, Locked
from shared.privacy.sealing import CannotOpen, open_sealed
from tests.privacy.conftest import KeyDatabase

PROJECT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
SUBJECT, PLACE = "application:1", "registry|application-1|ApplicationSubmitted|unit_name"


def sealed(keyring: Keyring, subject: str = SUBJECT, text: bytes = b"plain") -> SealedValue:
    return SealedValue(subject, PLACE, keyring.seal(subject, PLACE, text, NOW))


def wrapped_key(database: KeyDatabase, subject: str = SUBJECT) -> bytes:
    with psycopg.connect(database.owner_url) as owner:
        row = owner.execute(
            "SELECT wrapped FROM keys.subject WHERE subject = %s", (subject,)
        ).fetchone()
    assert row is not None
    return bytes(row[0])


def test_another_process_opens_what_this_one_sealed(
    keyring: Keyring, another_process: Callable[[], Keyring]
) -> None:
    assert another_process().open(sealed(keyring)) == b"plain"


def test_the_key_is_committed_by_the_time_there_is_a_ciphertext(
    keyring: Keyring, key_database: KeyDatabase
) -> None:
    value = sealed(keyring)
    key = open_sealed(key_database.master_key, f"registry|{SUBJECT}", wrapped_key(key_database))
    assert open_sealed(key, PLACE, value.ciphertext) == b"plain"


def test_without_its_database_nothing_is_sealed(key_database: KeyDatabase) -> None:
    with ConnectionPool(key_database.runtime_url, min_size=1, max_size=1, open=False) as closed:
        pass
    with pytest.raises(psycopg.Error):
        sealed(Keyring("registry", closed, key_database.master_key))


def test_subjects_have_keys_of_their_own(keyring: Keyring, key_database: KeyDatabase) -> None:
    value = sealed(keyring)
    sealed(keyring, "application:2")
    with pytest.raises(CannotOpen):
        keyring.open(SealedValue("application:2", PLACE, value.ciphertext))


def test_a_key_of_another_row_is_not_taken_for_the_subjects_own(
    keyring: Keyring, key_database: KeyDatabase, another_process: Callable[[], Keyring]
) -> None:
    value = sealed(keyring)
    sealed(keyring, "application:2")
    with psycopg.connect(key_database.owner_url) as owner:
        owner.execute(
            "UPDATE keys.subject SET wrapped = (SELECT wrapped FROM keys.subject"
            " WHERE subject = 'application:2') WHERE subject = %s",
            (SUBJECT,),
        )
    with pytest.raises(CannotOpen):
        another_process().open(value)


def test_threads_that_need_a_new_key_at_once_all_get_the_same(
    another_process: Callable[[], Keyring], key_database: KeyDatabase
) -> None:
    together = Barrier(6)

    def seal_at_once(number: int) -> SealedValue:
        own = another_process()
        together.wait()
        return sealed(own)

    with ThreadPoolExecutor(6) as threads:
        values = list(threads.map(seal_at_once, range(6)))
    opened = another_process()
    assert {opened.open(value) for value in values} == {b"plain"}


def test_processes_that_need_a_new_key_at_once_all_get_the_same(
    key_database: KeyDatabase, another_process: Callable[[], Keyring]
) -> None:
    subjects = [f"application:{number}" for number in range(20)]
    command = [sys.executable, "-m", "tests.privacy.key_process"]
    command += [key_database.runtime_url, key_database.master_key.hex(), *subjects]
    processes = [
        subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate()[0].split() for process in processes]

    opened = another_process()
    for ciphertexts in told:
        for subject, ciphertext in zip(subjects, ciphertexts, strict=True):
            value = SealedValue(subject, "place", bytes.fromhex(ciphertext))
            assert opened.open(value) == b"plain"


def test_under_a_wrong_master_key_nothing_opens_and_nothing_is_overwritten(
    keyring: Keyring, keys_pool: ConnectionPool, key_database: KeyDatabase
) -> None:
    value = sealed(keyring)
    before = wrapped_key(key_database)
    stranger = Keyring("registry", keys_pool, os.urandom(32))
    with pytest.raises(CannotOpen):
        stranger.open(value)
    with pytest.raises(CannotOpen):
        sealed(stranger)
    keyring.receiving_key()
    with pytest.raises(CannotOpen):
        stranger.receiving_key()
    assert wrapped_key(key_database) == before


@pytest.mark.parametrize("use", ["receipts", "browsers"])
def test_at_the_start_every_key_that_there_is_must_open(
    keyring: Keyring, keys_pool: ConnectionPool, key_database: KeyDatabase, use: str
) -> None:
    """Those of the portal too: with a wrong one, no receipt code would lead anywhere."""
    {"receipts": keyring.receipts_key, "browsers": keyring.browsers_key}[use]()
    keyring.open_own_keys()
    with pytest.raises(CannotOpen):
        Keyring("registry", keys_pool, os.urandom(32)).open_own_keys()
    with psycopg.connect(key_database.owner_url) as owner:
        owner.execute("DELETE FROM keys.service WHERE use <> %s", (use,))
    with pytest.raises(CannotOpen):
        Keyring("registry", keys_pool, os.urandom(32)).open_own_keys()


def test_another_service_does_not_unwrap_the_keys_with_the_same_master_key(
    keyring: Keyring, keys_pool: ConnectionPool, key_database: KeyDatabase
) -> None:
    value = sealed(keyring)
    with pytest.raises(CannotOpen):
        Keyring("clues", keys_pool, key_database.master_key).open(value)


def test_a_missing_key_is_an_error_and_is_not_made_anew(
    keyring: Keyring, key_database: KeyDatabase, another_process: Callable[[], Keyring]
) -> None:
    value = sealed(keyring)
    with psycopg.connect(key_database.owner_url) as owner:
        owner.execute("DELETE FROM keys.subject")
    with pytest.raises(KeyMissing):
        another_process().open(value)
    with psycopg.connect(key_database.owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM keys.subject").fetchone() == (0,)


def test_an_erased_key_is_a_fact_and_nothing_more_is_sealed_under_it(
    keyring: Keyring, another_process: Callable[[], Keyring]
) -> None:
    value = sealed(keyring)
    assert keyring.destroy([SUBJECT], NOW) == [SUBJECT]
    with pytest.raises(Erased):
        another_process().open(value)
    with pytest.raises(Erased):
        sealed(another_process())
    assert keyring.are_destroyed([SUBJECT])


def test_after_its_erasure_a_process_forgets_the_key_it_has_in_memory(keyring: Keyring) -> None:
    value = sealed(keyring)
    keyring.destroy([SUBJECT], NOW)
    with pytest.raises(Erased):
        keyring.open(value)


def test_destroying_again_changes_nothing_and_one_that_was_never_known_is_erased_too(
    keyring: Keyring, another_process: Callable[[], Keyring]
) -> None:
    sealed(keyring)
    later = NOW + dt.timedelta(days=1)
    assert keyring.destroy([SUBJECT, "application:2"], NOW) == [SUBJECT, "application:2"]
    assert keyring.destroy([SUBJECT, "application:2"], later) == []
    with pytest.raises(Erased):
        sealed(another_process(), "application:2")
    assert not keyring.are_destroyed([SUBJECT, "application:3"])
    assert not keyring.are_destroyed([])


def test_what_is_locked_is_opened_only_by_who_may_and_gets_nothing_more(
    keyring: Keyring, another_process: Callable[[], Keyring]
) -> None:
    value, other = sealed(keyring), sealed(keyring, "application:2")
    keyring.lock([SUBJECT])
    for use in (keyring.open, another_process().open):
        with pytest.raises(Locked):
            use(value)
    with pytest.raises(Locked):
        sealed(another_process())
    assert keyring.open(value, though_locked=True) == b"plain"
    assert another_process().open(other) == b"plain"
    keyring.lock(["application:2"])
    assert another_process().open(value) == b"plain"
    with pytest.raises(Locked):
        another_process().open(other)


def test_a_locked_key_is_not_destroyed_whatever_was_decided(keyring: Keyring) -> None:
    value = sealed(keyring)
    keyring.lock([SUBJECT])
    assert keyring.destroy([SUBJECT], NOW) == []
    assert keyring.open(value, though_locked=True) == b"plain"


def test_what_was_locked_and_then_erased_opens_for_nobody(keyring: Keyring) -> None:
    value = sealed(keyring)
    keyring.lock([SUBJECT])
    keyring.lock([])
    keyring.destroy([SUBJECT], NOW)
    with pytest.raises(Erased):
        keyring.open(value, though_locked=True)


def test_a_key_is_wrapped_or_erased_and_never_half_of_each(
    keyring: Keyring, key_database: KeyDatabase
) -> None:
    sealed(keyring)
    for change in ("wrapped = NULL", f"erased_at = '{NOW}'"):
        with (
            psycopg.connect(key_database.owner_url) as owner,
            pytest.raises(psycopg.errors.CheckViolation),
        ):
            owner.execute(f"UPDATE keys.subject SET {change}".encode())


def test_a_dump_of_the_database_holds_no_clear_key_and_no_value(
    keyring: Keyring, key_database: KeyDatabase
) -> None:
    sealed(keyring, text=b"distinctive value")
    own = {
        "receiving": keyring.receiving_key().private_bytes_raw(),
        "checkpoint": keyring.checkpoint_key().private_bytes_raw(),
        "subject": open_sealed(
            key_database.master_key, f"registry|{SUBJECT}", wrapped_key(key_database)
        ),
        "master": key_database.master_key,
        "value": b"distinctive value",
    }
    with psycopg.connect(key_database.owner_url) as owner:
        dump = "".join(
            str(row[0])
            for table in ("subject", "service")
            for row in owner.execute(f"SELECT t::text FROM keys.{table} t".encode())
        )
    assert len(dump) > 200
    assert [name for name, secret in own.items() if secret.hex() in dump] == []


def test_the_services_own_keys_are_the_same_in_every_process(
    another_process: Callable[[], Keyring],
) -> None:
    one, other = another_process(), another_process()
    assert one.receiving_key().private_bytes_raw() == other.receiving_key().private_bytes_raw()
    assert one.checkpoint_key().private_bytes_raw() == other.checkpoint_key().private_bytes_raw()
    assert one.keyed_hash("s", "a", "b") == other.keyed_hash("s", "a", "b")


def test_a_keyed_hash_tells_scopes_and_parts_apart(keyring: Keyring) -> None:
    given = [("s", "a", "b"), ("s", "ab"), ("s", "a,b"), ("sa", "b"), ("s", "b", "a"), ("s",)]
    assert len({keyring.keyed_hash(*its) for its in given}) == len(given)
