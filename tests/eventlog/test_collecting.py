"""A process that reads logs looks for cycles seldom, but it does."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from shared.eventlog.collecting import collect_seldom


class Knot:
    """Refers to itself, so only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self
        self.page: list[dict[str, int]] = []


@pytest.fixture
def seldom() -> Iterator[None]:
    before = gc.get_threshold()
    collect_seldom()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("seldom")
def test_reading_a_page_does_not_start_the_collector() -> None:
    rounds = sum(generation["collections"] for generation in gc.get_stats())

    page = [{"public": {"position": number}} for number in range(10_000)]

    assert len(page) == 10_000
    assert sum(generation["collections"] for generation in gc.get_stats()) <= rounds + 1


@pytest.mark.usefixtures("seldom")
def test_a_cycle_is_freed_in_the_end() -> None:
    freed = weakref.ref(Knot())
    kept = []

    for number in range(200_000):
        kept.append([number])
        if freed() is None:
            break

    assert freed() is None
