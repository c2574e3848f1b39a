"""Settings: the city bureau's, which hold for its districts too."""

from __future__ import annotations

from typing import Any

from services.registry.handlers.aggregates import SETTINGS
from services.registry.handlers.moment import SCHEME
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.contracts.scope import is_city
from shared.service.command_bus import Route
from shared.service.work import Work

SETTING = frozenset({Role.ADMINISTRATOR, Role.LEADER})


def set_for_the_city(work: Work, command: Any) -> None:
    if not is_city(work.actor.division):
        raise Refused(
            Reason.OUT_OF_SCOPE,
            f"your role is held for {work.actor.division}, the settings are the city's",
        )
    work.decide(SETTINGS, SCHEME, command)


def _settings_stream(_: Any) -> str:
    return SETTINGS.stream(SCHEME)


ROUTES: dict[type, Route] = {
    command: Route(SETTING, _settings_stream, set_for_the_city)
    for command in (commands.ChangeSettings, commands.SetSizeLimits, commands.LoadWorkingDays)
}
