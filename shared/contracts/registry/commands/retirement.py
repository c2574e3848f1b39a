"""How a point retires: facts told, statement and defence, deliberation, announcement."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import Resolution, RetirementGround, TellingMeans


@define(COMMANDS)
class OpenRetirement:
    """Begin the procedure on a ground of the rules; the point itself may by its own wish."""

    retirement_id: str = public(Identifier())
    point_id: str = public(Identifier())
    ground: RetirementGround = internal(OneOf(RetirementGround))
    facts: str = sealed(Text(LONG), under="point_id")


@define(COMMANDS)
class TellRetirementFacts:
    """The facts were told to the point, which may now state its case."""

    retirement_id: str = public(Identifier())
    told_on: dt.date = public(Day())
    means: TellingMeans = internal(OneOf(TellingMeans))


@define(COMMANDS)
class RecordStatement:
    """The point's statement and defence, made within its limit."""

    retirement_id: str = public(Identifier())
    made_on: dt.date = public(Day())
    statement: str = sealed(Text(LONG), under="retirement_id")


@define(COMMANDS)
class WaiveStatement:
    """The point has declared that it will not state its case; `evidence`: how, and to whom."""

    retirement_id: str = public(Identifier())
    evidence: str = sealed(Text(LONG), under="retirement_id")


@define(COMMANDS)
class DecideRetirement:
    """What the bureau's deliberation decided; `facts_hold`: whether the facts are established."""

    retirement_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: str = sealed(Text(LONG), under="retirement_id")
    facts_hold: bool = internal(Flag())
    resolution: Resolution = internal(OneOf(Resolution))
    reasons: str = sealed(Text(LONG), under="retirement_id")


@define(COMMANDS)
class RetirePoint:
    """Announce the retirement that was decided; the point is none from here on."""

    point_id: str = public(Identifier())
    ground: RetirementGround = public(OneOf(RetirementGround))
    facts: str = sealed(Text(LONG), under="point_id")
