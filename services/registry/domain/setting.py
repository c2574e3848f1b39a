"""The settings of the scheme as an aggregate: one stream that every decision goes by."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.settings import FIGURES, Schedule, SizeChange
from shared.contracts.errors import Invalid, Problem, Refused
from shared.contracts.figures import change_of, refuse_backdated, refuse_change
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import Measure, Trade
from shared.contracts.transitions import Transitions, decide_by
from shared.contracts.working_days import YearTable


class SettingStatus(StrEnum):
    ABSENT = "absent"
    SET = "set"


@dataclass(frozen=True)
class Setting:
    """All that was set: figures, limits of sizes, and year tables of the working calendar."""

    status: SettingStatus = SettingStatus.ABSENT
    schedule: Schedule = field(default_factory=Schedule)
    sizes: tuple[SizeChange, ...] = ()
    tables: Mapping[int, YearTable] = field(default_factory=dict)


def change(state: Setting, command: commands.ChangeSettings, context: Context) -> list[Any]:
    refuse_change(FIGURES, state.schedule, command, context.today)
    return [
        events.SettingsChanged(
            effective_from=command.effective_from,
            figures=command.figures,
            corrects=command.corrects,
            reason=command.reason,
            changed_by=context.actor_id,
        )
    ]


def set_sizes(_: Setting, command: commands.SetSizeLimits, context: Context) -> list[Any]:
    _refuse_twice("limits", "measure", [(its.trade, its.measure) for its in command.limits])
    problems = list(_size_problems(command.limits))
    if problems:
        raise Invalid(problems)
    refuse_backdated(command.effective_from, command.corrects, context.today)
    return [
        events.SizeLimitsSet(
            effective_from=command.effective_from,
            limits=command.limits,
            corrects=command.corrects,
            reason=command.reason,
            changed_by=context.actor_id,
        )
    ]


def load_working_days(
    state: Setting, command: commands.LoadWorkingDays, context: Context
) -> list[Any]:
    table = _table(command.year, command.off, command.worked)
    if state.tables.get(command.year) == table:
        raise Refused(Reason.NOTHING_CHANGES, "that table is loaded already", ["year"])
    return [
        events.WorkingDaysLoaded(
            year=command.year,
            off=command.off,
            worked=command.worked,
            source=command.source,
            changed_by=context.actor_id,
        )
    ]


def _size_problems(limits: tuple[events.SizeLimits, ...]) -> Iterator[Problem]:
    for index, its in enumerate(limits):
        if not its.large > its.medium > its.small:
            yield Problem(f"limits[{index}].medium", "out_of_range", "large > medium > small")
        if its.measure not in MEASURED_BY[its.trade]:
            yield Problem(f"limits[{index}].measure", "not_allowed", "the trade has no such limit")
    given = {(its.trade, its.measure) for its in limits}
    for trade in sorted({its.trade for its in limits}):
        for measure in MEASURED_BY[trade]:
            if (trade, measure) not in given:
                yield Problem("limits", "missing", f"{trade} is judged by {measure} too")


MEASURED_BY: Mapping[Trade, tuple[Measure, ...]] = {
    **dict.fromkeys(Trade, (Measure.STAFF, Measure.REVENUE_WAN)),
    Trade.AGRICULTURE: (Measure.REVENUE_WAN,),
    Trade.CONSTRUCTION: (Measure.REVENUE_WAN, Measure.ASSETS_WAN),
    Trade.REAL_ESTATE: (Measure.REVENUE_WAN, Measure.ASSETS_WAN),
    Trade.LEASING_BUSINESS: (Measure.STAFF, Measure.ASSETS_WAN),
    Trade.OTHER: (Measure.STAFF,),
}
"""What each trade's size is judged by (rules.md section 1, and the standard of 2011-06-18)."""


def _refuse_twice(path: str, inner: str, named: list[Any]) -> None:
    for index, name in enumerate(named):
        if name in named[:index]:
            raise Invalid.one(f"{path}[{index}].{inner}", "duplicate", "is named twice")


def _table(year: int, off: tuple[dt.date, ...], worked: tuple[dt.date, ...]) -> YearTable:
    """The year's table. Raises Invalid with every day that does not fit it."""
    both = Counter(off) + Counter(worked)
    problems = []
    for name, days in (("off", off), ("worked", worked)):
        for index, day in enumerate(days):
            path = f"{name}[{index}]"
            if day.year != year:
                problems.append(Problem(path, "out_of_range", f"{day} is not a day of {year}"))
            elif both[day] > 1:
                problems.append(Problem(path, "duplicate", f"{day} is named twice"))
            elif name == "worked" and not is_weekend(day):
                problems.append(Problem(path, "not_allowed", f"{day} is no weekend day"))
    if problems:
        raise Invalid(problems)
    return YearTable(year, frozenset(off), frozenset(worked))


def is_weekend(day: dt.date) -> bool:
    return day.isoweekday() > 5


TRANSITIONS: Transitions = {
    (status, command): decision
    for status in SettingStatus
    for command, decision in (
        (commands.ChangeSettings, change),
        (commands.SetSizeLimits, set_sizes),
        (commands.LoadWorkingDays, load_working_days),
    )
}


def decide(state: Setting, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Setting, event: Any) -> Setting:
    state = replace(state, status=SettingStatus.SET)
    match event:
        case events.SettingsChanged():
            return replace(state, schedule=state.schedule.with_change(change_of(event)))
        case events.SizeLimitsSet():
            sizes = (*state.sizes, SizeChange(event.effective_from, event.limits))
            return replace(state, sizes=sizes)
        case events.WorkingDaysLoaded():
            table = YearTable(event.year, frozenset(event.off), frozenset(event.worked))
            return replace(state, tables={**state.tables, event.year: table})
    raise TypeError(f"settings know nothing of {type(event).__name__}")
