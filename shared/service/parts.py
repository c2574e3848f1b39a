"""What a service's work stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shared.contracts.message import Vocabulary
from shared.contracts.stored import StoredEvent
from shared.eventlog.store import EventLog
from shared.privacy.evidence.store import EvidenceStore
from shared.privacy.files.store import FileStore
from shared.privacy.keyring import Keyring
from shared.service.aggregate import Aggregate
from shared.service.folded import FoldedStates


@dataclass(frozen=True)
class Parts:
    """Wired once at start. evidence: None for a service that keeps none"""

    log: EventLog
    keyring: Keyring
    events: Vocabulary
    files: FileStore
    evidence: EvidenceStore | None = None
    folded: FoldedStates = field(default_factory=FoldedStates)

    def restore(self, event: StoredEvent) -> Any:
        """The event as this code's newest version has it, sealed fields as handles."""
        message_type = self.events.find(event.type)
        values = self.events.upcast(event.type, event.schema_version, event.clear())
        return message_type.restore(values, event.handles())

    def load(self, aggregate: Aggregate, identifier: object) -> tuple[int, Any]:
        """(version, state) of an aggregate as the log has it now; version 0: it has no stream."""
        stream = aggregate.stream(identifier)
        version, state = self.folded.of(stream, aggregate.initial)
        for event in self.log.stream(stream, after=version):
            state, version = aggregate.evolve(state, self.restore(event)), event.version
        self.folded.keep(stream, version, state)
        return version, state
