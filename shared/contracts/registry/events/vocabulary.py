"""The vocabulary that every event of the registry is entered in."""

from __future__ import annotations

from shared.contracts.message import (
    Vocabulary,
)

EVENTS = Vocabulary("registry", "event")
