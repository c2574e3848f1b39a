"""Which clock a process goes by, from its environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from shared.clock.clocks import Clock, SystemClock
from shared.clock.movable import MovableClock

CLOCK_FILE = "JIANDU_CLOCK_FILE"
ENVIRONMENT = "JIANDU_ENVIRONMENT"
PRODUCTION = "production"


class ClockRefused(RuntimeError):
    """In production the time is the real one (architecture.md, invariant 14)."""


def from_environment(environ: Mapping[str, str]) -> Clock:
    """A movable clock where JIANDU_CLOCK_FILE names its file, else the machine's.

    Raises ClockRefused for a movable clock where JIANDU_ENVIRONMENT is `production`, and
    ClockFileBroken when the file holds no offset: at the start rather than in the middle.
    """
    path = environ.get(CLOCK_FILE, "").strip()
    if not path:
        return SystemClock()
    if environ.get(ENVIRONMENT, "").strip().lower() == PRODUCTION:
        raise ClockRefused(
            f"{CLOCK_FILE} is set and {ENVIRONMENT} is {PRODUCTION}: "
            f"in production the clock is not moved; unset {CLOCK_FILE}"
        )
    clock = MovableClock(Path(path))
    clock.now()
    return clock
