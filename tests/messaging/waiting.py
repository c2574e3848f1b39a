"""Waiting for a condition, and never longer than a limit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def wait_until(condition: Callable[[], object], seconds: float = 15.0, what: str = "") -> None:
    """Return once `condition()` is true; fail the test after `seconds`."""
    until = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"not within {seconds} s: {what or condition}")
        pause.wait(0.02)
