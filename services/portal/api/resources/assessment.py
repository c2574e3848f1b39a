"""How points are spread over districts, trades and sizes: the assessment's queries."""

from __future__ import annotations

from services.portal.api.binding import Bound, Query
from services.portal.web.access import everyone
from shared.contracts.assessment import queries

COVERAGE: tuple[Bound, ...] = (Query("/coverage", "assessment", queries.ShowCoverage, everyone),)
