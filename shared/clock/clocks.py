"""What a clock is, the machine's own, and one that stands still."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """The source of business time (architecture.md, invariant 14)."""

    def now(self) -> dt.datetime:
        """The current instant: aware, UTC, to the microsecond."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class FixedClock:
    """Stands where it is put, for tests of what depends on time.

    Raises ValueError for a naive datetime.
    """

    def __init__(self, instant: dt.datetime) -> None:
        if instant.utcoffset() is None:
            raise ValueError(f"{instant} has no time zone")
        self._instant = instant.astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        return self._instant
