"""The clues service as one value: what its processes are made of."""

from __future__ import annotations

from pathlib import Path

from services.clues.answers.seeing import may_follow
from services.clues.handlers import ROUTES
from services.clues.handlers.evidence import EVIDENCE_RULES
from services.clues.handlers.moment import context
from services.clues.limits import TIMEKEEPING
from services.clues.queries import QUERIES
from services.clues.retention import PROPOSES, forget_words
from services.clues.views import MODELS
from services.clues.views.erasures import CLUE_ERASURES
from shared.contracts.clues import commands, events, queries
from shared.erasure.answers import reads_locked
from shared.keeping.reactions import REACTIONS
from shared.service.definition import ServiceDefinition

DEFINITION = ServiceDefinition(
    name="clues",
    events=events.EVENTS,
    commands=commands.COMMANDS,
    queries=queries.QUERIES,
    routes=ROUTES,
    query_routes=QUERIES,
    models=MODELS,
    context=context,
    may_follow=may_follow,
    reactions=REACTIONS,
    timekeeping=TIMEKEEPING,
    migrations=(Path(__file__).parent / "migrations",),
    evidence=EVIDENCE_RULES,
    reads_locked=reads_locked(CLUE_ERASURES),
    forgets=(forget_words,),
    proposes=PROPOSES,
)
