"""Many people at the portal at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

AT_ONCE = 4

T = TypeVar("T")


def side_by_side(many: Iterable[T], work: Callable[[T], object]) -> None:
    """Do `work` for each, `AT_ONCE` at a time; the first failure ends it."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        under_way = [pool.submit(work, its) for its in many]
        try:
            for its in under_way:
                its.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
