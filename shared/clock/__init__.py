"""The only source of business time: demo, tests and simulation move it for all processes."""

from shared.clock.clocks import Clock, FixedClock, SystemClock
from shared.clock.environment import ClockRefused, from_environment
from shared.clock.movable import ClockFileBroken, ClockGoesBack, MovableClock

__all__ = [
    "Clock",
    "ClockFileBroken",
    "ClockGoesBack",
    "ClockRefused",
    "FixedClock",
    "MovableClock",
    "SystemClock",
    "from_environment",
]
