"""The portal as one value: what its processes are made of."""

from __future__ import annotations

from pathlib import Path

from services.portal.handlers import ROUTES, context
from services.portal.queries import QUERIES
from services.portal.views import MODELS
from shared.contracts.portal import commands, events, queries
from shared.service.definition import ServiceDefinition

DEFINITION = ServiceDefinition(
    name="portal",
    events=events.EVENTS,
    commands=commands.COMMANDS,
    queries=queries.QUERIES,
    routes=ROUTES,
    query_routes=QUERIES,
    models=MODELS,
    context=context,
    migrations=(Path(__file__).parent / "accounts" / "migrations",),
)
