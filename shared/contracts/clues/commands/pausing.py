"""Stopping limits while a case waits for somebody outside of it."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import ClueLimit, PauseGround
from shared.contracts.fields import Identifier, Many, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class PauseLimits:
    """Stop these limits and, since nothing else goes on, that of the whole case with them.

    limits: each stops for all that it runs about, such as every refund's payment
    """

    clue_id: str = public(Identifier())
    limits: tuple[ClueLimit, ...] = internal(Many(OneOf(ClueLimit), least=1, distinct=True))
    ground: PauseGround = internal(OneOf(PauseGround))
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class ResumeLimits:
    """Let all that PauseLimits has stopped run on, with the days that were left."""

    clue_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")
