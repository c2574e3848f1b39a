"""Streams that every command goes by, such as a service's settings: folded once, carried on."""

from __future__ import annotations

from typing import Any

from shared.service.aggregate import Aggregate
from shared.service.parts import Parts


class Standing:
    """States that are kept from one command to the next.

    Each look asks the log for what lies behind the version that is kept: one cheap query that
    mostly finds nothing, and never an answer older than the look. What is kept follows from the
    log alone, so threads that race for it lose nothing but the work (docs/decisions/009).
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def state(self, aggregate: Aggregate, identifier: object) -> Any:
        """The aggregate's state as the log has it now."""
        _, state = self._parts.load(aggregate, identifier)
        return state
