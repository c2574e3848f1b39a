"""What the limits of the clues service lead to: the next alarm, whichever it is."""

from __future__ import annotations

from services.clues.handlers.moment import working_calendar
from services.clues.views.limits import LIMITS
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import ClueLimit
from shared.service.timekeeping import RunningLimit, Timekeeping


def raise_alarm(limit: RunningLimit) -> commands.RaiseAlarm:
    return commands.RaiseAlarm(stream=limit.stream, name=ClueLimit(limit.name), about=limit.about)


def recompute(limit: RunningLimit) -> commands.RecomputeLimit:
    return commands.RecomputeLimit(
        stream=limit.stream, name=ClueLimit(limit.name), about=limit.about
    )


def lapse(limit: RunningLimit) -> commands.LapseQuestion:
    """A reporter is not nudged: their question lapses."""
    assert limit.about is not None
    return commands.LapseQuestion(stream=limit.stream, question_id=limit.about)


TIMEKEEPING = Timekeeping(
    model=LIMITS,
    fallen={**{str(name): raise_alarm for name in ClueLimit}, str(ClueLimit.QUESTION): lapse},
    recompute=recompute,
    calendar=working_calendar,
)
"""A row is of what comes next, so each stage of each limit is raised once."""
