"""Running limits of an aggregate, and counting one of them anew.

An aggregate that sets limits holds those that run by name and by what they are about; each
limit opened is in its event, and the timekeeper has those that depend on a missing year's table
counted anew once the table is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeAlias

from services.registry.domain.context import Context
from shared.contracts.errors import Refused
from shared.contracts.limits import TimeLimit
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import LimitName
from shared.contracts.transitions import Transitions

Limits: TypeAlias = Mapping[tuple[LimitName, str | None], TimeLimit]
"""What runs: by the limit's name and what within the aggregate it is about (None: all of it)."""


class HasLimits(Protocol):
    @property
    def limits(self) -> Limits: ...


def recompute(
    state: HasLimits, command: commands.RecomputeLimit, context: Context
) -> list[events.LimitMoved]:
    """A running limit by the calendar of today."""
    limit = state.limits.get((command.name, command.about))
    if limit is None:
        raise Refused(Reason.WRONG_STATE, f"no limit {command.name} runs")
    anew = limit.counted_anew(context.calendar)
    if anew == limit:
        raise Refused(Reason.NOTHING_CHANGES, "the calendar gives the same day")
    return [events.LimitMoved(name=command.name, about=command.about, limit=anew)]


def fallen(limits: Limits, name: LimitName, about: str | None, context: Context) -> TimeLimit:
    """A limit whose last day has ended. Raises Refused when it runs still, or no more."""
    limit = limits.get((name, about))
    if limit is None:
        raise Refused(Reason.WRONG_STATE, f"no limit {name} runs")
    if not limit.has_passed(context.today):
        raise Refused(Reason.LIMIT_RUNNING, f"the limit runs to the end of {limit.due_on}")
    return limit


def recomputing(*statuses: Any) -> Transitions:
    """The part of an aggregate's table by which its limits are counted anew in these statuses."""
    return {(status, commands.RecomputeLimit): recompute for status in statuses}


def opened(limits: Limits, name: LimitName, limit: TimeLimit, about: str | None = None) -> Limits:
    """The limits with this one, in place of one that ran under its name."""
    return {**limits, (name, about): limit}


def closed(limits: Limits, names: Iterable[LimitName], about: str | None = None) -> Limits:
    """The limits without those of these names."""
    gone = {(name, about) for name in names}
    return {key: limit for key, limit in limits.items() if key not in gone}


def moved(limits: Limits, event: events.LimitMoved) -> Limits:
    """The limits after one was counted anew."""
    return {**limits, (event.name, event.about): event.limit}
