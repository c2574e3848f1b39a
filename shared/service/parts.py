"""What a service's work stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.contracts.message import Vocabulary
from shared.contracts.stored import StoredEvent
from shared.eventlog.store import EventLog
from shared.privacy.files.store import FileStore
from shared.privacy.keyring import Keyring


@dataclass(frozen=True)
class Parts:
    """Wired once at start."""

    log: EventLog
    keyring: Keyring
    events: Vocabulary
    files: FileStore

    def restore(self, event: StoredEvent) -> Any:
        """The event as this code's newest version has it, sealed fields as handles."""
        message_type = self.events.find(event.type)
        values = self.events.upcast(event.type, event.schema_version, event.clear())
        return message_type.restore(values, event.handles())
