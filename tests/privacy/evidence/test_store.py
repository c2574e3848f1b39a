"""What every store of evidence keeps to, each held to it over what it really stands on."""

from __future__ import annotations

import datetime as dt
import os
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.privacy.evidence.folder import FolderStore
from shared.privacy.evidence.place import BadPlace, store_from
from shared.privacy.evidence.s3 import PART_BYTES, Bucket, S3Store
from shared.privacy.evidence.store import EvidenceStore, ObjectMissing, StoreAway
from tests.privacy.evidence.conftest import serving

NOBODYS = "00000000-0000-4000-8000-000000000000"


def name() -> str:
    return str(uuid.uuid4())


def read(store: EvidenceStore, its: str) -> bytes:
    return b"".join(store.get(its))


@pytest.mark.parametrize(
    "size", [0, 1, 1_000_000, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES + 12_345]
)
def test_what_is_put_is_what_is_got(store: EvidenceStore, size: int) -> None:
    raw, its = os.urandom(size), name()
    store.put(its, (raw[at : at + 700_000] for at in range(0, size, 700_000)))
    assert read(store, its) == raw
    found = store.find(its)
    assert found is not None
    assert (found.name, found.size) == (its, size)
    assert abs(found.stored_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_all_tells_of_every_object(store: EvidenceStore) -> None:
    names = {name() for _ in range(5)}
    for its in names:
        store.put(its, [b"x" * 10])
    told = {its.name: its.size for its in store.all()}
    assert all(told[its] == 10 for its in names)


def test_what_was_deleted_is_missing_and_may_be_deleted_again(store: EvidenceStore) -> None:
    its = name()
    store.put(its, [b"gone soon"])
    store.delete(its)
    store.delete(its)
    assert store.find(its) is None
    assert its not in {each.name for each in store.all()}
    with pytest.raises(ObjectMissing):
        read(store, its)


def test_what_was_never_there_is_missing(store: EvidenceStore) -> None:
    assert store.find(NOBODYS) is None
    with pytest.raises(ObjectMissing):
        next(store.get(NOBODYS))


@pytest.mark.parametrize("size", [10, 3 * PART_BYTES])
def test_a_sender_who_breaks_off_leaves_nothing(store: EvidenceStore, size: int) -> None:
    its = name()

    def broken() -> Iterator[bytes]:
        yield b"x" * size
        raise ConnectionAbortedError("the browser went away")

    with pytest.raises(ConnectionAbortedError):
        store.put(its, broken())
    assert store.find(its) is None
    assert its not in {each.name for each in store.all()}
    store.forget_unfinished(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    store.put(its, [b"the second try"])
    assert read(store, its) == b"the second try"


@pytest.mark.parametrize("bad", ["../../etc/passwd", "a/b", "", "..", NOBODYS.upper() + "/", "é"])
def test_a_name_is_never_a_path(store: EvidenceStore, bad: str) -> None:
    for use in (
        store.find,
        store.delete,
        lambda its: store.put(its, [b""]),
        lambda i: read(store, i),
    ):
        with pytest.raises(ValueError, match="UUID"):
            use(bad)


def test_a_folder_shows_itself_to_nobody_else_and_overwrites_nothing(folder: Path) -> None:
    store, its = FolderStore(folder), name()
    store.put(its, [b"first"])
    with pytest.raises(StoreAway):
        store.put(its, [b"second"])
    assert read(store, its) == b"first"
    kept = folder / its[:2] / its
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert list((folder / "incoming").iterdir()) == []


def test_what_a_killed_writer_left_is_swept_and_what_is_being_written_is_not(folder: Path) -> None:
    store, now = FolderStore(folder), dt.datetime.now(dt.UTC)
    store.put(name(), [b"x"])
    left = folder / "incoming" / "left"
    left.write_bytes(b"half")
    store.forget_unfinished(now - dt.timedelta(hours=1))
    assert left.exists()
    store.forget_unfinished(now + dt.timedelta(hours=1))
    assert not left.exists()


def test_a_folder_that_is_not_mounted_is_away_and_is_not_made(lost: EvidenceStore) -> None:
    refused = (
        lambda: lost.put(name(), [b"x"]),
        lambda: read(lost, name()),
        lambda: lost.find(name()),
        lambda: list(lost.all()),
        lambda: lost.delete(name()),
    )
    for use in refused:
        with pytest.raises(StoreAway):
            use()


def test_a_disk_that_is_nearly_full_takes_nothing_and_still_gives(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, its = FolderStore(folder), name()
    store.put(its, [b"before"])
    monkeypatch.setattr("shared.privacy.evidence.folder.LEFT_FREE", 2**62)
    with pytest.raises(StoreAway, match="full"):
        store.put(name(), [b"x"])
    assert read(store, its) == b"before"


def test_a_server_that_goes_away_in_mid_upload_is_told_as_away(tmp_path: Path) -> None:
    with serving(tmp_path) as (bucket, server):
        store, its = S3Store(bucket, seconds=2), name()

        def pieces() -> Iterator[bytes]:
            yield b"x" * 2 * PART_BYTES
            server.kill()
            server.wait()
            yield b"x" * 2 * PART_BYTES

        with pytest.raises(StoreAway):
            store.put(its, pieces())
        assert not [path for path in tmp_path.rglob("*") if path.name == its]


def test_where_no_server_is_the_store_is_away() -> None:
    store = S3Store(Bucket("bureau", "http://127.0.0.1:9", "us-east-1", "a", "b"), seconds=1)
    for use in (
        lambda: store.put(name(), [b"x"]),
        lambda: store.put(name(), [b"x" * 3 * PART_BYTES]),
        lambda: read(store, name()),
        lambda: store.find(name()),
        lambda: list(store.all()),
        lambda: store.delete(name()),
    ):
        with pytest.raises(StoreAway):
            use()


def test_a_server_that_knows_us_not_says_no(s3_server: Bucket) -> None:
    wrong = Bucket(s3_server.name, s3_server.endpoint, s3_server.region, "bureau", "guessed")
    with pytest.raises(StoreAway):
        S3Store(wrong).put(name(), [b"x"])


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"JIANDU_EVIDENCE_STORE": "folder:relative/path"},
        {"JIANDU_EVIDENCE_STORE": "ftp:/x"},
        {"JIANDU_EVIDENCE_STORE": "s3:"},
        {"JIANDU_EVIDENCE_STORE": "s3:bureau"},
        {
            "JIANDU_EVIDENCE_STORE": "s3:bureau",
            "JIANDU_EVIDENCE_S3_ENDPOINT": "http://127.0.0.1:9",
            "JIANDU_EVIDENCE_S3_KEYS_FILE": "/nowhere/at/all",
        },
    ],
)
def test_settings_that_name_no_store_say_what_to_set(environ: dict[str, str]) -> None:
    with pytest.raises(BadPlace, match="JIANDU_EVIDENCE"):
        store_from(environ)
