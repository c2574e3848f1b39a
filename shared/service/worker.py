"""A thread that does one lasting piece of work and starts it again when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread

import structlog

from shared.observability.telling import describe

_log = structlog.get_logger(__name__)

RETRY_SECONDS = 1.0
TROUBLED_SECONDS = 5.0
"""How long after its last failure a worker still counts as being in trouble."""

Work = Callable[[Event], None]
"""Runs until the event is set; whatever it raises is a failure to be tried again."""


class Worker:
    """Runs `work` in a thread until `stop`; a failure is recorded and the work begun anew.

    So one model that cannot go on, say, neither ends the process nor goes unseen.
    """

    def __init__(self, name: str, work: Work, stop: Event) -> None:
        self.name = name
        self._work, self._stop = work, stop
        self._failure, self._failed_at = "", float("-inf")
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def trouble(self) -> str | None:
        """The last failure while it is fresh, else None."""
        fresh = time.monotonic() - self._failed_at < TROUBLED_SECONDS
        return self._failure if fresh else None

    def _run(self) -> None:
        structlog.contextvars.bind_contextvars(worker=self.name)
        while not self._stop.is_set():
            try:
                self._work(self._stop)
            except Exception as error:
                self._fail(describe(error))
                self._stop.wait(RETRY_SECONDS)

    def _fail(self, failure: str) -> None:
        if self.trouble() != failure:  # tried again every second: its traceback is told once
            _log.exception("worker.failed")
        self._failure, self._failed_at = failure, time.monotonic()
