"""A file on its way through: on disk without a name, unreadable without this process's memory."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from shared.privacy.sealing import new_key, open_sealed, seal

BLOCK = 128 * 1024
"""Bytes encrypted at a time: what memory holds of a file, whatever its size."""
_OVERHEAD = len(seal(new_key(), "", b""))


class Cut(Exception):
    """The sender ended before the bytes it had announced had come, or sent more of them."""


class Spool:
    """A file that was received whole. `sha256` is hexadecimal."""

    def __init__(self, kept: IO[bytes], key: bytes, size: int, sha256: str) -> None:
        self._kept, self._key, self.size, self.sha256 = kept, key, size, sha256

    def read(self, start: int, length: int) -> bytes:
        """Bytes from `start` on, `length` of them or what is there."""
        end = min(start + length, self.size)
        blocks = range(start // BLOCK, -(-end // BLOCK))
        data = b"".join(self._block(index) for index in blocks)
        skipped = start - blocks.start * BLOCK
        return data[skipped : skipped + end - start]

    def _block(self, index: int) -> bytes:
        self._kept.seek(index * (BLOCK + _OVERHEAD))
        return open_sealed(self._key, str(index), self._kept.read(BLOCK + _OVERHEAD))


@contextmanager
def received(stream: Any, size: int) -> Iterator[Spool]:
    """Take `size` bytes from a stream; they are gone with the block. Raises Cut.

    The file has no name (Linux: O_TMPFILE), so nothing outlives the process, however it ends.
    """
    key, digest, taken, index = new_key(), hashlib.sha256(), 0, 0
    with tempfile.TemporaryFile(prefix="jiandu-") as kept:
        while block := _block(stream, min(BLOCK, size - taken)):
            digest.update(block)
            kept.write(seal(key, str(index), block))
            taken, index = taken + len(block), index + 1
        if taken != size or stream.read(1):
            raise Cut(f"{taken} of {size} bytes")
        yield Spool(kept, key, size, digest.hexdigest())


def _block(stream: Any, length: int) -> bytes:
    """As many bytes as asked for unless the stream ends; a socket gives them in small pieces."""
    parts: list[bytes] = []
    while length > 0 and (part := stream.read(length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
