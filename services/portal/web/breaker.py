"""A circuit breaker: a service that does not answer is left alone for a moment.

Without it every page would wait for its deadline, and every thread with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

FAILURES = 3
"""Failures in a row that open it."""
OPEN_SECONDS = 2.0


class Breaker:
    """For one service; shared by all threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._guard = now, Lock()
        self._failures, self._open_until = 0, 0.0

    @property
    def is_open(self) -> bool:
        """Whether calls are refused now."""
        with self._guard:
            return self._now() < self._open_until

    def may_call(self) -> bool:
        """Whether to try now. Once it has been open long enough, one caller tries for all."""
        with self._guard:
            now = self._now()
            if now < self._open_until:
                return False
            if self._failures >= FAILURES:
                self._open_until = now + OPEN_SECONDS
            return True

    def answered(self) -> None:
        """The service spoke, whatever it said."""
        with self._guard:
            self._failures, self._open_until = 0, 0.0

    def failed(self) -> None:
        with self._guard:
            self._failures += 1
            if self._failures >= FAILURES:
                self._open_until = self._now() + OPEN_SECONDS
