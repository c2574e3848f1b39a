"""Roots and proofs by tiles equal those by leaves, whatever tiles there are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts.errors import Invalid
from shared.eventlog import audit, merkle
from shared.eventlog.checkpointer import Checkpointer
from shared.eventlog.store import EventLog
from shared.eventlog.tiles import TiledTree
from tests.eventlog.conftest import LogDatabase
from tests.eventlog.making import an_append
from tests.eventlog.test_numbering import number_everything

LEAVES = [hashlib.sha256(str(n).encode()).digest() for n in range(70_000)]


class InMemory:
    """Tiles and leaves in memory; counts the leaves that were read."""

    def __init__(self, leaves: list[bytes]) -> None:
        self._leaves, self.kept, self.read = leaves, dict[tuple[int, int], bytes](), 0

    def leaves(self, size: int, after: int = 0) -> Iterable[bytes]:
        self.read += size - after
        return self._leaves[after:size]

    def tile(self, level: int, index: int) -> bytes | None:
        return self.kept.get((level, index))

    def add_tile(self, level: int, index: int, hashes: bytes) -> None:
        assert self.kept.setdefault((level, index), hashes) == hashes

    def tiles(self, level: int) -> int:
        return sum(1 for its, _ in self.kept if its == level)


@settings(max_examples=60)
@given(st.data())
def test_proofs_by_tiles_are_those_by_leaves(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 1_500))
    store = InMemory(LEAVES[:size])
    tree = TiledTree(store)
    for grown in sorted(data.draw(st.lists(st.integers(0, size), max_size=3))):
        tree.grow(grown)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    leaves = LEAVES[:size]

    assert tree.root(size) == merkle.root(leaves)
    assert tree.inclusion_proof(index, size) == merkle.inclusion_proof(leaves, index, size)
    assert tree.consistency_proof(old, size) == merkle.consistency_proof(leaves, old, size)
    assert tree.frontier(size).root() == merkle.root(leaves)


def test_a_second_level_of_tiles_and_few_leaves_read() -> None:
    store = InMemory(LEAVES)
    tree = TiledTree(store)
    tree.grow(len(LEAVES))
    assert {level for level, _ in store.kept} == {0, 1}
    store.read = 0

    assert tree.root(len(LEAVES)) == merkle.root(LEAVES)
    assert tree.inclusion_proof(65_537, 69_999) == merkle.inclusion_proof(LEAVES, 65_537, 69_999)
    assert store.read < 3 * 256


def test_a_checkpointer_goes_on_from_where_the_last_one_signed(
    log: EventLog, log_database: LogDatabase
) -> None:

    key = Ed25519PrivateKey.generate()
    for round_number in range(4):
        log.append(an_append({f"s-{round_number}": 0}, each=150))
        number_everything(log, log_database)
        assert Checkpointer(log, key).sign() is not None
    assert Checkpointer(log, key).sign() is None

    report = audit.verify(log, audit.verifier_key(log.name, key))

    assert (report.ok, report.size, report.checkpoints) == (True, 600, 4)
    assert log.tiles(0) == 2
    leaves = list(log.leaves(600))
    assert TiledTree(log).inclusion_proof(300, 600) == merkle.inclusion_proof(leaves, 300, 600)


@pytest.mark.parametrize(("position", "size"), [(0, 1), (2, 1), (1, 2)])
def test_no_proof_for_what_is_not_there(
    log: EventLog, log_database: LogDatabase, position: int, size: int
) -> None:

    log.append(an_append({"s-1": 0}))
    number_everything(log, log_database)
    with pytest.raises(Invalid):
        audit.inclusion(log, position, size)
