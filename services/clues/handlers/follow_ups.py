"""How one who suffers for having told is looked after."""

from __future__ import annotations

from services.clues.domain import follow_ups
from services.clues.handlers.aggregates import FOLLOW_UPS
from services.clues.handlers.common import BUREAU, case_within, of
from shared.contracts.clues import commands
from shared.service.command_bus import Route
from shared.service.work import Work


def schedule_follow_ups(work: Work, clue_id: str) -> None:
    """Part of what opens a case of retaliation."""
    work.decide(FOLLOW_UPS, clue_id, follow_ups.Schedule(clue_id))


def record_follow_up(work: Work, command: commands.RecordFollowUp) -> None:
    case_within(work, command.clue_id)
    work.decide(FOLLOW_UPS, command.clue_id, command)


ROUTES: dict[type, Route] = {
    commands.RecordFollowUp: Route(BUREAU, of(FOLLOW_UPS, "clue_id"), record_follow_up),
}
