"""Evidence in a folder of this machine, or of a file system that all of ours have mounted."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from shared.privacy.evidence.store import (
    EvidenceStore,
    ObjectMissing,
    StoreAway,
    StoredObject,
    checked,
)

LEFT_FREE = 1024 * 1024 * 1024
"""Bytes that whoever floods us with files leaves to everything else on the disk."""
_PIECE = 256 * 1024
_INCOMING = "incoming"


class FolderStore(EvidenceStore):
    """Objects lie in subfolders named by their first two digits, readable by our user alone.

    The folder itself must be there: what is not mounted must not be filled.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        path = self._path(name)
        with _told():
            self._refuse_absent()
            if shutil.disk_usage(self._root).free < LEFT_FREE:
                raise StoreAway("the folder of evidence is nearly full")
            incoming = _made(self._root / _INCOMING)
            handle, unfinished = tempfile.mkstemp(prefix=f"{name}.", dir=incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in pieces:
                    with _told():
                        file.write(piece)
                with _told():
                    file.flush()
                    os.fsync(file.fileno())
            with _told():
                # A link, not a move: it fails where the name is taken.
                os.link(unfinished, _made(path.parent) / path.name)
                _sync(path.parent)
        finally:
            with suppress(OSError):
                os.unlink(unfinished)

    def get(self, name: str) -> Iterator[bytes]:
        path = self._path(name)
        with _told():
            try:
                file = path.open("rb")
            except FileNotFoundError:
                self._refuse_absent()
                raise ObjectMissing(name) from None
        with file:
            while True:
                with _told():
                    piece = file.read(_PIECE)
                if not piece:
                    return
                yield piece

    def find(self, name: str) -> StoredObject | None:
        path = self._path(name)
        with _told():
            try:
                return _described(path)
            except FileNotFoundError:
                self._refuse_absent()
                return None

    def all(self) -> Iterator[StoredObject]:
        with _told():
            self._refuse_absent()
            folders = sorted(its for its in self._root.iterdir() if len(its.name) == 2)
        for folder in folders:
            with _told():
                paths = sorted(folder.iterdir())
            for path in paths:
                with _told(), suppress(FileNotFoundError):
                    yield _described(path)

    def delete(self, name: str) -> None:
        path = self._path(name)
        with _told():
            self._refuse_absent()
            path.unlink(missing_ok=True)

    def forget_unfinished(self, before: dt.datetime) -> None:
        with _told():
            self._refuse_absent()
            for path in _made(self._root / _INCOMING).iterdir():
                with suppress(FileNotFoundError):
                    if _described(path).stored_at < before:
                        path.unlink()

    def _path(self, name: str) -> Path:
        return self._root / checked(name)[:2] / name

    def _refuse_absent(self) -> None:
        if not self._root.is_dir():
            raise StoreAway(f"there is no folder {self._root}")


@contextmanager
def _told() -> Iterator[None]:
    """Raises StoreAway for what the file system says no to: full, read only, away."""
    try:
        yield
    except OSError as error:
        raise StoreAway(f"the folder of evidence: {error.strerror or error}") from error


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    """The name itself is on disk once this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _described(path: Path) -> StoredObject:
    found = path.stat()
    return StoredObject(
        path.name, found.st_size, dt.datetime.fromtimestamp(found.st_mtime, tz=dt.UTC)
    )
