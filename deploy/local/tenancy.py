"""Several users of one set of servers, such as two test sessions: the last one out stops them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.infrastructure import Infrastructure, ensure, stop
from deploy.local.lock import Say
from deploy.local.place import prepare


@contextmanager
def tenant(run_dir: Path, say: Say = print, *, keep: bool = False) -> Iterator[Infrastructure]:
    """The servers of `run_dir` for as long as the block runs.

    At its end they are stopped, unless `keep`, or unless another tenant is still inside. A tenant
    that was killed does not count: the kernel has dropped its lock.
    """
    descriptor = os.open(
        prepare(run_dir).root / "tenants", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
    )
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield ensure(run_dir, say)
        if not keep and _is_last(descriptor):
            stop(run_dir, say)
    finally:
        os.close(descriptor)


def _is_last(descriptor: int) -> bool:
    # Exclusive means alone, and whoever comes next waits for the stop to be over.
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
