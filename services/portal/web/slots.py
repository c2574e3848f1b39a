"""Files under way through one process: a few, so that they never take all of its threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from werkzeug.exceptions import TooManyRequests

from services.portal.web.limits import client

SLOWEST = 100_000
"""Bytes a second that a file under way must make: a poor mobile line."""
_BESIDE_SECONDS = 30.0


class Slots:
    """At most `of_one` of one client and `in_all` of everybody, in this process."""

    def __init__(self, of_one: int, in_all: int) -> None:
        self._of_one, self._in_all = of_one, in_all
        self._taken: Counter[str] = Counter()
        self._guard = Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One for the block. Raises TooManyRequests."""
        who = client()
        with self._guard:
            if self._taken[who] >= self._of_one or self._taken.total() >= self._in_all:
                raise TooManyRequests(retry_after=5)
            self._taken[who] += 1
        try:
            yield
        finally:
            with self._guard:
                self._taken[who] -= 1
                if not self._taken[who]:
                    del self._taken[who]


def seconds_for(size: int) -> float:
    """How long a file of so many bytes may take on its way."""
    return _BESIDE_SECONDS + size / SLOWEST
