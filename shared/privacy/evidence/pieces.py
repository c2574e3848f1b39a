"""A stream of bytes in pieces of one length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def cut(pieces: Iterable[bytes], length: int) -> Iterator[bytes]:
    """The same bytes in pieces of `length`, the last one what is left; none for no bytes."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= length:
            yield bytes(held[:length])
            del held[:length]
    if held:
        yield bytes(held)
