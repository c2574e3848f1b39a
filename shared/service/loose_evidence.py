"""Objects in the store of evidence that no case has, or whose case was erased: swept away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Event

import structlog

from shared.eventlog.store import EventLog
from shared.privacy.evidence.store import EvidenceStore, StoreAway, StoredObject
from shared.privacy.keyring import Keyring

KEPT_FOR = dt.timedelta(days=1)
"""Real time, as everything in operation: how long somebody may take to attach a file."""
SWEEP_SECONDS = 3_600.0
_AT_ONCE = 500

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class EvidenceRules:
    """scope: of the claims by which a stream holds an object · subject: under whose key what a
    stream holds lies
    """

    scope: str
    subject: Callable[[str], str]


class LooseEvidence:
    """Sweeps the store of one service. Whose an object is, is asked of the log's claims, which
    are taken with the event that names it: no crash between two steps loses a file.
    """

    def __init__(
        self, store: EvidenceStore, log: EventLog, keyring: Keyring, rules: EvidenceRules
    ) -> None:
        self._store, self._log, self._keyring, self._rules = store, log, keyring, rules

    def sweep(self, older_than: dt.timedelta = KEPT_FOR) -> int:
        """Delete what is loose for so long, and what was erased; how many objects that were.

        Raises StoreAway.
        """
        before, swept = dt.datetime.now(dt.UTC) - older_than, 0
        for some in _some(self._store.all()):
            for its in self._useless(some, before):
                self._store.delete(its.name)
                swept += 1
        self._store.forget_unfinished(before)
        if swept:
            _log.info("evidence.swept", number=swept)
        return swept

    def run(self, stop: Event) -> None:
        """Sweep until the event is set; a store that is away is asked again the next time."""
        while not stop.is_set():
            try:
                self.sweep()
            except StoreAway as away:
                _log.warning("evidence.store_away", error=str(away))
            stop.wait(SWEEP_SECONDS)

    def _useless(self, some: list[StoredObject], before: dt.datetime) -> Iterator[StoredObject]:
        scope = self._rules.scope
        keys = {self._keyring.keyed_hash(scope, its.name): its for its in some}
        holders = self._log.holders_of(scope, list(keys))
        erased = self._keyring.erased_among({self._rules.subject(its) for its in holders.values()})
        for key, its in keys.items():
            holder = holders.get(key)
            is_loose = holder is None and its.stored_at < before
            if is_loose or (holder is not None and self._rules.subject(holder) in erased):
                yield its


def _some(objects: Iterable[StoredObject]) -> Iterator[list[StoredObject]]:
    """So many at a time."""
    held: list[StoredObject] = []
    for its in objects:
        held.append(its)
        if len(held) == _AT_ONCE:
            yield held
            held = []
    if held:
        yield held
