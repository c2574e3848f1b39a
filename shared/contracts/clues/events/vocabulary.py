"""The vocabulary that every event of the clues service is entered in."""

from __future__ import annotations

from shared.contracts.message import Vocabulary

EVENTS = Vocabulary("clues", "event")
