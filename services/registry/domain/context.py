"""What every decision of the registry may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.registry.domain.settings import Settings


@dataclass(frozen=True)
class Context:
    """What a decision may know beside state and command: when, who, and the rules in force."""

    now: dt.datetime
    today: dt.date
    actor_id: str
    settings: Settings
