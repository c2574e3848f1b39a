"""What a reaction is: which event leads to which command."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.stored import RecordedEvent

_NAMESPACE = uuid.UUID("8f0c2f3e-2a5b-5d0c-9b1e-6a4f1f4e7c11")


@dataclass(frozen=True)
class Reaction:
    """`command(values)` gives the command for an event's clear values, or None for nothing.

    `tolerates` are the refusals that mean the same was reached another way.
    """

    name: str
    source: str
    event: str
    command: Callable[[Mapping[str, Any]], Any]
    tolerates: frozenset[str] = field(default_factory=frozenset)

    def command_id(self, recorded: RecordedEvent) -> str:
        """Always the same for an event, so however often it arrives, it is done once."""
        return str(uuid.uuid5(_NAMESPACE, f"{recorded.event.event_id}/{self.name}"))
