"""Limits that are watched: yellow at a share of the days, red when past, then what follows red.

An aggregate holds those that run by name and by what they are about. The event that opens a
limit has the alarm that comes first; each alarm's event has the one after it. So the timekeeper
needs no more than the log, and a day on which it was down loses none and doubles none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeAlias, TypeVar

from services.clues.domain.context import Context
from services.clues.domain.settings import Settings
from shared.contracts.clues import commands, events
from shared.contracts.clues.fields import Alarm, Span, WatchedLimit
from shared.contracts.clues.vocabulary import AlarmStage, ClueLimit
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Refused
from shared.contracts.limits import time_limit
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions
from shared.contracts.working_days import WorkingDays

Limits: TypeAlias = Mapping[tuple[ClueLimit, str | None], WatchedLimit]
"""What runs: by the limit's name and what within the aggregate it is about (None: all of it)."""


_Its = TypeVar("_Its")


class HasLimits(Protocol):
    @property
    def limits(self) -> Limits: ...


def span(calendar: WorkingDays, start: dt.date, days: int, *, working: bool = True) -> Span:
    """`days` working days after `start`, or as many days of the calendar."""
    if working:
        its = time_limit(calendar, start, days)
        due_on, provisional = its.due_on, its.provisional
    else:
        due_on, provisional = start + days * ONE_DAY, False
    return Span(
        counted_from=start, days=days, working=working, due_on=due_on, provisional=provisional
    )


def watch(context: Context, days: int, *, working: bool = True) -> WatchedLimit:
    """The limit of so many days after today."""
    return watch_from(context, context.today, days, working=working)


