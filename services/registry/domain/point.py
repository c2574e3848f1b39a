"""A contact point: designated for a term, until it retires on a ground of the rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import RetirementGround
from shared.contracts.transitions import Transitions, decide_by


class PointStatus(StrEnum):
    ABSENT = "absent"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True)
class Point:
    status: PointStatus = PointStatus.ABSENT
    point_id: str = ""
    division: str = ""
    term_ends_on: dt.date = dt.date.min


@dataclass(frozen=True)
class DesignatePoint:
    """Part of DesignatePoints: the unit as the notice showed it becomes a point."""

    point_id: str
    batch_id: str
    unit: events.NoticedUnit


def designate(_: Point, command: DesignatePoint, context: Context) -> list[Any]:
    unit = command.unit
    return [
        events.PointDesignated(
            point_id=command.point_id,
            application_id=unit.application_id,
            batch_id=command.batch_id,
            unit_name=unit.unit_name,
            unit_kind=unit.unit_kind,
            division=unit.division,
            industry_group=unit.industry_group,
            size=unit.size,
            channel=unit.channel,
            designated_on=context.today,
            term_ends_on=last_day_of_term(context.today, context.settings.term_years),
        )
    ]


def retire(state: Point, command: commands.RetirePoint, context: Context) -> list[Any]:
    if command.ground is RetirementGround.TERM_OVER and context.today <= state.term_ends_on:
        raise Refused(Reason.TERM_RUNNING, f"the term ends with {state.term_ends_on}", ["ground"])
    return [
        events.PointRetired(
            point_id=state.point_id,
            ground=command.ground,
            retired_on=context.today,
            facts=command.facts,
        )
    ]


def last_day_of_term(first: dt.date, years: int) -> dt.date:
    """The day before the anniversary; a term from 29 February ends with 28 February."""
    try:
        anniversary = first.replace(year=first.year + years)
    except ValueError:
        anniversary = dt.date(first.year + years, 3, 1)
    return anniversary - dt.timedelta(days=1)


TRANSITIONS: Transitions = {
    (PointStatus.ABSENT, DesignatePoint): designate,
    (PointStatus.ACTIVE, commands.RetirePoint): retire,
}


def decide(state: Point, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Point, event: Any) -> Point:
    match event:
        case events.PointDesignated():
            return Point(
                status=PointStatus.ACTIVE,
                point_id=event.point_id,
                division=event.division,
                term_ends_on=event.term_ends_on,
            )
        case events.PointRetired():
            return replace(state, status=PointStatus.RETIRED)
    raise TypeError(f"a point knows nothing of {type(event).__name__}")
