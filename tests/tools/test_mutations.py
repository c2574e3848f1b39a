"""Ten thousand changed exports, of which the second verifier accepts none."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest

from tests.tools.making import as_bytes, export_lines, invented_events, judged
from tests.tools.mutating import MUTATIONS, bound, only_leaves_out_checkpoints, said
from tools.verify_log import Problem

WANTED = 10_000
LINES = export_lines(invented_events(12), [0, 5, 9, 12])
ORIGINAL = as_bytes(LINES)
SAID, BOUND = said(ORIGINAL), bound(ORIGINAL)


def _excuse(mutated: bytes) -> str | None:
    """Why a mutated export need not be refused, decided before any verifier sees it."""
    if said(mutated) == SAID:
        return "says the same"
    if bound(mutated) == BOUND:
        return "changes only what no leaf binds"
    if only_leaves_out_checkpoints(mutated, ORIGINAL):
        return "only leaves out checkpoints"
    return None


def test_no_changed_export_is_accepted() -> None:
    assert judged(ORIGINAL).signed_size == 12
    chance = random.Random(20260301)
    refused: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    excused: Counter[str] = Counter()
    while refused.total() < WANTED:
        mutate = MUTATIONS[(refused.total() + excused.total()) % len(MUTATIONS)]
        mutated = mutate(chance, json.loads(json.dumps(LINES)))
        excuse = _excuse(mutated)
        if excuse is not None:
            excused[excuse] += 1
            continue
        try:
            judged(mutated)
        except Problem as problem:
            refused[mutate.__name__] += 1
            reasons[problem.reason] += 1
        else:
            pytest.fail(f"{mutate.__name__} was accepted: {mutated!r}")
    print(f"\nrefused {dict(refused)}\nreasons {dict(reasons)}\nexcused {dict(excused)}")
    assert min(refused[mutate.__name__] for mutate in MUTATIONS) > WANTED / len(MUTATIONS) / 2
    assert excused.total() < WANTED / 10
