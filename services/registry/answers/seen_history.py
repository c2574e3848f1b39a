"""A stream's history with what is sealed in it, opened for who may read it."""

from __future__ import annotations

from typing import Any

from services.registry.views import SOURCE
from shared.projections.model import Row
from shared.service.history import stream_history
from shared.service.query_bus import Asked


def opened_history(asked: Asked, stream: str, version: int) -> list[Row]:
    """As `stream_history`, each with `opened`: its sealed fields, null once erased.

    What is opened must have been noted before.
    """
    sealed = {
        row["version"]: row["sealed"]
        for row in asked.rows(
            "SELECT version, body->'sealed' AS sealed FROM eventlog.event"
            " WHERE stream = %s AND version <= %s",
            stream,
            version,
        )
    }
    return [
        {**event, "opened": _opened(asked, stream, event["type"], sealed[event["version"]])}
        for event in stream_history(asked.rows, stream, version)
    ]


def _opened(asked: Asked, stream: str, event_type: str, sealed: Row) -> dict[str, Any]:
    return {
        name: asked.personal(SOURCE, stream, event_type, name, kept)
        for name, kept in sealed.items()
    }
