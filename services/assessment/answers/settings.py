"""The figures of the assessment service on a day."""

from __future__ import annotations

from services.assessment.handlers.aggregates import SETTINGS
from services.assessment.views import ASSESSMENT_SETTINGS
from shared.contracts.assessment import queries
from shared.contracts.roles import Role
from shared.keeping.answers import show_settings
from shared.service.query_bus import QueryRoute

_SEES = frozenset(
    {Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.POINT, Role.ADMINISTRATOR, Role.OPERATOR}
)

QUERIES: dict[type, QueryRoute] = {
    queries.ShowAssessmentSettings: QueryRoute(
        _SEES, (ASSESSMENT_SETTINGS.name,), show_settings(ASSESSMENT_SETTINGS, SETTINGS)
    ),
}
