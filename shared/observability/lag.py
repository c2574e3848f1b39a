"""How long something has been behind, measured by watching it; no I/O.

The ledger's times are business time, which demo and tests move; a delay is real time. So whoever
watches remembers when it first saw each head.
"""

from __future__ import annotations

MOST_MARKS = 1_024


class LagWatch:
    """Tells how many seconds the oldest position that is not done has been seen waiting."""

    def __init__(self) -> None:
        self._marks: list[tuple[int, float]] = []  # (head, when it was first seen), both rising

    def seconds(self, head: int, done: int, now: float) -> float:
        """Note that at `now` (monotonic seconds) `head` was there and `done` was done.

        0.0 when all is done. Right to within the time between two calls.
        """
        self._marks = [mark for mark in self._marks if done < mark[0] <= head]
        if head > done and (not self._marks or self._marks[-1][0] < head):
            self._marks.append((head, now))
        if len(self._marks) > MOST_MARKS:
            self._marks = self._marks[::2]  # coarser, and the oldest stays
        return now - self._marks[0][1] if self._marks else 0.0
