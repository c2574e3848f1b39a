"""What the timekeeper raises of running limits, and limits that were counted anew."""

from __future__ import annotations

from typing import Any

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import AlarmStage, ClueLimit
from shared.contracts.fields import Identifier, OneOf
from shared.contracts.message import Part, Precision, define, internal


@define(EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class AlarmRaised:
    """A limit of this stream has come so far; `watch` has what is raised of it next.

    about: what within the stream the limit is of, such as a refund's claim; null: the whole
    """

    name: ClueLimit = internal(OneOf(ClueLimit))
    about: str | None = internal(Identifier(allow_none=True))
    stage: AlarmStage = internal(OneOf(AlarmStage))
    watch: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class LimitMoved:
    """A running limit was counted anew, since a year's working days were loaded."""

    name: ClueLimit = internal(OneOf(ClueLimit))
    about: str | None = internal(Identifier(allow_none=True))
    watch: WatchedLimit = internal(Part(WatchedLimit))


@EVENTS.upcaster("AlarmRaised", 1)
@EVENTS.upcaster("LimitMoved", 1)
def _of_fewer_limits(values: dict[str, Any]) -> dict[str, Any]:
    """Written when questions and follow-ups had no limits yet."""
    return values
