"""Asking a town about its points, and letting its timekeeper look."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from services.registry.limits import TIMEKEEPING
from shared.access.actor import Actor
from shared.contracts.days import business_date
from shared.privacy.transit import open_value
from shared.service.query_bus import reply_context
from shared.service.timekeeper import Timekeeper
from tests.service.town import (
    LEADER,
    OFFICER,
    Town,
    fresh,
    reply_key,
)

MODELS = ("applications", "points", "settings", "limits")


def ask(town: Town, query: Any, actor: Actor = LEADER) -> Any:
    town.show()
    return town.ask(query, actor)["result"]


def read(town: Town, query: Any, actor: Actor = OFFICER) -> Any:
    """A query whose sealed fields are opened, as the portal does."""
    town.show()
    private = X25519PrivateKey.generate()
    query_id = fresh()
    answer = town.ask(query, actor, id=query_id, reply_key=reply_key(private))["result"]
    return _opened(answer, private, reply_context(query_id))


def _opened(value: Any, private: X25519PrivateKey, context: str) -> Any:
    match value:
        case {"sealed": str()} if len(value) == 1:
            return open_value(value, private, context)
        case dict():
            return {name: _opened(its, private, context) for name, its in value.items()}
        case list():
            return [_opened(item, private, context) for item in value]
    return value


def today(town: Town) -> dt.date:
    return business_date(town.clock.time)


def look(town: Town) -> None:
    """Everything that is due by the town's clock, as the log role's leader does it."""
    town.show()
    keeper = Timekeeper(
        TIMEKEEPING, town.pool, town.commands.standing, town.commands.act, town.clock
    )
    keeper.look()
    town.show()


def types(town: Town, point_id: str) -> list[str]:
    return town.types(f"point-{point_id}")
