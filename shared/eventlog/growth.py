"""Lets threads of the leading process wait for new positions instead of asking all the time."""

from __future__ import annotations

from threading import Condition, Event

LOOK_SECONDS = 5.0
"""How often who waits for growth looks all the same: for what a process that does not lead (any
more) has numbered. It need not be soon, since whoever begins to lead begins by looking."""


class Growth:
    """Counts the rounds in which the ledger grew. Only a hint: waiters also look by themselves."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._rounds = 0

    @property
    def rounds(self) -> int:
        """Take this before looking at the ledger, and give it to `wait` when nothing was there."""
        return self._rounds

    def tell(self) -> None:
        """The ledger has grown, or it may have: whoever waits looks."""
        with self._condition:
            self._rounds += 1
            self._condition.notify_all()

    def wake(self) -> None:
        """Have who waits see that its `stop` is set; call this after setting it."""
        with self._condition:
            self._condition.notify_all()

    def wait(self, since: int, seconds: float, stop: Event) -> bool:
        """Until there was a round after `since` (then True), `seconds` are over or `stop` is set.

        A `stop` that is set meanwhile is seen at the next `wake`.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._rounds > since or stop.is_set(), seconds)
            return self._rounds > since
