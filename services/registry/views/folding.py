"""Whose events the registry's models fold into rows."""

from __future__ import annotations

from collections.abc import Iterable

from shared.projections.model import Key, Keys, ReadEvent

SOURCE = "registry"


def id_of_stream(prefix: str) -> Keys:
    """The row of what the event's stream is of, where that is of this kind."""

    def keys(event: ReadEvent) -> Iterable[Key]:
        kind, _, identifier = event.stream.partition("-")
        return [(identifier,)] if kind == prefix else []

    return keys
