"""What the registry's limits lead to when their last day has ended: a command a limit.

A limit is opened and closed by rules in `views/limits.py`; here stands what becomes of it.
"""

from __future__ import annotations

from services.registry.handlers.moment import working_calendar
from services.registry.views.limits import LIMITS
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import LimitName
from shared.service.timekeeping import CommandFor, RunningLimit, Timekeeping

FALLEN: dict[LimitName, CommandFor] = {}


def recompute(limit: RunningLimit) -> commands.RecomputeLimit:
    return commands.RecomputeLimit(
        stream=limit.stream, name=LimitName(limit.name), about=limit.about
    )


TIMEKEEPING = Timekeeping(
    model=LIMITS,
    fallen={str(name): command for name, command in FALLEN.items()},
    recompute=recompute,
    calendar=working_calendar,
)
