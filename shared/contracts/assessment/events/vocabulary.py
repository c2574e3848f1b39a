"""The vocabulary that every event of the assessment service is entered in."""

from __future__ import annotations

from shared.contracts.message import Vocabulary

EVENTS = Vocabulary("assessment", "event")
