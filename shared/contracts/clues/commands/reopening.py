"""Handling a case anew when its reporter's word came too late to do so by itself."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.fields import Identifier, Text
from shared.contracts.message import define, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class ReopenClue:
    """Handle a case anew whose reporter has said, too late, that it is not solved."""

    clue_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")
