"""How points cover the city, what they do and how they are judged; how bodies are supervised."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Query
from services.portal.web.access import allow, everyone
from shared.contracts.assessment import commands, queries
from shared.contracts.roles import Role

_WATCHING = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
_SEES_FIGURES = (
    *(Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.POINT),
    *(Role.ADMINISTRATOR, Role.OPERATOR),
)


def _do(path: str, does: type, *roles: Role, makes: tuple[str, ...] = ()) -> Command:
    return Command(path, "assessment", does, allow(*roles), makes)


def _ask(path: str, asks: type, *roles: Role, many: bool = False, personal: bool = False) -> Query:
    who = allow(*roles) if roles else everyone
    return Query(path, "assessment", asks, who, many=many, personal=personal)


ASSESSMENT: tuple[Bound, ...] = (
    _ask("/coverage", queries.ShowCoverage),
    _ask("/supervision", queries.ShowSupervision, *_WATCHING, Role.PARTNER),
    _ask("/supervision/cases", queries.ListCasesBehind, *_WATCHING, many=True),
    _ask("/assessment-settings", queries.ShowAssessmentSettings, *_SEES_FIGURES),
    _do("/assessment-settings", commands.ChangeSettings, Role.LEADER, Role.ADMINISTRATOR),
)
