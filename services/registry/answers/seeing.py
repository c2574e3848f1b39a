"""Which rows an asker sees at all."""

from __future__ import annotations

from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.projections.model import Row
from shared.service.query_bus import Asked

BUREAU = frozenset({Role.OFFICER, Role.REVIEWER, Role.LEADER})
"""Those who work on applications."""
WATCHING = BUREAU | {Role.AUDITOR}
"""Those who see the bureau's work."""
ANYONE = frozenset(Role) - {Role.SYSTEM}


def may_work(asked: Asked, division: str) -> bool:
    """Whether the asker acts for the bureau of a division, which is their own or lies below it."""
    return asked.actor.role in BUREAU and covers(asked.actor.division, division)


def may_see_application(asked: Asked, row: Row) -> bool:
    """An applicant its own; everybody else those of their divisions."""
    if asked.actor.role is Role.APPLICANT:
        return bool(row["filed_by"] == asked.actor.id)
    return covers(asked.actor.division, row["division"])
