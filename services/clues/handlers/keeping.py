"""What the timekeeper asks for."""

from __future__ import annotations

from typing import Any

from services.clues.domain import dialogue
from services.clues.handlers.aggregates import (
    CLUE,
    DIALOGUE,
    FOLLOW_UPS,
    OPINION,
    SETTINGS,
)
from shared.contracts.clues import commands
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.keeping.handlers import routes
from shared.service.command_bus import Route
from shared.service.work import Work

_WATCHED = {its.prefix: its for its in (CLUE, OPINION, DIALOGUE, FOLLOW_UPS)}
"""The aggregates that have limits, by what their streams' names begin with."""


def about_limit(work: Work, command: commands.RaiseAlarm | commands.RecomputeLimit) -> None:
    prefix, _, identifier = command.stream.partition("-")
    if prefix not in _WATCHED:
        raise NotFound(prefix, identifier)
    work.decide(_WATCHED[prefix], identifier, command)


def lapse_question(work: Work, command: commands.LapseQuestion) -> None:
    prefix, _, clue_id = command.stream.partition("-")
    if prefix != DIALOGUE.prefix:
        raise NotFound(prefix, clue_id)
    work.decide(DIALOGUE, clue_id, dialogue.Lapse(clue_id, command.question_id))


def _of_its_stream(command: Any) -> str:
    return str(command.stream)


_SYSTEM = frozenset({Role.SYSTEM})

ROUTES: dict[type, Route] = {
    commands.RaiseAlarm: Route(_SYSTEM, _of_its_stream, about_limit),
    commands.RecomputeLimit: Route(_SYSTEM, _of_its_stream, about_limit),
    commands.LapseQuestion: Route(_SYSTEM, _of_its_stream, lapse_question),
    **routes(SETTINGS),
}
