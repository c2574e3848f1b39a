"""States that were folded before, so that a long stream is not read from its beginning each time.

A stream only grows, so a state stays true of the version it was folded to; what came after is
read from the log. Without it, the thousandth objection to a notice cost 200 ms, of which nearly
all went into reading the 999 before it. States hold sealed fields as they lie in the log.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

MOST = 2_000
"""Streams that are kept; the one not asked for the longest goes first."""


class FoldedStates:
    """The last state of each stream that this process has loaded. For any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        self._lock = Lock()

    def of(self, stream: str, initial: Any) -> tuple[int, Any]:
        """(version, state) of a stream; version 0 with `initial` when it is not kept."""
        with self._lock:
            found = self._kept.get(stream)
            if found is None:
                return 0, initial
            self._kept.move_to_end(stream)
            return found

    def keep(self, stream: str, version: int, state: Any) -> None:
        """Remember a state as the log has it; an older one never takes a newer one's place."""
        with self._lock:
            found = self._kept.get(stream)
            if found is None or found[0] < version:
                self._kept[stream] = (version, state)
                self._kept.move_to_end(stream)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
