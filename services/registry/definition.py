"""The registry as one value: what its processes are made of."""

from __future__ import annotations

from services.registry.answers.seeing import may_follow
from services.registry.handlers import ROUTES
from services.registry.handlers.documents import UPLOADS
from services.registry.handlers.moment import context
from services.registry.limits import TIMEKEEPING
from services.registry.queries import QUERIES
from services.registry.retention import PROPOSES, forget_files
from services.registry.views import MODELS
from services.registry.views.erasures import ERASURES
from shared.contracts.registry import commands, events, queries
from shared.erasure.answers import reads_locked
from shared.privacy.files import store
from shared.service.definition import ServiceDefinition

DEFINITION = ServiceDefinition(
    name="registry",
    events=events.EVENTS,
    commands=commands.COMMANDS,
    queries=queries.QUERIES,
    routes=ROUTES,
    query_routes=QUERIES,
    models=MODELS,
    context=context,
    timekeeping=TIMEKEEPING,
    may_follow=may_follow,
    migrations=(store.MIGRATIONS,),
    uploads=UPLOADS,
    reads_locked=reads_locked(ERASURES),
    forgets=(forget_files,),
    proposes=PROPOSES,
)
