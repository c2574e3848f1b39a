"""The procedure by which a point retires, or is kept.

Nobody outside learns of a reproach that is not decided: which point it is about and the ground
are internal, and the stream is named by the procedure. PointRetired tells the outcome.
"""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text, Whole
from shared.contracts.limits import TimeLimit
from shared.contracts.message import Part, Sealable, define, internal, public, sealed
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import Resolution, RetirementGround, TellingMeans


@define(EVENTS)
class RetirementOpened:
    retirement_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    ground: RetirementGround = internal(OneOf(RetirementGround))
    opened_on: dt.date = public(Day())
    facts: Sealable[str] = sealed(Text(LONG), under="point_id")


@define(EVENTS)
class RetirementFactsTold:
    """The point may state its case within the limit."""

    retirement_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    told_on: dt.date = public(Day())
    means: TellingMeans = internal(OneOf(TellingMeans))
    limit: TimeLimit = public(Part(TimeLimit))


@define(EVENTS)
class StatementRecorded:
    """The point's statement and defence."""

    retirement_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    made_on: dt.date = public(Day())
    statement: Sealable[str] = sealed(Text(LONG), under="point_id")


@define(EVENTS)
class StatementWaived:
    """The point will not state its case."""

    retirement_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    waived_on: dt.date = public(Day())
    evidence: Sealable[str] = sealed(Text(LONG), under="point_id")


@define(EVENTS)
class RetirementDecided:
    """What the bureau's deliberation decided."""

    retirement_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: Sealable[str] = sealed(Text(LONG), under="point_id")
    facts_hold: bool = internal(Flag())
    resolution: Resolution = internal(OneOf(Resolution))
    reasons: Sealable[str] = sealed(Text(LONG), under="point_id")


@define(EVENTS)
class RetirementEnded:
    """The procedure ended without a deliberation: the term that was over was renewed late.

    Not written any more, since nothing is renewed once its term is over.
    """

    retirement_id: str = public(Identifier())
    point_id: str = internal(Identifier())


@define(EVENTS)
class RetirementCompleted:
    """The retirement was announced."""

    retirement_id: str = public(Identifier())
    point_id: str = internal(Identifier())


@define(EVENTS)
class PointProcedureOpened:
    """Something about the point is to be decided: its renewal, or its retirement.

    Which of them is internal; exactly one of the two ids is there.
    """

    point_id: str = public(Identifier())
    renewal_id: str | None = internal(Identifier(allow_none=True))
    retirement_id: str | None = internal(Identifier(allow_none=True))
    ground: RetirementGround | None = internal(OneOf(RetirementGround, allow_none=True))


@define(EVENTS)
class PointProcedureClosed:
    """That procedure is over; the point goes on as it was, or with a new term."""

    point_id: str = public(Identifier())
    renewal_id: str | None = internal(Identifier(allow_none=True))
    retirement_id: str | None = internal(Identifier(allow_none=True))
