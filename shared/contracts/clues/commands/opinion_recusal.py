"""Who stays out of an opinion."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import TieKind
from shared.contracts.fields import Identifier, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class RecuseFromOpinion:
    """Keep somebody out of an opinion: an officer oneself, a leader anybody."""

    opinion_id: str = public(Identifier())
    account_id: str = internal(Text())
    tie: TieKind = internal(OneOf(TieKind))
    reasons: str = sealed(Text(LONG), under="opinion_id")