def watch_from(
    context: Context, start: dt.date, days: int, *, working: bool = True
) -> WatchedLimit:
    """The same after another day."""
    whole = span(context.calendar, start, days, working=working)
    percent = context.settings_on(start).yellow_percent
    warned = -(-days * percent // 100)
    if warned >= days:
        return WatchedLimit(span=whole, alarm=Alarm(stage=AlarmStage.RED, span=whole))
    yellow = span(context.calendar, start, warned, working=working)
    return WatchedLimit(span=whole, alarm=Alarm(stage=AlarmStage.YELLOW, span=yellow))


def watch_end(context: Context, days: int) -> WatchedLimit:
    """Working days after today of which the end alone counts: nobody is warned or nudged."""
    whole = span(context.calendar, context.today, days)
    return WatchedLimit(span=whole, alarm=Alarm(stage=AlarmStage.RED, span=whole))


def has_passed(its: Span, today: dt.date) -> bool:
    """Whether its last day has ended for certain: a provisional one may yet move."""
    return not its.provisional and today > its.due_on


def watch_rest(context: Context, its: WatchedLimit, days: int) -> WatchedLimit:
    """What was left of a limit when it was stopped, counted after today.

    Yellow stays due at its share of the whole limit, and is not raised again.
    """
    working = its.span.working
    rest = span(context.calendar, context.today, days, working=working)
    alarm = its.alarm
    if alarm is not None and alarm.stage is AlarmStage.YELLOW:
        warned = max(1, days - (its.span.days - alarm.span.days))
        if warned < days:
            yellow = span(context.calendar, context.today, warned, working=working)
            return WatchedLimit(span=rest, alarm=Alarm(stage=AlarmStage.YELLOW, span=yellow))
    return WatchedLimit(span=rest, alarm=Alarm(stage=AlarmStage.RED, span=rest))


def left_of(its: Span, day: dt.date, calendar: WorkingDays) -> int:
    """How many of its days are left as `day` begins, which itself is not used; at least one."""
    eve = max(day - ONE_DAY, its.counted_from)
    used = calendar.between(its.counted_from, eve) if its.working else (eve - its.counted_from).days
    return max(1, its.days - used)


def longer(context: Context, its: WatchedLimit, days: int) -> WatchedLimit:
    """The limit with so many days more, counted from the same day."""
    return watch_from(
        context, its.span.counted_from, its.span.days + days, working=its.span.working
    )


def running(limits: Limits, name: ClueLimit, about: str | None = None) -> WatchedLimit | None:
    return limits.get((name, about))


def opened(limits: Limits, name: ClueLimit, its: WatchedLimit, about: str | None = None) -> Limits:
    """The limits with this one, in place of one that ran under its name."""
    return {**limits, (name, about): its}


def closed(
    limits: Mapping[tuple[ClueLimit, str | None], _Its],
    names: Iterable[ClueLimit],
    about: str | None = None,
) -> Mapping[tuple[ClueLimit, str | None], _Its]:
    """The limits without those of these names, whatever is known of each."""
    gone = {(name, about) for name in names}
    return {key: its for key, its in limits.items() if key not in gone}


def evolve(limits: Limits, event: events.AlarmRaised | events.LimitMoved) -> Limits:
    """The limits after an alarm was raised, or one of them was counted anew."""
    return {**limits, (event.name, event.about): event.watch}


def raise_alarm(state: HasLimits, command: commands.RaiseAlarm, context: Context) -> list[Any]:
    """What is due of a limit. Raises Refused while its day has not ended, or nothing is left."""
    its = running(state.limits, command.name, command.about)
    if its is None or its.alarm is None:
        raise Refused(Reason.WRONG_STATE, f"nothing is to be raised of {command.name}")
    if not has_passed(its.alarm.span, context.today):
        raise Refused(Reason.LIMIT_RUNNING, f"it runs to the end of {its.alarm.span.due_on}")
    return [
        events.AlarmRaised(
            name=command.name,
            about=command.about,
            stage=its.alarm.stage,
            watch=replace(its, alarm=_next(its, its.alarm, context)),
        )
    ]


def recompute(state: HasLimits, command: commands.RecomputeLimit, context: Context) -> list[Any]:
    """A running limit, and what comes next of it, by the calendar of today."""
    its = running(state.limits, command.name, command.about)
    if its is None:
        raise Refused(Reason.WRONG_STATE, f"no limit {command.name} runs")
    whole = counted_anew(its.span, context)
    alarm = its.alarm
    if alarm is not None:
        on_its_end = alarm.stage is AlarmStage.RED
        alarm = replace(alarm, span=whole if on_its_end else counted_anew(alarm.span, context))
    anew = WatchedLimit(span=whole, alarm=alarm)
    if anew == its:
        raise Refused(Reason.NOTHING_CHANGES, "the calendar gives the same day")
    return [events.LimitMoved(name=command.name, about=command.about, watch=anew)]


def keeping(*statuses: Any) -> Transitions:
    """The part of an aggregate's table that the timekeeper's commands take."""
    return {
        (status, command): decision
        for status in statuses
        for command, decision in (
            (commands.RaiseAlarm, raise_alarm),
            (commands.RecomputeLimit, recompute),
        )
    }


def counted_anew(its: Span, context: Context) -> Span:
    """The same days by the calendar of now."""
    return span(context.calendar, its.counted_from, its.days, working=its.working)


_FOLLOWS: Mapping[AlarmStage, tuple[AlarmStage, str]] = {
    AlarmStage.RED: (AlarmStage.NUDGE, "nudge_days"),
    AlarmStage.NUDGE: (AlarmStage.SUPERVISE, "supervise_days"),
    AlarmStage.SUPERVISE: (AlarmStage.PUBLISH, "publish_days"),
}
"""What follows a stage, and the figure of how many working days later."""


def _next(its: WatchedLimit, raised: Alarm, context: Context) -> Alarm | None:
    """Counted from the day on which the stage before was due, however late it was raised."""
    if raised.stage is AlarmStage.YELLOW:
        return Alarm(stage=AlarmStage.RED, span=its.span)
    if raised.stage not in _FOLLOWS:
        return None
    stage, figure = _FOLLOWS[raised.stage]
    figures: Settings = context.settings_on(its.span.counted_from)
    days: int = getattr(figures, figure)
    return Alarm(stage=stage, span=span(context.calendar, raised.span.due_on, days))
