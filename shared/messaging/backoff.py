"""When to try again after a failure: later each time, never later than a cap; no I/O."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

LONGEST_WAIT_FOR_BROKER = 1.0
"""Seconds between two tries to reach a broker that is away, at most.

A private node needs 5 to 10 seconds to come back; with a cap of 5, whoever had just tried came
back almost as late again. A try costs a refused connection.
"""


class Backoff:
    """Waits that double from `first` to `cap` (seconds) until something succeeds.

    Each wait is shortened at random by up to a quarter, so that many consumers of one broker do
    not come back in step.
    """

    def __init__(
        self, first: float, cap: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._first, self._cap, self._clock = first, cap, clock
        self._failures = 0
        self._not_before = 0.0

    @property
    def failures(self) -> int:
        """How many times in a row it failed."""
        return self._failures

    def failed(self) -> float:
        """Note a failure; return the seconds until the next try."""
        wait = min(self._cap, self._first * 2.0 ** min(self._failures, 30))
        wait *= 1 - random.random() / 4  # noqa: S311 - spread, not secrecy
        self._failures += 1
        self._not_before = self._clock() + wait
        return wait

    def succeeded(self) -> None:
        """Note a success: the next failure starts from `first` again."""
        self._failures, self._not_before = 0, 0.0

    def may_try(self) -> bool:
        """Whether the wait is over."""
        return self._clock() >= self._not_before
