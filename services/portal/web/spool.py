"""A file on its way through: on disk without a name, unreadable without this process's memory."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from flask import Request

from shared.privacy.sealing import new_key, open_sealed, seal

BLOCK = 128 * 1024
"""Bytes encrypted at a time: what memory holds of a file, whatever its size."""
_OVERHEAD = len(seal(new_key(), "", b""))


class Cut(Exception):
    """The sender ended before the bytes it had announced had come, or sent more of them."""


class Spool:
    """A file that is taken in piece by piece, then read as often as needed.

    The file has no name (Linux: O_TMPFILE), so nothing outlives the process, however it ends.
    """

    def __init__(self) -> None:
        self._kept: IO[bytes] = tempfile.TemporaryFile(prefix="jiandu-")  # noqa: SIM115
        self._key, self._digest, self._held = new_key(), hashlib.sha256(), bytearray()
        self._blocks, self.size = 0, 0

    @property
    def sha256(self) -> str:
        """Of what was taken in so far, hexadecimal."""
        return self._digest.hexdigest()

    def take(self, piece: bytes) -> None:
        """The next bytes of the file."""
        self._digest.update(piece)
        self.size += len(piece)
        self._held += piece
        while len(self._held) >= BLOCK:
            self._keep(bytes(self._held[:BLOCK]))
            del self._held[:BLOCK]

    def read(self, start: int, length: int) -> bytes:
        """Bytes from `start` on, `length` of them or what is there."""
        end = min(start + length, self.size)
        blocks = range(start // BLOCK, -(-end // BLOCK))
        data = b"".join(self._block(index) for index in blocks)
        skipped = start - blocks.start * BLOCK
        return data[skipped : skipped + end - start]

    def pieces(self) -> Iterator[bytes]:
        """All of it, from its beginning."""
        for index in range(-(-self.size // BLOCK)):
            yield self._block(index)

    def close(self) -> None:
        """Nothing of it is left."""
        self._kept.close()
        self._held.clear()

    def _keep(self, block: bytes) -> None:
        self._kept.seek(self._blocks * (BLOCK + _OVERHEAD))
        self._kept.write(seal(self._key, str(self._blocks), block))
        self._blocks += 1

    def _block(self, index: int) -> bytes:
        if index == self._blocks:
            return bytes(self._held)
        self._kept.seek(index * (BLOCK + _OVERHEAD))
        return open_sealed(self._key, str(index), self._kept.read(BLOCK + _OVERHEAD))


@contextmanager
def received(stream: Any, size: int) -> Iterator[Spool]:
    """Take `size` bytes from a stream; they are gone with the block. Raises Cut."""
    with spooled(_blocks(stream, size)) as spool:
        if spool.size != size or stream.read(1):
            raise Cut(f"{spool.size} of {size} bytes")
        yield spool


@contextmanager
def spooled(pieces: Iterable[bytes]) -> Iterator[Spool]:
    """What the pieces are together, for as long as the block lasts."""
    spool = Spool()
    try:
        for piece in pieces:
            spool.take(piece)
        yield spool
    finally:
        spool.close()


class SpooledPart(io.RawIOBase):
    """A file in a form, as Werkzeug writes it while it comes and as a page reads it afterwards."""

    def __init__(self) -> None:
        self.spool, self._at = Spool(), 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.spool.take(bytes(piece))
        return len(piece)

    def readinto(self, buffer: Any) -> int:
        data = self.spool.read(self._at, len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.spool.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if not self.closed:
            self.spool.close()
        super().close()


class SpoolingRequest(Request):
    """A request whose files never stand on a disk in clear."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return SpooledPart()  # type: ignore[return-value]  # all that is used of one is there


def _blocks(stream: Any, size: int) -> Iterator[bytes]:
    """At most so many bytes, in blocks; a socket gives them in small pieces."""
    left = size
    while left > 0 and (piece := stream.read(min(BLOCK, left))):
        left -= len(piece)
        yield piece
