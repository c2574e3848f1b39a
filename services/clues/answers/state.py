"""An aggregate's state for an answer: folded from the log, as `decide` would find it."""

from __future__ import annotations

from base64 import b64decode
from typing import Any, cast

from services.clues.domain.context import Context
from services.clues.domain.settings import Schedule
from services.clues.handlers.aggregates import SETTINGS
from services.clues.views import SOURCE
from shared.contracts.clues.events import EVENTS
from shared.contracts.message import SealedValue
from shared.contracts.stored import sealing_context
from shared.keeping.domain.setting import Setting
from shared.keeping.handlers import SCHEME, calendar_of
from shared.projections.model import Row
from shared.service.aggregate import Aggregate
from shared.service.query_bus import Asked


def state_of(asked: Asked, aggregate: Aggregate, identifier: str) -> Any:
    """The state that the log gives now; sealed fields stay shut."""
    stream = aggregate.stream(identifier)
    rows = asked.rows(
        "SELECT type, schema_version, body FROM eventlog.event WHERE stream = %s ORDER BY version",
        stream,
    )
    state = aggregate.initial
    for row in rows:
        state = aggregate.evolve(state, _event(stream, row))
    return state


def context_of(asked: Asked) -> Context:
    """What a decision of the asker's would know now."""
    setting: Setting = state_of(asked, SETTINGS, SCHEME)
    return Context(
        now=asked.now,
        today=asked.today,
        actor_id=asked.actor.id,
        schedule=cast(Schedule, setting.schedule),
        calendar=calendar_of(setting),
    )


def _event(stream: str, row: Row) -> Any:
    body, name = row["body"], row["type"]
    clear = {**body["public"], **{key: kept["value"] for key, kept in body["internal"].items()}}
    handles = {
        key: SealedValue(
            kept["subject"],
            sealing_context(SOURCE, stream, name, key),
            b64decode(kept["ciphertext"]),
        )
        for key, kept in body["sealed"].items()
    }
    values = EVENTS.upcast(name, row["schema_version"], clear)
    return EVENTS.find(name).restore(values, handles)
