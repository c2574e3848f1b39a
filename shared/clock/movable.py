"""A clock that is moved on for all processes of a machine at once.

Its offset from the real time lies in a small JSON file, `{"offset_seconds": 864000}`. Every
process looks at the file's state each time it is asked and reads it again when it has changed.
A clock only goes forwards: what has been logged has happened.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.clock.clocks import Clock, SystemClock

_NO_OFFSET = dt.timedelta()


class ClockGoesBack(ValueError):
    """Somebody wants the clock, or its file, to go back."""


class ClockFileBroken(ValueError):
    """The clock's file does not hold an offset."""


@dataclass(frozen=True)
class _Reading:
    """An offset, and the state of the file it was read from (None: there was no file)."""

    offset: dt.timedelta
    state: tuple[int, ...] | None


class MovableClock:
    """The time of `base`, moved on by the offset in the file at `path`.

    No file means no offset. `now` raises ClockFileBroken when the file holds something else,
    and ClockGoesBack when its offset has become smaller than it was.
    """

    def __init__(self, path: Path, base: Clock | None = None) -> None:
        self._path = path
        self._base = base or SystemClock()
        self._reading = _Reading(_NO_OFFSET, None)
        self._rereading = threading.Lock()

    def now(self) -> dt.datetime:
        return self._base.now() + self._current().offset

    def advance(self, by: dt.timedelta) -> dt.datetime:
        """Move the clock on, for every process that has it, and return the new time.

        Raises ClockGoesBack for a negative `by`, OverflowError for one beyond the year 9999,
        and what `now` raises; the file is as it was then.
        """
        if by < _NO_OFFSET:
            raise ClockGoesBack(f"a clock only goes forwards, not by {by}")
        with self._locked():
            offset = self._current().offset + by
            self._base.now() + offset  # beyond the calendar? Better found before it is written
            self._write(offset)
            return self.now()

    def _current(self) -> _Reading:
        if _state_of(self._path) != self._reading.state:
            with self._rereading:  # else a thread's older reading could follow a newer one
                self._reread()
        return self._reading

    def _reread(self) -> None:
        reading = _read(self._path)
        if reading.offset < self._reading.offset:
            raise ClockGoesBack(
                f"the offset in {self._path} fell from {self._reading.offset} "
                f"to {reading.offset}; start the processes anew to begin at an earlier time"
            )
        self._reading = reading

    def _write(self, offset: dt.timedelta) -> None:
        """Replace the file at once, so that no reader sees half of it."""
        before = _state_of(self._path)
        draft = self._path.with_name(f"{self._path.name}.draft")
        seconds = offset.total_seconds()
        document = {"offset_seconds": int(seconds) if seconds.is_integer() else seconds}
        draft.write_text(json.dumps(document) + "\n", encoding="utf-8")
        # A file system's time may stand still between two moves, and its inode numbers come
        # again: a time of our own making lets no reader miss a move.
        written = max(time.time_ns(), before[0] + 1 if before else 0)
        os.utime(draft, ns=(written, written))
        os.replace(draft, self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One mover at a time; the lock's file stays, for removing it would split the lock."""
        with self._path.with_name(f"{self._path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _state_of(path: Path) -> tuple[int, ...] | None:
    """What differs after every change of the file; None when there is none."""
    try:
        return _state(os.stat(path))
    except FileNotFoundError:
        return None


def _state(stat: os.stat_result) -> tuple[int, ...]:
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


def _read(path: Path) -> _Reading:
    try:
        with path.open(encoding="utf-8") as file:
            state = _state(os.fstat(file.fileno()))
            return _Reading(_offset(path, file.read()), state)
    except FileNotFoundError:
        return _Reading(_NO_OFFSET, None)
    except UnicodeDecodeError:
        raise _broken(path) from None


def _offset(path: Path, text: str) -> dt.timedelta:
    try:
        seconds = json.loads(text)["offset_seconds"]
        if type(seconds) in (int, float) and seconds >= 0:
            return dt.timedelta(seconds=seconds)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        pass  # one sentence for whatever it is that the file holds
    raise _broken(path)


def _broken(path: Path) -> ClockFileBroken:
    return ClockFileBroken(
        f'{path} should hold {{"offset_seconds": N}} with N of 0 or more; '
        "remove it to be at the real time, or put it right"
    )
