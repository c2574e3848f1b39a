"""RFC 6962 trees: the reference vectors, and a naive reading of the RFC as the oracle."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.eventlog import merkle
from shared.eventlog.merkle import Frontier

# Entries, roots and proofs of the certificate-transparency reference implementation.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]

L0, L1 = "6e340b9cffb3", "96a296d224f2"
N23, N45, N67 = "5f083f0a1a33", "0ebc5d3437fb", "ca854ea128ed"
N03, N47, L4 = "d37ee418976d", "6b47aaf29ee3", "bc1a0643b12e"
INCLUSION_VECTORS = [
    (0, 1, []),
    (0, 2, [L1]),
    (1, 2, [L0]),
    (2, 3, ["fac54203e7cc"]),
    (1, 5, [L0, N23, L4]),
    (0, 8, [L1, N23, N47]),
    (5, 8, [L4, N67, N03]),
]
CONSISTENCY_VECTORS = [
    (1, 1, []),
    (1, 8, [L1, N23, N47]),
    (2, 5, [N23, L4]),
    (6, 8, [N45, N67, N03]),
]

garbage = st.binary(max_size=40)
digests = st.binary(min_size=32, max_size=32)


def leaves_of(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(number).encode()) for number in range(count)]


# The RFC's own recursive definitions, word for word.


def split(size: int) -> int:
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def naive_root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_reference_implementation(size: int) -> None:
    assert merkle.root(LEAVES[:size]) == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION_VECTORS)
def test_inclusion_proofs_are_those_of_the_reference_implementation(
    index: int, size: int, proof: list[str]
) -> None:
    made = merkle.inclusion_proof(LEAVES, index, size)
    assert [node.hex()[:12] for node in made] == proof
    assert merkle.verify_inclusion(LEAVES[index], index, size, made, ROOTS[size])


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY_VECTORS)
def test_consistency_proofs_are_those_of_the_reference_implementation(
    old: int, new: int, proof: list[str]
) -> None:
    made = merkle.consistency_proof(LEAVES, old, new)
    assert [node.hex()[:12] for node in made] == proof
    assert merkle.verify_consistency(old, new, ROOTS[old], ROOTS[new], made)


def test_a_leaf_cannot_be_taken_for_a_node() -> None:
    left, right = LEAVES[:2]
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)


@given(st.lists(digests, max_size=80))
def test_root_and_frontier_agree_with_the_recursive_definition(leaves: list[bytes]) -> None:
    frontier = Frontier()
    for count, leaf in enumerate(leaves, start=1):
        frontier.append(leaf)
        assert frontier.size == count
    assert frontier.root() == merkle.root(leaves) == naive_root(leaves)


@given(st.lists(digests, max_size=80), st.data())
def test_a_dumped_frontier_goes_on_where_it_stood(leaves: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leaves)))
    first = Frontier()
    first.extend(leaves[:cut])
    second = Frontier(first.size, first.hashes)
    second.extend(leaves[cut:])
    assert (second.size, second.root()) == (len(leaves), naive_root(leaves))
    assert first.root() == naive_root(leaves[:cut])


def test_the_frontier_of_half_a_million_leaves_stays_small() -> None:
    frontier = Frontier()
    frontier.extend(LEAVES[0] for _ in range(500_000))
    assert len(frontier.hashes) == (500_000).bit_count()
    subtree = LEAVES[0]
    for _ in range(18):
        subtree = merkle.node_hash(subtree, subtree)
    assert frontier.hashes[0] == subtree


@pytest.mark.parametrize(
    ("size", "hashes"),
    [(-1, []), (0, [LEAVES[0]]), (3, [LEAVES[0]]), (1, [b"short"]), (1, [LEAVES[0] + b"\x00"])],
)
def test_a_frontier_refuses_hashes_that_are_not_of_its_size(size: int, hashes: list[bytes]) -> None:
    with pytest.raises(ValueError, match=r"frontier|bytes"):
        Frontier(size, hashes)


def test_a_frontier_refuses_what_is_not_a_leaf_and_keeps_its_root() -> None:
    frontier = Frontier(1, [LEAVES[0]])
    with pytest.raises(ValueError, match="32 bytes"):
        frontier.append(b"an entry instead of its leaf")
    assert (frontier.size, frontier.root()) == (1, LEAVES[0])


@pytest.mark.parametrize("size", [*range(1, 35), 63, 64, 65])
def test_every_leaf_of_every_tree_is_proven_as_the_rfc_defines(size: int) -> None:
    leaves = leaves_of(size)
    root = naive_root(leaves)
    for index in range(size):
        proof = merkle.inclusion_proof(leaves, index, size)
        assert proof == naive_path(index, leaves)
        assert merkle.verify_inclusion(leaves[index], index, size, proof, root)


@pytest.mark.parametrize("new", [*range(1, 35), 63, 64, 65])
def test_every_earlier_tree_is_proven_consistent_as_the_rfc_defines(new: int) -> None:
    leaves = leaves_of(new)
    root = naive_root(leaves)
    for old in range(1, new + 1):
        proof = merkle.consistency_proof(leaves, old, new)
        assert proof == naive_subproof(old, leaves, True)
        assert merkle.verify_consistency(old, new, naive_root(leaves[:old]), root, proof)


def mutations(proof: list[bytes]) -> list[list[bytes]]:
    """Every proof that differs in one bit a byte, one node left out, doubled or swapped."""
    changed = []
    for at, node in enumerate(proof):
        for byte in range(len(node)):
            broken = bytearray(node)
            broken[byte] ^= 1 << byte % 8
            changed.append([*proof[:at], bytes(broken), *proof[at + 1 :]])
        changed.append([*proof[:at], node[:-1], *proof[at + 1 :]])
        changed.append([*proof[:at], node + b"\x00", *proof[at + 1 :]])
        changed.append(proof[:at] + proof[at + 1 :])
        changed.append([*proof[:at], node, *proof[at:]])
        if at:
            changed.append([*proof[: at - 1], node, proof[at - 1], *proof[at + 1 :]])
    changed.append([*proof, LEAVES[0]])
    changed.append([LEAVES[0], *proof])
    return changed


@pytest.mark.parametrize("size", range(1, 18))
def test_every_mutation_of_an_inclusion_proof_is_refused(size: int) -> None:
    leaves = leaves_of(size)
    root = naive_root(leaves)
    for index in range(size):
        proof = merkle.inclusion_proof(leaves, index, size)
        for broken in mutations(proof):
            assert not merkle.verify_inclusion(leaves[index], index, size, broken, root)
        for other in (*range(-1, index), *range(index + 1, size + 2)):
            assert not merkle.verify_inclusion(leaves[index], other, size, proof, root)
        assert not merkle.verify_inclusion(LEAVES[0], index, size, proof, root)
        assert not merkle.verify_inclusion(leaves[index], index, size, proof, LEAVES[0])


@pytest.mark.parametrize("new", range(1, 18))
def test_every_mutation_of_a_consistency_proof_is_refused(new: int) -> None:
    leaves = leaves_of(new)
    root = naive_root(leaves)
    for old in range(1, new + 1):
        old_root = naive_root(leaves[:old])
        proof = merkle.consistency_proof(leaves, old, new)
        for broken in mutations(proof):
            assert not merkle.verify_consistency(old, new, old_root, root, broken)
        assert not merkle.verify_consistency(old, new, LEAVES[0], root, proof)
        assert not merkle.verify_consistency(old, new, old_root, LEAVES[0], proof)
        if old < new:
            assert not merkle.verify_consistency(new, old, root, old_root, proof)


@given(st.integers(1, 40), st.data())
def test_a_proof_too_short_for_the_claimed_size_is_refused(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    root = merkle.root(leaves)
    index = data.draw(st.integers(0, size - 1))
    claimed = 1 << (size - 1).bit_length() + 1  # one level higher than the tree
    proof = merkle.inclusion_proof(leaves, index, size)
    assert not merkle.verify_inclusion(leaves[index], index, claimed, proof, root)
    old = index + 1
    old_root = merkle.root(leaves[:old])
    proof = merkle.consistency_proof(leaves, old, size)
    assert not merkle.verify_consistency(old, claimed, old_root, root, proof)


@given(st.integers(2, 40), st.data())
def test_a_rewritten_history_is_never_consistent(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    rewritten = data.draw(st.integers(0, old - 1))
    leaves = leaves_of(new)
    old_root = merkle.root(leaves[:old])
    leaves[rewritten] = LEAVES[0]
    proof = merkle.consistency_proof(leaves, old, new)
    assert not merkle.verify_consistency(old, new, old_root, merkle.root(leaves), proof)


def test_every_tree_goes_on_from_the_empty_one_but_only_with_the_empty_root() -> None:
    assert merkle.consistency_proof(LEAVES, 0, 8) == []
    assert merkle.verify_consistency(0, 8, merkle.EMPTY_ROOT, ROOTS[8], [])
    assert merkle.verify_consistency(0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [])
    assert not merkle.verify_consistency(0, 8, LEAVES[0], ROOTS[8], [])
    assert not merkle.verify_consistency(0, 0, LEAVES[0], LEAVES[0], [])
    assert not merkle.verify_consistency(0, 8, merkle.EMPTY_ROOT, ROOTS[8], [LEAVES[0]])


@given(garbage, st.integers(-3, 2**70), st.integers(-3, 2**70), st.lists(garbage), garbage)
def test_garbage_proves_nothing_and_raises_nothing(
    leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes
) -> None:
    if not (proof == [] and leaf == root and (index, size) == (0, 1) and len(leaf) == 32):
        assert not merkle.verify_inclusion(leaf, index, size, proof, root)
    if not (proof == [] and leaf == root and index == size):
        assert not merkle.verify_consistency(index, size, leaf, root, proof)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, 9)])
def test_no_inclusion_proof_is_made_for_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(LEAVES, index, size)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3), (3, 9)])
def test_no_consistency_proof_is_made_for_trees_that_are_not_there(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no trees"):
        merkle.consistency_proof(LEAVES, old, new)
