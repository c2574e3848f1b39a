"""What a column takes from an event, for `model.changed`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from shared.projections.model import ReadEvent


def version(event: ReadEvent) -> int:
    """Of the stream, after the event."""
    return event.version


def occurred_at(event: ReadEvent) -> dt.datetime:
    return event.occurred_at


def of_event(name: str) -> Callable[[ReadEvent], Any]:
    """The value of the event's field."""
    return lambda event: event.data[name]
