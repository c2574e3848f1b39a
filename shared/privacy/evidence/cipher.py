"""Encrypting a file a chunk at a time, so that neither end ever holds it whole.

Each chunk is sealed for its file, its place and whether it is the last: none can be changed, left
out, moved, put in twice or cut off without that being seen (STREAM, Hoang et al. 2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared.privacy.evidence.pieces import cut
from shared.privacy.sealing import new_key, open_sealed, seal

CHUNK_BYTES = 128 * 1024
_OVERHEAD = len(seal(new_key(), "", b""))


def encrypt(key: bytes, file_id: str, clear: Iterable[bytes]) -> Iterator[bytes]:
    """The ciphertext of a file under a key that is used for nothing else."""
    for index, chunk, last in _numbered(cut(clear, CHUNK_BYTES)):
        yield seal(key, _context(file_id, index, last), chunk)


def decrypt(key: bytes, file_id: str, ciphertext: Iterable[bytes]) -> Iterator[bytes]:
    """The inverse of `encrypt`. Raises CannotOpen at the first chunk that is not as it was."""
    for index, chunk, last in _numbered(cut(ciphertext, CHUNK_BYTES + _OVERHEAD)):
        yield open_sealed(key, _context(file_id, index, last), chunk)


def encrypted_size(size: int) -> int:
    """Bytes of the ciphertext of a file of `size` bytes."""
    return size + -(-size // CHUNK_BYTES) * _OVERHEAD


def _numbered(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    index, held = 0, next(chunks, b"")
    for following in chunks:
        yield index, held, False
        index, held = index + 1, following
    yield index, held, True


def _context(file_id: str, index: int, last: bool) -> str:
    return f"evidence|{file_id}|{index}|{'last' if last else 'more'}"
