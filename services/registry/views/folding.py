"""What the registry's models share in folding events into rows."""

from __future__ import annotations

from typing import Any

from shared.projections.model import ReadEvent

SOURCE = "registry"


def version(event: ReadEvent) -> int:
    return event.version


def occurred_at(event: ReadEvent) -> Any:
    return event.occurred_at


def of_event(name: str) -> Any:
    return lambda event: event.data[name]
