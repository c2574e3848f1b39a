"""The aggregates of the assessment service, each with the name of its streams."""

from __future__ import annotations

from services.assessment.domain.settings import Schedule
from shared.keeping.handlers import settings_aggregate

SETTINGS = settings_aggregate(Schedule())
