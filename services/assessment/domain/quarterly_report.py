"""A point's report of a quarter: due some working days after it, returned where it lacks something.

There is one of each point and quarter, so its id names both (rules.md section 3: four a year).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from services.assessment.domain.context import Context
from shared.contracts.assessment import commands, events
from shared.contracts.assessment.vocabulary.duties import ReportStatus
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid
from shared.contracts.limits import TimeLimit, time_limit
from shared.contracts.transitions import Transitions, decide_by

_QUARTER_MONTHS = 3
_MONTHS = 12


@dataclass(frozen=True)
class Quarter:
    """Of a year, from 1 to 4."""

    year: int
    number: int

    @property
    def last_day(self) -> dt.date:
        month = self.number * _QUARTER_MONTHS
        begins = dt.date(self.year + month // _MONTHS, month % _MONTHS + 1, 1)
        return begins - ONE_DAY

    def limit(self, context: Context) -> TimeLimit:
        """Within which its report is due, by the figures of the quarter's last day."""
        days = context.settings_on(self.last_day).report_days
        return time_limit(context.calendar, self.last_day, days)


def parts_of(report_id: str) -> tuple[Quarter, str]:
    """The quarter and the point of a report, by its id `<year>q<n>-<point_id>`."""
    quarter, _, point_id = report_id.partition("-")
    year, _, number = quarter.partition("q")
    return Quarter(int(year), int(number)), point_id


@dataclass(frozen=True)
class QuarterlyReport:
    """number: how often it was handed in; in_time: whether it was, the first time"""

    status: ReportStatus = ReportStatus.ABSENT
    report_id: str = ""
    point_id: str = ""
    division: str = ""
    number: int = 0
    in_time: bool = False


@dataclass(frozen=True)
class HandIn:
    """HandInReport with the point's division."""

    command: commands.HandInReport
    division: str


def hand_in(state: QuarterlyReport, command: HandIn, context: Context) -> list[Any]:
    """What was in time stays so when it is returned for more."""
    quarter, point_id = parts_of(command.command.report_id)
    if context.today <= quarter.last_day:
        told = f"the quarter runs to the end of {quarter.last_day}"
        raise Invalid.one("report_id", "out_of_range", told)
    due = quarter.limit(context)
    is_first = state.status is ReportStatus.ABSENT
    return [
        events.QuarterlyReportHandedIn(
            report_id=command.command.report_id,
            point_id=point_id,
            division=command.division,
            year=quarter.year,
            quarter=quarter.number,
            number=state.number + 1,
            handed_in_on=context.today,
            due=due,
            in_time=not due.has_passed(context.today) if is_first else state.in_time,
            text=command.command.text,
        )
    ]


def send_back(state: QuarterlyReport, command: commands.ReturnReport, _: Context) -> list[Any]:
    return [events.QuarterlyReportReturned(report_id=state.report_id, reasons=command.reasons)]


_S = ReportStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, HandIn): hand_in,
    (_S.RETURNED, HandIn): hand_in,
    (_S.HANDED_IN, commands.ReturnReport): send_back,
}


def decide(state: QuarterlyReport, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: QuarterlyReport, event: Any) -> QuarterlyReport:
    match event:
        case events.QuarterlyReportHandedIn():
            return QuarterlyReport(
                status=_S.HANDED_IN,
                report_id=event.report_id,
                point_id=event.point_id,
                division=event.division,
                number=event.number,
                in_time=event.in_time,
            )
        case events.QuarterlyReportReturned():
            return replace(state, status=_S.RETURNED)
    raise TypeError(f"a quarterly report knows nothing of {type(event).__name__}")
