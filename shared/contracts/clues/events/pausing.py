"""Limits that stand still while a case waits for somebody outside of it."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import ClueLimit, PauseGround
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.limits import LONGEST_LIMIT
from shared.contracts.message import (
    Part,
    Precision,
    Sealable,
    define,
    internal,
    part,
    public,
    sealed,
    value,
)
from shared.contracts.registry.fields import LONG


@value
class StoppedLimit:
    """A limit that does not run on; `days_left` are working days or days, as it counts them.

    about: as in AlarmRaised
    """

    name: ClueLimit = part(OneOf(ClueLimit))
    about: str | None = part(Identifier(allow_none=True))
    days_left: int = part(Whole(1, LONGEST_LIMIT))


@value
class ResumedLimit:
    """A limit that runs again; `watch` has what was left of it. about: as in AlarmRaised"""

    name: ClueLimit = part(OneOf(ClueLimit))
    about: str | None = part(Identifier(allow_none=True))
    watch: WatchedLimit = part(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class LimitsPaused:
    """Limits of a case stand still, while it stays where it is; what was used of them is kept."""

    clue_id: str = public(Identifier())
    paused_on: dt.date = internal(Day())
    stopped: tuple[StoppedLimit, ...] = internal(Many(Part(StoppedLimit), least=1))
    ground: PauseGround = internal(OneOf(PauseGround))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class LimitsResumed:
    """What was left of them runs from here on."""

    clue_id: str = public(Identifier())
    resumed: tuple[ResumedLimit, ...] = internal(Many(Part(ResumedLimit), least=1))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")
