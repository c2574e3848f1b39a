"""Every query of the registry: who may ask, which models answer, and how."""

from __future__ import annotations

from services.registry.answers import (
    applications,
    batches,
    certificates,
    corrections,
    deliberation,
    documents,
    figures,
    notices,
    organisation,
    plan,
    point_work,
    points,
    procedures,
    reviews,
    settings,
    tasks,
)
from services.registry.views.erasures import ERASURES
from shared.erasure.answers import query_routes
from shared.service.query_bus import QueryRoute

QUERIES: dict[type, QueryRoute] = {
    **batches.QUERIES,
    **figures.QUERIES,
    **certificates.QUERIES,
    **plan.QUERIES,
    **applications.QUERIES,
    **documents.QUERIES,
    **notices.QUERIES,
    **reviews.QUERIES,
    **deliberation.QUERIES,
    **points.QUERIES,
    **point_work.QUERIES,
    **procedures.QUERIES,
    **tasks.QUERIES,
    **settings.QUERIES,
    **organisation.QUERIES,
    **corrections.QUERIES,
    **query_routes(ERASURES),
}
