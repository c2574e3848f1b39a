"""Every query of the registry: who may ask, which models answer, and how."""

from __future__ import annotations

from services.registry.answers import applications, batches, notices, points, settings, tasks
from shared.service.query_bus import QueryRoute

QUERIES: dict[type, QueryRoute] = {
    **batches.QUERIES,
    **applications.QUERIES,
    **notices.QUERIES,
    **points.QUERIES,
    **tasks.QUERIES,
    **settings.QUERIES,
}
