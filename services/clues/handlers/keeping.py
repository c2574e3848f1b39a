"""What the timekeeper and the registry's events ask for; the service's own figures."""

from __future__ import annotations

from typing import Any

from services.clues.domain import dialogue
from services.clues.handlers.aggregates import (
    CLUE,
    DIALOGUE,
    FOLLOW_UPS,
    KNOWN_POINT,
    OPINION,
    SETTINGS,
)
from services.clues.handlers.common import of
from services.clues.handlers.moment import SCHEME
from shared.contracts.clues import commands
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import is_city
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


def note_point(work: Work, command: commands.NotePoint) -> None:
    work.decide(KNOWN_POINT, command.point_id, command)


def note_working_days(work: Work, command: commands.NoteWorkingDays) -> None:
    work.decide(SETTINGS, SCHEME, command)


def change_settings(work: Work, command: commands.ChangeSettings) -> None:
    if not is_city(work.actor.division):
        raise Refused(
            Reason.OUT_OF_SCOPE,
            f"your role is held for {work.actor.division}, the settings are the city's",
        )
    work.decide(SETTINGS, SCHEME, command)


def _settings_stream(_: Any) -> str:
    return SETTINGS.stream(SCHEME)


def _of_its_stream(command: Any) -> str:
    return str(command.stream)


_SYSTEM = frozenset({Role.SYSTEM})

ROUTES: dict[type, Route] = {
    commands.RaiseAlarm: Route(_SYSTEM, _of_its_stream, about_limit),
    commands.RecomputeLimit: Route(_SYSTEM, _of_its_stream, about_limit),
    commands.LapseQuestion: Route(_SYSTEM, _of_its_stream, lapse_question),
    commands.NotePoint: Route(_SYSTEM, of(KNOWN_POINT, "point_id"), note_point),
    commands.NoteWorkingDays: Route(_SYSTEM, _settings_stream, note_working_days),
    commands.ChangeSettings: Route(
        {Role.ADMINISTRATOR, Role.LEADER}, _settings_stream, change_settings
    ),
}
