"""Verification by the bureau."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import ClueFinding, PauseGround, VerificationMeans
from shared.contracts.fields import Day, Identifier, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class StartVerification:
    clue_id: str = public(Identifier())


@define(COMMANDS)
class TakeVerificationStep:
    clue_id: str = public(Identifier())
    step_id: str = internal(Identifier())
    taken_on: dt.date = internal(Day())
    means: VerificationMeans = internal(OneOf(VerificationMeans))
    account: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class ExtendClueVerification:
    """Give the verification more time, once, before its limit has passed."""

    clue_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class ExtendCase:
    """Give the whole case more time, once, before its limit has passed."""

    clue_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class PauseVerification:
    clue_id: str = public(Identifier())
    ground: PauseGround = internal(OneOf(PauseGround))
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class ResumeVerification:
    clue_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class ConcludeVerification:
    clue_id: str = public(Identifier())
    finding: ClueFinding = public(OneOf(ClueFinding))
    facts: str = sealed(Text(LONG), under="clue_id")
    basis: str = sealed(Text(LONG), under="clue_id")
