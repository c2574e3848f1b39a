"""The bureau's collective decision: meetings without a quorum, and reserves that move up."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class AdjournDeliberation:
    """Put a meeting on record that could not decide, since too few were present."""

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(0, 100))
    minutes: str = sealed(Text(LONG), under="deliberation_id")


@define(COMMANDS)
class PromoteReserve:
    """Give a freed place to a reserve: the next in order, or another with reasons."""

    batch_id: str = public(Identifier())
    application_id: str = public(Identifier())
    reasons: str | None = sealed(Text(LONG, allow_none=True), under="application_id")
