"""What carries out the commands of keeping, in any service that keeps it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from shared.contracts.errors import Refused
from shared.contracts.figures import Schedule
from shared.contracts.keeping import commands
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import is_city
from shared.contracts.working_days import WorkingDays, YearTable
from shared.keeping.domain import known_point, setting
from shared.keeping.domain.known_point import KnownPoint
from shared.keeping.domain.setting import Setting
from shared.service.aggregate import Aggregate
from shared.service.command_bus import Route
from shared.service.work import Work
from shared.service.working_calendar import calendar

SCHEME = "scheme"
"""The one set of settings there is: the city bureau's, which hold for its districts too."""

KNOWN_POINT = Aggregate("known_point", KnownPoint(), known_point.decide, known_point.evolve)


def settings_aggregate(schedule: Schedule[Any]) -> Aggregate:
    """The settings of a service whose figures these are."""
    return Aggregate("settings", Setting(schedule), setting.decide, setting.evolve)


def calendar_of(state: Setting) -> WorkingDays:
    """The working calendar as it is known; the same object until a table is noted."""
    return _calendar(tuple(state.tables.values()))


@lru_cache(maxsize=8)
def _calendar(tables: tuple[YearTable, ...]) -> WorkingDays:
    return calendar(tables)


def active_point(work: Work) -> str:
    """The point that the actor acts for. Raises Refused unless it is one at work."""
    unit = work.actor.unit
    state: KnownPoint = work.state(KNOWN_POINT, unit) if unit else KnownPoint()
    if unit is None or state.status is not KnownStanding.ACTIVE:
        raise Refused(Reason.POINT_NOT_ACTIVE, "it is no contact point at work")
    return unit


def routes(settings: Aggregate) -> dict[type, Route]:
    """Of a service whose settings this is."""

    def change_settings(work: Work, command: commands.ChangeSettings) -> None:
        if not is_city(work.actor.division):
            raise Refused(
                Reason.OUT_OF_SCOPE,
                f"your role is held for {work.actor.division}, the settings are the city's",
            )
        work.decide(settings, SCHEME, command)

    def note_working_days(work: Work, command: commands.NoteWorkingDays) -> None:
        work.decide(settings, SCHEME, command)

    def settings_stream(_: Any) -> str:
        return settings.stream(SCHEME)

    system = frozenset({Role.SYSTEM})
    return {
        commands.NotePoint: Route(system, _point_stream, note_point),
        commands.NoteWorkingDays: Route(system, settings_stream, note_working_days),
        commands.ChangeSettings: Route(
            {Role.ADMINISTRATOR, Role.LEADER}, settings_stream, change_settings
        ),
    }


def note_point(work: Work, command: commands.NotePoint) -> None:
    work.decide(KNOWN_POINT, command.point_id, command)


def _point_stream(command: commands.NotePoint) -> str:
    return KNOWN_POINT.stream(command.point_id)
