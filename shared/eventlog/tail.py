"""The end of a log, read once for all who follow it in one process."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from threading import Event, Lock

from shared.contracts.stored import RecordedEvent
from shared.eventlog.growth import LOOK_SECONDS, Growth
from shared.eventlog.store import LARGEST_PAGE, EventLog

FRESH_SECONDS = 1.0
"""How long what was read stands for the end of the log, for one who looks without any growth: what
a process that does not lead (any more) has numbered is told by nobody."""


class Tail:
    """The newest page of `log`, as far as it had grown when it was read; for many threads.

    A dozen read models follow a log at the same pace, so that one asks the database and all others
    are given what it was answered.
    """

    def __init__(self, log: EventLog, growth: Growth) -> None:
        self.log, self._growth = log, growth
        self._lock = Lock()
        self._after, self._page = 0, list[RecordedEvent]()
        self._rounds, self._read_at = -1, 0.0

    @property
    def rounds(self) -> int:
        """Take this before asking for `pages`, and give it to them and to `wait`."""
        return self._growth.rounds

    def pages(self, after: int, seen: int) -> Iterator[Sequence[RecordedEvent]]:
        """All that lay behind position `after` when the log had grown `seen` rounds, or more."""
        newest = self._newest(after, seen)
        if newest is None:
            yield from self.log.event_pages(after)
        elif newest:
            yield newest

    def wait(self, seen: int, stop: Event) -> None:
        """Until the log has grown since `seen`, or it is time to look all the same."""
        self._growth.wait(seen, LOOK_SECONDS, stop)

    def _newest(self, after: int, seen: int) -> Sequence[RecordedEvent] | None:
        """The events behind `after`, or None when they are more than a page."""
        with self._lock:
            if not self._covers(after, seen):
                rounds, read_at = self._growth.rounds, time.monotonic()
                page = self.log.read(after)
                if len(page) == LARGEST_PAGE:
                    return None
                self._after, self._page = after, page
                self._rounds, self._read_at = rounds, read_at
            return self._page[after - self._after :]

    def _covers(self, after: int, seen: int) -> bool:
        is_fresh = time.monotonic() - self._read_at < FRESH_SECONDS
        within = self._after <= after <= self._after + len(self._page)
        return self._rounds >= seen and is_fresh and within
