"""Who may do what of the assessment, as it is written down: of the API and of its pages."""

from __future__ import annotations

from shared.contracts.roles import Role

_EVERYONE = frozenset(Role) - {Role.SYSTEM, Role.REPORTER}
_LEADER = frozenset({Role.LEADER})
_WATCHING = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR})

ASSESSMENT: dict[str, frozenset[Role] | str] = {
    "GET /api/v1/coverage": _EVERYONE,
    "GET /api/v1/supervision": _WATCHING | {Role.PARTNER},
    "GET /api/v1/supervision/cases": _WATCHING,
    "GET /api/v1/assessment-settings": _WATCHING | {Role.POINT, Role.ADMINISTRATOR, Role.OPERATOR},
    "POST /api/v1/assessment-settings": _LEADER | {Role.ADMINISTRATOR},
}
