"""Does what the log says was decided: keys destroyed and locked, and what stands on them deleted.

The event comes first and is the truth; this follows it, as often as need be. So a process that dies
between the two loses nothing, and a key that comes back with a backup of the key database is
destroyed again, before anybody is answered.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

import psycopg
import structlog
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.clock import Clock
from shared.eventlog.tail import Tail
from shared.privacy.keyring import Keyring

Connections = ConnectionPool[psycopg.Connection[TupleRow]]

Forget = Callable[[Connections, Collection[str]], None]
"""Deletes what a service keeps of these subjects beside its log; again as often as it is asked."""

_log = structlog.get_logger(__name__)

AGAIN_SECONDS = 60.0
"""When what was deleted is deleted once more: by then no process has the key in its memory, so
that none can have put anything back."""

# The index `event_erasures` has just these.
_DECIDED = """
SELECT type, e.body->'public'->>'erasure_id', its.value
FROM eventlog.event e,
    jsonb_array_elements_text(e.body->'internal'->'subjects'->'value') its
WHERE e.type IN ('SubjectErased', 'SubjectLocked', 'ErasureRefused')
ORDER BY e.id
"""


@dataclass(frozen=True)
class Decided:
    """Subjects, by what the whole log says about them now."""

    gone: frozenset[str]
    locked: frozenset[str]


def decided(connection: psycopg.Connection[TupleRow]) -> Decided:
    """What was erased, and what is locked."""
    return counted(connection.execute(_DECIDED))


def counted(events: Iterable[tuple[Any, ...]]) -> Decided:
    """Out of (type, erasure_id, subject), in their order.

    Each request has locks of its own: a subject is locked as long as any has it locked, and what is
    locked is not gone, whoever has decided so.
    """
    erased, locks = set[str](), defaultdict[str, set[str]](set)
    for event_type, erasure_id, subject in events:
        match event_type:
            case "SubjectLocked":
                locks[subject].add(erasure_id)
            case "SubjectErased":
                erased.add(subject)
                locks[subject].discard(erasure_id)
            case _:
                locks[subject].discard(erasure_id)
    locked = frozenset(subject for subject, holders in locks.items() if holders)
    return Decided(frozenset(erased) - locked, locked)


class Destroying:
    """Of one service. `forgets`: what of it is deleted beside the keys."""

    def __init__(
        self,
        connections: Connections,
        keyring: Keyring,
        clock: Clock,
        forgets: Sequence[Forget] = (),
    ) -> None:
        self._connections, self._keyring, self._clock = connections, keyring, clock
        self._forgets = forgets
        self._applied: Decided | None = None

    def apply(self) -> None:
        """Bring the key database to where the log is. Does nothing where that is so already."""
        with self._connections.connection() as connection:
            found = decided(connection)
        if found == self._applied:
            return
        self._keyring.lock(found.locked)
        before = frozenset[str]() if self._applied is None else self._applied.gone
        fresh = found.gone - before
        if fresh:
            destroyed = self._keyring.destroy(fresh, self._clock.now())
            self.forget(fresh)
            if destroyed:
                _log.info("keys.destroyed", number=len(destroyed))
        self._applied = found

    def forget(self, subjects: Collection[str]) -> None:
        for forget in self._forgets:
            forget(self._connections, subjects)

    def run(self, tail: Tail, stop: Event, again_seconds: float = AGAIN_SECONDS) -> None:
        """Follow the log until `stop`; now and then as if nothing had been done yet."""
        due = time.monotonic() + again_seconds
        while not stop.is_set():
            seen = tail.rounds
            if time.monotonic() >= due:
                self._applied, due = None, time.monotonic() + again_seconds
            self.apply()
            tail.wait(seen, stop)
