"""A check that may hang, asked by those who must not: threads here, greenlets in the api role."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread

from shared.observability.telling import describe


class Probe:
    """Runs `check` aside; whoever asks waits `seconds` at most.

    While one check hangs no second one is begun, so a frozen database costs one thread.
    """

    def __init__(self, name: str, check: Callable[[], object], seconds: float = 1.0) -> None:
        self.name = name
        self._check, self._seconds = check, seconds
        self._lock = Lock()
        self._running: Thread | None = None
        self._failure: str | None = None

    def reason(self) -> str | None:
        """Why the check does not pass, or None."""
        with self._lock:
            if self._running is None or not self._running.is_alive():
                self._running = Thread(target=self._run, name=f"probe {self.name}", daemon=True)
                self._running.start()
            running = self._running
        running.join(self._seconds)
        if running.is_alive():
            return f"no answer within {self._seconds:g} s"
        return self._failure

    def _run(self) -> None:
        try:
            self._check()
            self._failure = None
        except Exception as error:
            self._failure = describe(error)
