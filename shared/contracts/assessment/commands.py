"""What the assessment service can be asked to do; nothing yet."""

from __future__ import annotations

from shared.contracts.message import Vocabulary

COMMANDS = Vocabulary("assessment", "command")
