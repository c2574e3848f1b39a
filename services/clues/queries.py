"""Every query of the clues service: who may ask, which models answer, and how."""

from __future__ import annotations

from services.clues.answers import (
    clues,
    collecting,
    dialogue,
    evidence,
    improving,
    openings,
    others,
    referrals,
    reporters,
    search,
    settings,
)
from services.clues.views.erasures import CLUE_ERASURES
from shared.erasure.answers import query_routes
from shared.service.query_bus import QueryRoute

QUERIES: dict[type, QueryRoute] = {
    **clues.QUERIES,
    **evidence.QUERIES,
    **referrals.QUERIES,
    **collecting.QUERIES,
    **dialogue.QUERIES,
    **others.QUERIES,
    **improving.QUERIES,
    **openings.QUERIES,
    **search.QUERIES,
    **reporters.QUERIES,
    **settings.QUERIES,
    **query_routes(CLUE_ERASURES),
}
