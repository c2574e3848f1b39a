"""The service's figures and the working calendar: one stream that every decision reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

from shared.contracts.errors import Refused
from shared.contracts.figures import Schedule, change_of, figures_of, refuse_change
from shared.contracts.keeping import commands, events
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by
from shared.contracts.working_days import YearTable


class SettingStatus(StrEnum):
    ABSENT = "absent"
    SET = "set"


class Context(Protocol):
    """What a decision may know of the moment and of who acts, in any service."""

    @property
    def today(self) -> dt.date: ...
    @property
    def actor_id(self) -> str: ...


@dataclass(frozen=True)
class Setting:
    """Figures as they were set, by the service's own schedule, and the year tables of the working
    calendar."""

    schedule: Schedule[Any]
    status: SettingStatus = SettingStatus.ABSENT
    tables: Mapping[int, YearTable] = field(default_factory=dict)


def change(state: Setting, command: commands.ChangeSettings, context: Context) -> list[Any]:
    known = figures_of(type(state.schedule.base))
    refuse_change(known, state.schedule, command, context.today)
    return [
        events.SettingsChanged(
            effective_from=command.effective_from,
            figures=command.figures,
            corrects=command.corrects,
            reason=command.reason,
            changed_by=context.actor_id,
        )
    ]


def note_working_days(state: Setting, command: commands.NoteWorkingDays, _: Context) -> list[Any]:
    """The registry has judged the table."""
    if state.tables.get(command.year) == _table(command):
        raise Refused(Reason.NOTHING_CHANGES, "that table is known", ["year"])
    return [events.WorkingDaysNoted(year=command.year, off=command.off, worked=command.worked)]


def _table(said: commands.NoteWorkingDays | events.WorkingDaysNoted) -> YearTable:
    return YearTable(said.year, frozenset(said.off), frozenset(said.worked))


TRANSITIONS: Transitions = {
    (status, command): decision
    for status in SettingStatus
    for command, decision in (
        (commands.ChangeSettings, change),
        (commands.NoteWorkingDays, note_working_days),
    )
}


def decide(state: Setting, command: Any, context: Any) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Setting, event: Any) -> Setting:
    match event:
        case events.SettingsChanged():
            schedule = state.schedule.with_change(change_of(event))
            return replace(state, status=SettingStatus.SET, schedule=schedule)
        case events.WorkingDaysNoted():
            tables = {**state.tables, event.year: _table(event)}
            return replace(state, status=SettingStatus.SET, tables=tables)
    raise TypeError(f"settings know nothing of {type(event).__name__}")
