"""What each command of the assessment service does; each module's foot says who may send what."""

from __future__ import annotations

from services.assessment.handlers import duties
from services.assessment.handlers.aggregates import SETTINGS
from shared.keeping import handlers as keeping
from shared.service.command_bus import Route

ROUTES: dict[type, Route] = {
    **keeping.routes(SETTINGS),
    **duties.ROUTES,
}
