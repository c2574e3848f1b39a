"""The weight of a message: too much of it is refused before anything is looked at."""

from __future__ import annotations

import json

import pytest

from shared.contracts.canonical import is_heavier
from shared.contracts.envelope import LARGEST_MESSAGE, Envelope
from shared.contracts.errors import Invalid, Refused


@pytest.mark.parametrize(
    "wire",
    [
        {"k" * 100_000: [0.5] * 1_500},
        {"id": [[0] * 1_000] * 1_000},
        {"id": "字" * 100_000},
        {"id": {str(n): {} for n in range(60_000)}},
    ],
    ids=["a long key over much", "many items", "long text", "many keys"],
)
def test_a_message_that_is_too_large_is_refused_before_it_is_looked_at(
    wire: dict[str, object],
) -> None:
    with pytest.raises((Refused, Invalid)) as refusal:
        Envelope.load(wire)

    assert isinstance(refusal.value, Invalid) or refusal.value.reason == "too_large"
    assert len(str(refusal.value)) < 10_000, "what is refused is not repeated"


@pytest.mark.parametrize(
    "value", [{"a": ["x" * 100, 1, None, {"b": "字" * 50}]}, [[]] * 40, "é" * 90]
)
def test_nothing_is_called_too_heavy_that_is_not(value: object) -> None:
    written = len(json.dumps(value, ensure_ascii=False).encode())
    assert not is_heavier(value, written)
    assert is_heavier(value, written // 8)
    assert not is_heavier({"id": "x" * (LARGEST_MESSAGE // 2)}, LARGEST_MESSAGE)
