"""The read models of the assessment service, over the logs of several."""

from __future__ import annotations

from services.assessment.views.coverage import COVERAGE
from services.assessment.views.supervision import SUPERVISION
from shared.contracts.assessment.events import EVENTS
from shared.keeping.views import settings_model

SOURCE = "assessment"
"""Whose log its own events are in."""

ASSESSMENT_SETTINGS = settings_model("assessment_settings", SOURCE, EVENTS)

MODELS = (COVERAGE, SUPERVISION, ASSESSMENT_SETTINGS)
