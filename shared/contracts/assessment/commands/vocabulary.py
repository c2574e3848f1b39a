"""The vocabulary that every command of the assessment service is entered in."""

from __future__ import annotations

from shared.contracts.message import Vocabulary

COMMANDS = Vocabulary("assessment", "command")
