"""Lets threads of the leading process wait for new positions instead of asking all the time."""

from __future__ import annotations

from threading import Condition, Event


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
        """The ledger has grown."""
        with self._condition:
            self._rounds += 1
            self._condition.notify_all()

    def wait(self, since: int, seconds: float, stop: Event) -> None:
        """Until there was a round after `since`, `seconds` are over or `stop` was set."""
        with self._condition:
            self._condition.wait_for(lambda: self._rounds > since or stop.is_set(), seconds)
