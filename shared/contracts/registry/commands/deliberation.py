"""The bureau's collective decisions beside its list: adjourned, moved up, struck off."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import RejectionGround


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


@define(COMMANDS)
class CloseReserves:
    """Keep no reserves any longer: all that a batch has are left out, and may apply elsewhere.

    `reasons` are told to each of them.
    """

    batch_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="batch_id")


@define(COMMANDS)
class StrikeOff:
    """A meeting takes a unit that had qualified off its batch, until it is designated.

    Its place, its rank as a reserve and its time on notice end with it; `reasons` are told to it.
    """

    application_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: str = sealed(Text(LONG), under="deliberation_id")
    grounds: tuple[RejectionGround, ...] = internal(
        Many(OneOf(RejectionGround), least=1, distinct=True)
    )
    reasons: str = sealed(Text(LONG), under="application_id")
