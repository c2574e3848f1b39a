"""The assessment service as one value: what its processes are made of."""

from __future__ import annotations

from services.assessment.answers.seeing import may_follow
from services.assessment.handlers import ROUTES
from services.assessment.handlers.moment import context
from services.assessment.queries import QUERIES
from services.assessment.views import MODELS
from shared.contracts.assessment import commands, events, queries
from shared.keeping.reactions import REACTIONS
from shared.service.definition import ServiceDefinition

DEFINITION = ServiceDefinition(
    name="assessment",
    events=events.EVENTS,
    commands=commands.COMMANDS,
    queries=queries.QUERIES,
    routes=ROUTES,
    query_routes=QUERIES,
    models=MODELS,
    context=context,
    may_follow=may_follow,
    reactions=REACTIONS,
)
