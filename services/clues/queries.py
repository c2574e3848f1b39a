"""Every query of the clues service: who may ask, which models answer, and how."""

from __future__ import annotations

from services.clues.answers import (
    clues,
    collecting,
    improving,
    others,
    referrals,
    search,
    settings,
)
from services.clues.views.erasures import CLUE_ERASURES
from shared.erasure.answers import query_routes
from shared.service.query_bus import QueryRoute

QUERIES: dict[type, QueryRoute] = {
    **clues.QUERIES,
    **referrals.QUERIES,
    **collecting.QUERIES,
    **others.QUERIES,
    **improving.QUERIES,
    **search.QUERIES,
    **settings.QUERIES,
    **query_routes(CLUE_ERASURES),
}
