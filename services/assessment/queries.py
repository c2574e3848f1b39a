"""Every query of the assessment service: who may ask, which models answer, and how."""

from __future__ import annotations

from services.assessment.answers import coverage, duties, duty_things, settings, supervision
from shared.service.query_bus import QueryRoute

QUERIES: dict[type, QueryRoute] = {
    **coverage.QUERIES,
    **settings.QUERIES,
    **supervision.QUERIES,
    **duties.QUERIES,
    **duty_things.QUERIES,
}
