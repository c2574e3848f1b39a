"""Has a file looked at by `look_inside`, and its hash taken on the way there."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Timer

from shared.contracts.reasons import Reason

_PROGRAM = Path(__file__).parent / "look_inside.py"
SECONDS = 15.0
"""How long a look may take, whatever the file does to whoever reads it."""
AT_ONCE = 2
"""Looks under way in one process: each may take a gigabyte for a moment."""

_slots = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Seen:
    """What a look gave.

    verdict: `ok`, `other_type`, `unreadable`, `encrypted`, `active_content`, `too_large_inside`
    """

    sha256: str
    size: int
    verdict: str

    @property
    def reason(self) -> Reason:
        """Why a file whose verdict is not `ok` is refused."""
        return _REASONS.get(self.verdict, Reason.FILE_UNREADABLE)


_REASONS = {
    "other_type": Reason.FILE_OTHER_TYPE,
    "encrypted": Reason.FILE_ENCRYPTED,
    "active_content": Reason.FILE_ACTIVE_CONTENT,
    "too_large_inside": Reason.FILE_TOO_LARGE_INSIDE,
}


def inspect(chunks: Iterable[bytes], media_type: str) -> Seen:
    """Look at a file that comes a chunk at a time. Raises what `chunks` raises."""
    digest, size = hashlib.sha256(), 0
    with _slots:
        looking = subprocess.Popen(
            [sys.executable, "-I", str(_PROGRAM), media_type],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"OPENBLAS_NUM_THREADS": "1"},
        )
        timer = Timer(SECONDS, looking.kill)
        timer.start()
        try:
            assert looking.stdin is not None
            assert looking.stdout is not None
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                with suppress(BrokenPipeError):  # it may have ended: the hash is wanted anyway
                    looking.stdin.write(chunk)
            with suppress(BrokenPipeError):
                looking.stdin.close()
            told = looking.stdout.read(32).decode("ascii", "replace")
        finally:
            timer.cancel()
            looking.kill()
            looking.wait()
            for pipe in (looking.stdin, looking.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()
    return Seen(digest.hexdigest(), size, told or "unreadable")
