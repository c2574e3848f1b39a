"""The ledger's Merkle tree by tiles: roots and proofs from a few hundred hashes, not all leaves.

A tile holds 256 sibling hashes, eight levels of the tree (docs/audit-format.md section 8). What
no full tile covers yet is computed from the level below, at last from the ledger itself; so the
tree is right even when no tile has been written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from shared.eventlog import merkle
from shared.eventlog.merkle import HASH_BYTES

HEIGHT = 8
WIDTH = 1 << HEIGHT


class TileStore(Protocol):
    """Where tiles and leaves lie; the event log is one."""

    def leaves(self, size: int, after: int = 0) -> Iterable[bytes]:
        """Leaves number `after` to `size` - 1, in order."""

    def tile(self, level: int, index: int) -> bytes | None: ...

    def add_tile(self, level: int, index: int, hashes: bytes) -> None:
        """Keep a full tile; the same one again changes nothing."""

    def tiles(self, level: int) -> int:
        """How many full tiles of the level are kept; they are kept from index 0 on."""


class TiledTree:
    """Reads the tree over the first leaves of a store; `grow` writes the tiles it lacks."""

    def __init__(self, store: TileStore) -> None:
        self._store = store

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves."""
        return self._root_of(0, size) if size else merkle.EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """RFC 6962 path of leaf `index` in the tree of `size` leaves."""
        ranges = merkle.inclusion_ranges(index, size)
        return [self._root_of(first, end) for first, end in ranges]

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """RFC 6962 proof that the tree of `new` leaves only appended to that of `old`."""
        return [self._root_of(first, end) for first, end in merkle.consistency_ranges(old, new)]

    def frontier(self, size: int) -> merkle.Frontier:
        """The tree's right edge, from which a checkpointer goes on."""
        perfect = [self._subtree(level, index) for level, index in _perfect(0, size)]
        return merkle.Frontier(size, perfect)

    def grow(self, size: int) -> None:
        """Keep every full tile of the tree of `size` leaves that is not kept yet."""
        level = 0
        while full := size >> HEIGHT * (level + 1):
            for index in range(self._store.tiles(level), full):
                hashes = self._hashes(level, index * WIDTH, WIDTH)
                self._store.add_tile(level, index, b"".join(hashes))
            level += 1

    def _root_of(self, first: int, end: int) -> bytes:
        subtrees = [self._subtree(level, index) for level, index in _perfect(first, end)]
        node = subtrees.pop()
        while subtrees:
            node = merkle.node_hash(subtrees.pop(), node)
        return node

    def _subtree(self, level: int, index: int) -> bytes:
        """The root of the perfect subtree of 2^level leaves that is the index-th of its size."""
        tile_level, within = divmod(level, HEIGHT)
        count = 1 << within
        return merkle.root(self._hashes(tile_level, index * count, count))

    def _hashes(self, tile_level: int, first: int, count: int) -> list[bytes]:
        tile = self._store.tile(tile_level, first // WIDTH)
        if tile is not None:
            offset = first % WIDTH * HASH_BYTES
            return [
                tile[at : at + HASH_BYTES]
                for at in range(offset, offset + count * HASH_BYTES, HASH_BYTES)
            ]
        if tile_level == 0:
            return list(self._store.leaves(first + count, after=first))
        return [
            merkle.root(self._hashes(tile_level - 1, index * WIDTH, WIDTH))
            for index in range(first, first + count)
        ]


def _perfect(first: int, end: int) -> list[tuple[int, int]]:
    """The perfect subtrees that make up a range of leaves, largest first, as (level, index).

    The range begins where a subtree at least as large as its own largest one may begin, as
    every range of a proof does.
    """
    found = []
    while first < end:
        level = (end - first).bit_length() - 1
        found.append((level, first >> level))
        first += 1 << level
    return found
