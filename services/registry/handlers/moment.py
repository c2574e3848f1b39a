"""What a decision of the registry may know."""

from __future__ import annotations

import datetime as dt

from services.registry.domain.context import Context
from services.registry.domain.settings import in_force
from shared.access.actor import Actor
from shared.contracts.days import business_date


def context(now: dt.datetime, actor: Actor) -> Context:
    """What a decision of this moment may know."""
    today = business_date(now)
    return Context(now=now, today=today, actor_id=actor.id, settings=in_force(today))
