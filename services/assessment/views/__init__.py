"""The read models of the assessment service, over the logs of several."""

from __future__ import annotations

from services.assessment.views.coverage import COVERAGE
from services.assessment.views.duties import DUTIES
from services.assessment.views.duty_things import DUTY_THINGS
from services.assessment.views.source import SOURCE
from services.assessment.views.supervision import SUPERVISION
from shared.contracts.assessment.events import EVENTS
from shared.keeping.views import settings_model

ASSESSMENT_SETTINGS = settings_model("assessment_settings", SOURCE, EVENTS)

MODELS = (COVERAGE, SUPERVISION, ASSESSMENT_SETTINGS, DUTIES, DUTY_THINGS)
