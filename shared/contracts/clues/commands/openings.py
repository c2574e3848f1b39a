"""Opening a confidential reporter's identity, and putting on record who reads a case."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.fields import Identifier, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class RequestOpening:
    """Ask to know who told of a clue. opening_id: a new id; the reporter will see the reason."""

    opening_id: str = public(Identifier())
    clue_id: str = public(Identifier())
    reason: str = sealed(Text(LONG, shortest=5), under="clue_id")


@define(COMMANDS)
class ApproveOpening:
    """Agree, as one of two different leaders; the second one's opens it."""

    opening_id: str = public(Identifier())
    clue_id: str = public(Identifier())


@define(COMMANDS)
class RefuseOpening:
    opening_id: str = public(Identifier())
    clue_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class ReadIdentity:
    """Put on record that the identity is read now; ShowReporter answers within a minute of it."""

    opening_id: str = public(Identifier())
    clue_id: str = public(Identifier())
    purpose: str = internal(Text())


@define(COMMANDS)
class ReadCase:
    """Put on record that a case is read; its words are answered for half an hour of it."""

    clue_id: str = public(Identifier())
    purpose: str = internal(Text())
