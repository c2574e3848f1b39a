"""Stories that together take every pair of the tables about points."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import ModuleType
from typing import Any

from services.registry.domain import certificates, point, renewal, retirement
from shared.contracts.days import start_of_day
from shared.contracts.limits import TimeLimit
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import LimitName, Resolution, TellingMeans
from tests.services.registry import examples
from tests.services.registry import point_examples as example

TERM_IS_OVER = start_of_day(example.LAST_DAY + dt.timedelta(days=1))
PROVISIONAL = TimeLimit(
    counted_from=example.DAY, working_days=5, due_on=dt.date(2026, 3, 8), provisional=True
)
TOLD_PROVISIONALLY = events.RetirementFactsTold(
    retirement_id=example.RETIREMENT,
    point_id=example.POINT,
    told_on=example.DAY,
    means=TellingMeans.IN_PERSON,
    limit=PROVISIONAL,
)
ASKED_PROVISIONALLY = events.PlaqueReturnAsked(point_id=example.POINT, limit=PROVISIONAL)
RECOMPUTE_STATEMENT = commands.RecomputeLimit(
    stream=f"retirement-{example.RETIREMENT}", name=LimitName.STATEMENT, about=None
)
RECOMPUTE_PLAQUE = commands.RecomputeLimit(
    stream=f"point-{example.POINT}", name=LimitName.PLAQUE_RETURN, about=None
)

NOT_SO = replace(example.DECIDE, facts_hold=False, resolution=Resolution.KEEP)
DECLINED = replace(example.DECIDE_RENEWAL, command=replace(example.AGREE, agreed=False))

_DESIGNATED = [examples.DESIGNATE_POINT]
_SUSPENDED = [*_DESIGNATED, example.SUSPEND]
_DETAILS = [
    example.CHANGE_DETAILS,
    example.CHANGE_PROFILE,
    example.MOVE,
    example.APPOINT_POINT_LIAISON,
    example.APPOINT_BUREAU_LIAISON,
    example.REMIND,
]
_RETIRED = [example.BEGIN_RETIREMENT, example.RETIRE]
_RENEWAL = [point.BeginRenewal(example.RENEWAL)]
_KEPT = [example.BEGIN_RETIREMENT, point.EndRetirement()]

Story = tuple[ModuleType, Any, list[Any]]
"""Aggregate, initial state, and commands to send or events that happen."""

POINT_STORIES: list[Story] = [
    *((point, point.Point(), told) for told in (
        [*_DESIGNATED, *_DETAILS, example.GIVE_PLAQUE, example.ABSORB, example.SEPARATE, *_KEPT,
         *_RENEWAL, point.EndRenewal(), *_RENEWAL, point.Renew(), example.RETURN_PLAQUE],
        [*_DESIGNATED, example.END_TERM],
        [*_DESIGNATED, example.GIVE_PLAQUE, *_RETIRED, example.RETURN_PLAQUE],
        [*_DESIGNATED, example.MERGE],
        [*_DESIGNATED, *_RETIRED, ASKED_PROVISIONALLY, RECOMPUTE_PLAQUE],
        [*_DESIGNATED, *_RENEWAL, example.SUSPEND, *_DETAILS, *_KEPT, point.EndRenewal(),
         example.RESUME],
        [*_DESIGNATED, *_RENEWAL, example.SUSPEND, point.Renew()],
        [*_SUSPENDED, example.END_TERM],
        [*_SUSPENDED, example.MERGE, point.EndRetirement()],
        [*_DESIGNATED, example.ABSORB, example.SUSPEND, example.SEPARATE],
        [*_DESIGNATED, example.ABSORB, *_RETIRED, example.SEPARATE],
        [*_DESIGNATED, example.GIVE_PLAQUE, example.SUSPEND, example.RETURN_PLAQUE, *_RETIRED],
    )),
    *((renewal, renewal.Renewal(), told) for told in (
        [example.PROPOSE, example.RECORD_GRADE, example.DECIDE_RENEWAL, example.RENEW],
        [example.PROPOSE, renewal.Lapse()],
        [example.PROPOSE, example.RECORD_GRADE, DECLINED],
        [example.PROPOSE, example.RECORD_GRADE, example.DECIDE_RENEWAL, renewal.Lapse()],
    )),
    *((retirement, retirement.Retirement(), told) for told in (
        [example.OPENED, example.TELL, example.STATE, example.STATE, example.DECIDE,
         retirement.Complete()],
        [example.OPENED, example.TELL, example.WAIVE, example.DECIDE],
        [example.OPENED, example.TELL, replace(example.DECIDE, held_on=dt.date(2026, 3, 10))],
        [replace(example.OPENED, ground="own_wish"), example.DECIDE],
        [example.OPENED, example.TELL, example.STATE, NOT_SO],
        [example.OPENED, TOLD_PROVISIONALLY, RECOMPUTE_STATEMENT],
        [example.OPENED, TOLD_PROVISIONALLY, example.STATE, RECOMPUTE_STATEMENT],
    )),
    *((certificates, certificates.Register(), told) for told in (
        [example.SET_PREFIX, replace(example.SET_PREFIX, prefix="株司执监")],
        [example.NUMBER, example.NUMBER],
    )),
]  # fmt: skip


def moment_of(command: Any) -> dt.datetime:
    """When such a command of these stories may be sent."""
    match command:
        case commands.RemindOfTerm():
            return start_of_day(command.day)
        case point.BeginRenewal() | point.Renew() | renewal.Decide():
            return start_of_day(example.RENEWED_ON)
        case commands.EndTerm():
            return TERM_IS_OVER
        case commands.DecideRetirement():
            return start_of_day(command.held_on)
    return examples.NOW
