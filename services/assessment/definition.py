"""The assessment service as one value: what its processes are made of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.assessment.views import MODELS, QUERIES
from shared.access.actor import Actor
from shared.contracts.assessment import commands, events, queries
from shared.service.definition import ServiceDefinition
from shared.service.standing import Standing


def _context(now: dt.datetime, actor: Actor, standing: Standing) -> Any:
    return None


DEFINITION = ServiceDefinition(
    name="assessment",
    events=events.EVENTS,
    commands=commands.COMMANDS,
    queries=queries.QUERIES,
    routes={},
    query_routes=QUERIES,
    models=MODELS,
    context=_context,
)
