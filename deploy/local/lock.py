"""One at a time: whoever starts or stops things in a run folder holds its lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deploy.local.place import Place

Say = Callable[[str], None]
"""Where progress is told, a line at a time; `print` will do."""


@contextmanager
def exclusive(place: Place, say: Say) -> Iterator[int]:
    """Hold the run folder's lock; yields its descriptor.

    The kernel drops the lock with its holder, so a killed run leaves none behind. A process being
    started inherits the descriptor until it has written its own record (see `launch`): a run that
    is killed in between still keeps the next one out for that moment.
    """
    descriptor = os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Another run is at work in {place.root}; waiting for it to finish.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
