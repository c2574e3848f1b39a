"""The figures of the clues service on a day."""

from __future__ import annotations

from services.clues.answers.seeing import WITH_POINTS
from services.clues.handlers.aggregates import SETTINGS
from services.clues.views import CLUE_SETTINGS
from shared.contracts.clues import queries
from shared.contracts.roles import Role
from shared.keeping.answers import show_settings
from shared.service.query_bus import QueryRoute

QUERIES: dict[type, QueryRoute] = {
    queries.ShowClueSettings: QueryRoute(
        WITH_POINTS | {Role.ADMINISTRATOR, Role.OPERATOR},
        (CLUE_SETTINGS.name,),
        show_settings(CLUE_SETTINGS, SETTINGS),
    ),
}
