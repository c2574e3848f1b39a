"""Acceptance, assignment, recusal, consent, joining."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import DeclineGround, TieKind
from shared.contracts.fields import Flag, Identifier, Many, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class AcceptClue:
    clue_id: str = public(Identifier())


@define(COMMANDS)
class DeclineClue:
    clue_id: str = public(Identifier())
    ground: DeclineGround = public(OneOf(DeclineGround))
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class AssignClue:
    """Have these accounts handle the case."""

    clue_id: str = public(Identifier())
    handlers: tuple[str, ...] = internal(Many(Text(), least=1, most=10, distinct=True))


@define(COMMANDS)
class RecuseOfficer:
    """Keep somebody out of the case: an officer oneself, a leader anybody."""

    clue_id: str = public(Identifier())
    account_id: str = internal(Text())
    tie: TieKind = internal(OneOf(TieKind))
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class RecordConsent:
    """Put on record whether the unit concerned lets itself be named to the body."""

    clue_id: str = public(Identifier())
    given: bool = internal(Flag())
    evidence: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class JoinClue:
    """Handle a clue with another one that is about the same; what is not accepted yet is so too."""

    clue_id: str = public(Identifier())
    into_clue_id: str = internal(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")
