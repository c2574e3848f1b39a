"""Signs the tree's head as the ledger grows, and keeps its tiles."""

from __future__ import annotations

import time
from threading import Event

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.eventlog import checkpoint, merkle
from shared.eventlog.audit import origin, verifier_key
from shared.eventlog.store import EventLog
from shared.eventlog.tiles import TiledTree

MOST_UNSIGNED = 1_000
"""Events after which a checkpoint is signed before its time."""
LOOK_SECONDS = 1.0


class Diverged(Exception):
    """The log is not what the last checkpoint signed: nothing more is signed over it."""


class Checkpointer:
    """Signs the tree's head as the ledger grows. Keeps only the tree's right edge in memory."""

    def __init__(self, log: EventLog, key: Ed25519PrivateKey) -> None:
        self._log, self._key = log, key
        self._tree = TiledTree(log)
        self._frontier: merkle.Frontier | None = None

    def run(self, stop: Event, seconds: float) -> None:
        """Sign what has grown, after `seconds` or MOST_UNSIGNED events, until `stop`."""
        while not stop.is_set():
            self.sign()
            until = time.monotonic() + seconds
            while not stop.wait(min(seconds, LOOK_SECONDS)) and time.monotonic() < until:
                if self._log.head() - self._size() >= MOST_UNSIGNED:
                    break

    def sign(self) -> str | None:
        """A new checkpoint over all of the ledger, or None when it has not grown."""
        newest = self._log.latest_checkpoint()
        size = self._log.head()
        if size == (newest[0] if newest else 0):
            return None
        if self._frontier is None:
            self._frontier = self._frontier_of(newest)
        self._frontier.extend(self._log.leaves(size, after=self._frontier.size))
        self._tree.grow(size)
        head = checkpoint.Checkpoint(origin(self._log.name), size, self._frontier.root())
        note = checkpoint.sign(head, origin(self._log.name), self._key)
        self._log.add_checkpoint(size, note)
        return note

    def _frontier_of(self, newest: tuple[int, str] | None) -> merkle.Frontier:
        """The tree's edge at the last checkpoint, which must be what was signed then."""
        size, note = newest or (0, "")
        frontier = self._tree.frontier(size)
        if size:
            trusted = checkpoint.trust([verifier_key(self._log.name, self._key)])
            signed = checkpoint.verify(note, trusted, origin(self._log.name))
            if signed.root != frontier.root():
                raise Diverged(f"the log does not give the root signed at {size}")
        return frontier

    def _size(self) -> int:
        return 0 if self._frontier is None else self._frontier.size
