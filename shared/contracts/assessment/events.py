"""What happens in the assessment service; nothing of its own yet, it listens to the registry."""

from __future__ import annotations

from shared.contracts.message import Vocabulary

EVENTS = Vocabulary("assessment", "event")
