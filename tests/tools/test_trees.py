"""Trees and proofs of the second verifier: RFC 6962 vectors, and agreement with the first."""

from __future__ import annotations

import hashlib
import random

from shared.eventlog import merkle
from tests.eventlog.test_merkle import ENTRIES, ROOTS
from tools.verify_log import Tree, node_hash, verify_consistency, verify_inclusion

LARGEST = 2000
LEAVES = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(LARGEST)]
REFERENCE_LEAVES = [hashlib.sha256(b"\x00" + entry).digest() for entry in ENTRIES]


def _roots(leaves: list[bytes]) -> list[bytes]:
    tree = Tree()
    roots = [tree.root()]
    for leaf in leaves:
        tree.append(leaf)
        roots.append(tree.root())
    return roots


def test_roots_are_those_of_the_reference_vectors() -> None:
    assert _roots(REFERENCE_LEAVES) == ROOTS


def test_the_reference_trees_proofs_hold() -> None:
    l4 = REFERENCE_LEAVES[4]
    n01 = node_hash(REFERENCE_LEAVES[0], REFERENCE_LEAVES[1])
    n23 = node_hash(REFERENCE_LEAVES[2], REFERENCE_LEAVES[3])
    n45 = node_hash(l4, REFERENCE_LEAVES[5])
    n67 = node_hash(REFERENCE_LEAVES[6], REFERENCE_LEAVES[7])
    n03, n47 = node_hash(n01, n23), node_hash(n45, n67)
    assert n03.hex().startswith("d37ee418976d")
    assert verify_inclusion(REFERENCE_LEAVES[5], 5, 8, [l4, n67, n03], ROOTS[8])
    assert verify_inclusion(REFERENCE_LEAVES[2], 2, 3, [n01], ROOTS[3])
    assert verify_inclusion(l4, 4, 5, [n03], ROOTS[5])
    assert verify_consistency(2, 5, ROOTS[2], ROOTS[5], [n23, l4])
    assert verify_consistency(6, 8, ROOTS[6], ROOTS[8], [n45, n67, n03])
    assert verify_consistency(4, 8, ROOTS[4], ROOTS[8], [n47])


def test_roots_agree_with_the_first_implementation_on_every_size() -> None:
    frontier = merkle.Frontier()
    expected = [frontier.root()]
    for leaf in LEAVES:
        frontier.append(leaf)
        expected.append(frontier.root())
    assert _roots(LEAVES) == expected


def test_inclusion_proofs_agree_with_the_first_implementation_on_every_size() -> None:
    chance, roots = random.Random(1), _roots(LEAVES)
    for size in range(1, LARGEST + 1):
        for index in {size - 1, chance.randrange(size)}:
            proof = merkle.inclusion_proof(LEAVES, index, size)
            assert verify_inclusion(LEAVES[index], index, size, proof, roots[size])
            longer = [*proof, LEAVES[0]]
            assert not verify_inclusion(LEAVES[index], index, size, longer, roots[size])
            assert not verify_inclusion(LEAVES[index], index, size, proof, roots[size - 1])
            other = LEAVES[index - 1]
            assert not verify_inclusion(other, index, size, proof, roots[size])
            if proof:
                assert not verify_inclusion(LEAVES[index], index, size, proof[:-1], roots[size])


def test_consistency_proofs_agree_with_the_first_implementation_on_every_size() -> None:
    chance, roots = random.Random(2), _roots(LEAVES)
    for new in range(LARGEST + 1):
        power = 1 << max(new.bit_length() - 1, 0)
        for old in {0, new, min(power, new), chance.randrange(new + 1)}:
            proof = merkle.consistency_proof(LEAVES, old, new)
            assert verify_consistency(old, new, roots[old], roots[new], proof)
            longer = [*proof, LEAVES[0]]
            assert not verify_consistency(old, new, roots[old], roots[new], longer)
            assert not verify_consistency(old, new, LEAVES[0][::-1], roots[new], proof)
            if proof:
                assert not verify_consistency(old, new, roots[old], roots[new], proof[:-1])
                assert not verify_consistency(old, new, roots[old], roots[new - 1], proof)


def test_impossible_sizes_prove_nothing() -> None:
    roots = _roots(LEAVES[:4])
    assert not verify_inclusion(LEAVES[0], 0, 0, [], roots[0])
    assert not verify_inclusion(LEAVES[0], -1, 1, [], roots[1])
    assert not verify_inclusion(LEAVES[0], 1, 1, [], roots[1])
    assert not verify_consistency(3, 2, roots[3], roots[2], [])
    assert not verify_consistency(-1, 2, roots[0], roots[2], [])
