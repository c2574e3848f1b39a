"""Who reads a case whose reporter is not named, and when last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.clues.domain.context import Context
from shared.contracts.clues import commands, events
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by

READING = dt.timedelta(minutes=30)
"""For so long what somebody opens of one case counts as one reading."""


class ReadingStatus(StrEnum):
    ABSENT = "absent"
    READ = "read"


@dataclass(frozen=True)
class Reading:
    """Of one clue, each reader's last reading that is on record."""

    status: ReadingStatus = ReadingStatus.ABSENT
    last: Mapping[str, dt.datetime] = field(default_factory=dict)

    def is_recorded(self, reader: str, now: dt.datetime) -> bool:
        """Whether what the reader opens now belongs to a reading on record."""
        last = self.last.get(reader)
        return last is not None and now < last + READING


def read(state: Reading, command: commands.ReadCase, context: Context) -> list[Any]:
    if state.is_recorded(context.actor_id, context.now):
        raise Refused(Reason.NOTHING_CHANGES, "this reading is on record")
    return [
        events.CaseRead(
            clue_id=command.clue_id,
            reading_id=command.clue_id,
            read_by=context.actor_id,
            read_at=context.now,
            purpose=command.purpose,
        )
    ]


TRANSITIONS: Transitions = {
    (status, commands.ReadCase): read for status in (ReadingStatus.ABSENT, ReadingStatus.READ)
}


def decide(state: Reading, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Reading, event: Any) -> Reading:
    match event:
        case events.CaseRead():
            last = {**state.last, event.read_by: event.read_at}
            return replace(state, status=ReadingStatus.READ, last=last)
    raise TypeError(f"a reading knows nothing of {type(event).__name__}")
