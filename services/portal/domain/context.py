"""What a decision about an account may know beside state and command."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    now: dt.datetime
    actor_id: str
