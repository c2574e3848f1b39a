"""Waiting for what the services are about to do, up to a limit and never longer than needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from examples.play.trouble import DemoFailed

T = TypeVar("T")

POLL_SECONDS = 0.1


def until(look: Callable[[], T | None], seconds: float, chinese: str, english: str) -> T:
    """What `look` gives as soon as it is not None. Raises DemoFailed after `seconds`."""
    deadline = time.monotonic() + seconds
    while (seen := look()) is None:
        if time.monotonic() > deadline:
            raise DemoFailed(
                f"{chinese}（已等待 {seconds:.0f} 秒）", f"{english} ({seconds:.0f} s)"
            )
        time.sleep(POLL_SECONDS)
    return seen
