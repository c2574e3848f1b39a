"""One fact of a point's duty records: what one event of one log says of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shared.contracts.assessment.vocabulary.duties import DutyKind


@dataclass(frozen=True)
class DutyFact:
    """What happened, when, and which event says so.

    source, stream, version: the event (`source` is the service whose log it is in)
    happened_on: the business day of what happened, which may lie before the event's own
    in_time: whether a limit was kept; null where none runs
    outcome: `substantiated` or `partly_substantiated` of a clue that was; else null
    about: stream of what it is about (clue, opinion, activity, ...), null if the event's own
    """

    source: str
    stream: str
    version: int
    point_id: str
    kind: DutyKind
    happened_on: dt.date
    in_time: bool | None = None
    outcome: str | None = None
    about: str | None = None
