"""A contact point as the registry has told it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.contracts.errors import Refused
from shared.contracts.keeping import commands, events
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class KnownPoint:
    """`status` is how it stands."""

    status: KnownStanding = KnownStanding.ABSENT
    division: str = ""
    unit_name: str = ""


def note(state: KnownPoint, command: commands.NotePoint, _: Any) -> list[Any]:
    standing = command.standing or state.status
    noted = events.PointNoted(
        point_id=command.point_id,
        standing=standing,
        division=command.division or state.division,
        unit_name=command.unit_name or state.unit_name,
    )
    if state == KnownPoint(noted.standing, noted.division, noted.unit_name):
        raise Refused(Reason.NOTHING_CHANGES, "so it is known")
    return [noted]


TRANSITIONS: Transitions = {(status, commands.NotePoint): note for status in KnownStanding}


def decide(state: KnownPoint, command: Any, context: Any) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: KnownPoint, event: Any) -> KnownPoint:
    if isinstance(event, events.PointNoted):
        return KnownPoint(event.standing, event.division, event.unit_name)
    raise TypeError(f"a point knows nothing of {type(event).__name__}")
