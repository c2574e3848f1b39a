"""RFC 6962 Merkle trees over SHA-256, and their proofs (RFC 9162 section 2.1).

Everywhere a *leaf* is a leaf hash, the 32 bytes that `leaf_hash` makes of what is logged and
that the log stores; a node is 32 bytes too. Leaves are counted from 0, so the event at position
p of the ledger is leaf p - 1. A proof is its nodes in the order of the RFC, from the leaves up.

Makers of proofs raise ValueError when asked for the impossible. Verifiers answer only True or
False: what they judge comes from somebody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the tree without leaves."""


def leaf_hash(preimage: bytes) -> bytes:
    """The leaf of a logged entry: SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + preimage).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node over two nodes: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree's right edge: the roots of its perfect subtrees, the largest first.

    All that is needed to go on appending and to know the root: as many hashes as the size has
    one bits, so at most 64. `size` and `hashes` are its dump; a frontier made of both goes on
    where the dumped one stood. Raises ValueError when the two cannot belong together.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self._size = size
        self._hashes = list(hashes)
        if size < 0 or len(self._hashes) != size.bit_count():
            raise ValueError(f"{len(self._hashes)} hashes are not the frontier of {size} leaves")
        if not all(map(_is_hash, self._hashes)):
            raise ValueError(f"a hash has {HASH_BYTES} bytes")

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._size

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """Roots of the perfect subtrees, the largest (leftmost) first."""
        return tuple(self._hashes)

    def append(self, leaf: bytes) -> None:
        """Add one leaf. Raises ValueError when it is not a hash."""
        if not _is_hash(leaf):
            raise ValueError(f"a leaf is a hash of {HASH_BYTES} bytes")
        node, full = leaf, self._size
        while full & 1:
            node = node_hash(self._hashes.pop(), node)
            full >>= 1
        self._hashes.append(node)
        self._size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves in order. Raises ValueError at the first that is not a hash."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._hashes:
            return EMPTY_ROOT
        *larger, node = self._hashes
        for left in reversed(larger):
            node = node_hash(left, node)
        return node


def root(leaves: Iterable[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1, given leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]) of RFC 9162 section 2.1.3.1, over the first `size` leaves.

    Raises ValueError unless index < size <= len(leaves).
    """
    if size > len(leaves):
        raise ValueError(f"no leaf {index} of {size}: there are {len(leaves)} leaves")
    return _roots(leaves, inclusion_ranges(index, size))


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves, (first, end), whose roots are the inclusion proof, in its order.

    Raises ValueError unless index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size} leaves")
    first, end = 0, size
    siblings: list[tuple[int, int]] = []
    while end - first > 1:
        middle = first + _left_size(end - first)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((first, middle))
            first = middle
    return siblings[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether `leaf` is leaf `index` of the tree of `size` leaves (RFC 9162 section 2.1.3.2).

    The root alone does not bind the size: take both from one signed checkpoint.
    """
    if not 0 <= index < size or not all(map(_is_hash, (leaf, root, *proof))):
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            at, last = _up_to_odd(at, last)
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """PROOF(old, D[new]) of RFC 9162 section 2.1.4.1, over the first `new` leaves.

    Raises ValueError unless 0 <= old <= new <= len(leaves).
    """
    if new > len(leaves):
        raise ValueError(f"no trees of {old} and {new} in {len(leaves)} leaves")
    return _roots(leaves, consistency_ranges(old, new))


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """The ranges of leaves, (first, end), whose roots are the consistency proof, in its order.

    The RFC leaves out old = 0; the proof is empty then, for every tree goes on from the empty
    one. Raises ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"no trees: one of {new} leaves does not go on from one of {old}")
    if old == 0:
        return []
    first, end = 0, new
    nodes: list[tuple[int, int]] = []
    while end != old:
        middle = first + _left_size(end - first)
        if old <= middle:
            nodes.append((middle, end))
            end = middle
        else:
            nodes.append((first, middle))
            first = middle
    if first > 0:  # else the node is the old root, which the verifier has
        nodes.append((first, end))
    return nodes[::-1]


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the new tree only appended to the old one (RFC 9162 section 2.1.4.2).

    Equal sizes need equal roots, the empty tree its own root, and both an empty proof.
    """
    if not 0 <= old_size <= new_size:
        return False
    if not all(map(_is_hash, (old_root, new_root, *proof))):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root and (old_size > 0 or old_root == EMPTY_ROOT)
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    return _grew(old_size, new_size, old_root, new_root, proof)


def _grew(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    perfect = old_size.bit_count() == 1
    path = [old_root, *proof] if perfect else list(proof)
    if not proof:
        return False
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_node = new_node = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_node = node_hash(sibling, old_node)
            new_node = node_hash(sibling, new_node)
            at, last = _up_to_odd(at, last)
        else:
            new_node = node_hash(new_node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root


def _up_to_odd(at: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a node on the right edge has no sibling."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _left_size(size: int) -> int:
    """The largest power of two smaller than `size`, which is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def _roots(leaves: Sequence[bytes], ranges: Iterable[tuple[int, int]]) -> list[bytes]:
    return [root(leaves[i] for i in range(first, end)) for first, end in ranges]


def _is_hash(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == HASH_BYTES
