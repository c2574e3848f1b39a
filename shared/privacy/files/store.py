"""Where a service keeps files: brought in chunks, each encrypted, none changed once checked.

Memory holds one chunk at a time, whatever the file's size. A chunk that was put is committed, so
a process that dies half way loses nothing it has acknowledged and its sender goes on from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from shared.contracts.media import MediaType
from shared.contracts.message import SealedValue
from shared.privacy.keyring import Keyring
from shared.privacy.sealing import new_key, open_sealed, seal

MIGRATIONS = Path(__file__).parent / "migrations"

CHUNK_BYTES = 128 * 1024
"""The largest that, sealed and in base64 twice, still fits into a message (256 KiB)."""

Connections = ConnectionPool[psycopg.Connection[Any]]


class FileTaken(Exception):
    """The id belongs to another file."""


class ChunkRefused(Exception):
    """No file is being brought under that id, or the chunk is none of it."""


@dataclass(frozen=True)
class Declared:
    """A file as its sender declares it: for which stream, under whose key, what it will be."""

    owner: str
    subject: str
    uploader: str
    media_type: MediaType
    size: int
    sha256: str


@dataclass(frozen=True)
class StoredFile:
    """A file as it lies here. `checked`: whole, and what it says it is."""

    file_id: str
    owner: str
    subject: str
    uploader: str
    media_type: str
    size: int
    sha256: str
    chunk_bytes: int
    wrapped_key: bytes
    writes: int
    checked: bool

    @property
    def chunks(self) -> int:
        return -(-self.size // self.chunk_bytes)

    def bytes_of(self, index: int) -> int:
        """How many bytes chunk `index` has."""
        return min(self.chunk_bytes, self.size - index * self.chunk_bytes)

    def is_as(self, declared: Declared) -> bool:
        """Whether it is the very file that is declared."""
        return all(
            getattr(self, name) == getattr(declared, name)
            for name in ("owner", "subject", "uploader", "media_type", "size", "sha256")
        )


_COLUMNS = (
    "file_id::text AS file_id, owner, subject, uploader, media_type, size, sha256, chunk_bytes,"
    " wrapped_key, writes, checked"
)


class FileStore:
    """The files of the service whose keyring this is."""

    def __init__(
        self, connections: Connections, keyring: Keyring, chunk_bytes: int = CHUNK_BYTES
    ) -> None:
        self._connections, self._keyring, self._chunk_bytes = connections, keyring, chunk_bytes

    def begin(self, file_id: str, declared: Declared, now: dt.datetime) -> StoredFile:
        """Declare a file, or come back to it. Another file under the id of one that its uploader
        has not finished begins anew.

        Raises FileTaken when the id belongs to somebody or something else, Erased when the
        subject was erased.
        """
        key = new_key()
        wrapped = self._keyring.seal(declared.subject, _key_context(file_id), key, now)
        values = {**vars(declared), "file_id": file_id, "wrapped": wrapped}
        with self._connections.connection() as connection, connection.transaction():
            connection.execute(
                "INSERT INTO files.file (file_id, owner, subject, uploader, media_type, size,"
                " sha256, chunk_bytes, wrapped_key) VALUES (%(file_id)s, %(owner)s, %(subject)s,"
                " %(uploader)s, %(media_type)s, %(size)s, %(sha256)s, %(chunk_bytes)s,"
                " %(wrapped)s) ON CONFLICT DO NOTHING",
                {**values, "chunk_bytes": self._chunk_bytes},
            )
            found = _row(connection, file_id, "FOR UPDATE")
            assert found is not None
            if found.is_as(declared):
                connection.execute(
                    "UPDATE files.file SET touched_at = clock_timestamp() WHERE file_id = %s",
                    (file_id,),
                )
                return found
            theirs = (found.owner, found.uploader) != (declared.owner, declared.uploader)
            if theirs or found.checked:
                raise FileTaken(file_id)
            connection.execute("DELETE FROM files.chunk WHERE file_id = %s", (file_id,))
            connection.execute(
                "UPDATE files.file SET media_type = %(media_type)s, size = %(size)s,"
                " sha256 = %(sha256)s, wrapped_key = %(wrapped)s, writes = writes + 1,"
                " touched_at = clock_timestamp() WHERE file_id = %(file_id)s",
                values,
            )
            again = _row(connection, file_id)
            assert again is not None
            return again

    def find(self, file_id: str) -> StoredFile | None:
        with self._connections.connection() as connection:
            return _row(connection, file_id)

    def touch(self, file_id: str) -> StoredFile | None:
        """As `find`, and it will not be swept away for another while."""
        with self._connections.connection() as connection:
            connection.execute(
                "UPDATE files.file SET touched_at = clock_timestamp() WHERE file_id = %s",
                (file_id,),
            )
            return _row(connection, file_id)

    def missing(self, file: StoredFile) -> list[int]:
        """Chunks that have not come yet, by index."""
        with self._connections.connection() as connection:
            rows = connection.execute(
                "SELECT index FROM files.chunk WHERE file_id = %s", (file.file_id,)
            ).fetchall()
        there = {index for (index,) in rows}
        return [index for index in range(file.chunks) if index not in there]

    def put(self, file: StoredFile, index: int, data: bytes) -> None:
        """Keep a chunk; it is committed when this returns. Again replaces it.

        Raises ChunkRefused once the file is checked or has begun anew, and for a chunk that has
        not the bytes it should have.
        """
        if not 0 <= index < file.chunks or len(data) != file.bytes_of(index):
            raise ChunkRefused(f"chunk {index} of {file.file_id} has {len(data)} bytes")
        ciphertext = seal(self._key(file), _chunk_context(file, index), data)
        with self._connections.connection() as connection:
            done = connection.execute(
                "WITH open AS (UPDATE files.file SET writes = writes + 1,"
                "  touched_at = clock_timestamp()"
                "  WHERE file_id = %s AND wrapped_key = %s AND NOT checked RETURNING file_id)"
                " INSERT INTO files.chunk (file_id, index, ciphertext)"
                " SELECT file_id, %s, %s FROM open"
                " ON CONFLICT (file_id, index) DO UPDATE SET ciphertext = EXCLUDED.ciphertext",
                (file.file_id, file.wrapped_key, index, ciphertext),
            )
        if done.rowcount != 1:
            raise ChunkRefused(f"{file.file_id} takes no chunk")

    def get(self, file: StoredFile, index: int) -> bytes:
        """One chunk in clear. Raises ChunkRefused when it is not there, Erased, CannotOpen."""
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT ciphertext FROM files.chunk WHERE file_id = %s AND index = %s",
                (file.file_id, index),
            ).fetchone()
        if row is None:
            raise ChunkRefused(f"{file.file_id} has no chunk {index}")
        return open_sealed(self._key(file), _chunk_context(file, index), bytes(row[0]))

    def read(self, file: StoredFile) -> Iterator[bytes]:
        """The file in clear, a chunk at a time. Raises as `get` does."""
        for index in range(file.chunks):
            yield self.get(file, index)

    def check_off(self, file: StoredFile) -> bool:
        """Call it checked, unless somebody has written to it since it was looked at."""
        with self._connections.connection() as connection:
            done = connection.execute(
                "UPDATE files.file SET checked = true, touched_at = clock_timestamp()"
                " WHERE file_id = %s AND writes = %s AND wrapped_key = %s",
                (file.file_id, file.writes, file.wrapped_key),
            )
        return done.rowcount == 1

    def _key(self, file: StoredFile) -> bytes:
        context = _key_context(file.file_id)
        return self._keyring.open(SealedValue(file.subject, context, bytes(file.wrapped_key)))


def _row(connection: psycopg.Connection[Any], file_id: str, locked: str = "") -> StoredFile | None:
    with connection.cursor(row_factory=class_row(StoredFile)) as cursor:
        query = f"SELECT {_COLUMNS} FROM files.file WHERE file_id = %s {locked}"  # noqa: S608
        return cursor.execute(query.encode(), (file_id,)).fetchone()


def _key_context(file_id: str) -> str:
    return f"file|{file_id}"


def _chunk_context(file: StoredFile, index: int) -> str:
    """Binds a chunk to its place, so that none can be moved, left out or put in twice."""
    return f"file|{file.file_id}|{index}/{file.chunks}|{file.size}"
