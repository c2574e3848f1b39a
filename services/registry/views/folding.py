"""What the registry's models share in folding its events into rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shared.projections.columns import version
from shared.projections.model import Key, Keys, ReadEvent, Rule, changed

SOURCE = "registry"


def id_of_stream(prefix: str) -> Keys:
    """The row of what the event's stream is of, where that is of this kind."""

    def keys(event: ReadEvent) -> Iterable[Key]:
        kind, _, identifier = event.stream.partition("-")
        return [(identifier,)] if kind == prefix else []

    return keys


def corrected(table: str, prefix: str) -> Rule:
    """A correction in words changes nothing of the row but its version."""
    return Rule("RecordCorrected", table, id_of_stream(prefix), changed(version=version))


def moved_limit(name: str) -> Keys:
    """The row whose limit of that name was counted anew."""
    return lambda event: [(event.data["about"],)] if event.data["name"] == name else []


def due_on(event: ReadEvent) -> Any:
    """The last day of the event's limit; None when it has none."""
    limit = event.data["limit"]
    return None if limit is None else limit["due_on"]


def provisional(event: ReadEvent) -> Any:
    """Whether the event's limit may yet move; None when it has none."""
    limit = event.data["limit"]
    return None if limit is None else limit["provisional"]


MOVED = changed(due_on=due_on, provisional=provisional)
"""The fold of a limit that was counted anew."""
