"""What the registry's models share in folding its events into rows."""

from __future__ import annotations

from collections.abc import Iterable

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
