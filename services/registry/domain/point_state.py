"""Where a point stands: its state, and what each event makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from services.registry.domain import limits
from services.registry.domain.limits import Limits
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import (
    IndustryGroup,
    LimitName,
    RetirementGround,
    Size,
    Trade,
    UnitKind,
)


class PointStatus(StrEnum):
    ABSENT = "absent"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RETIRED = "retired"


_S = PointStatus


@dataclass(frozen=True)
class Profile:
    """What the unit is, as it was recorded last. credit_code: None where it never changed."""

    industry_section: str | None
    industry_group: IndustryGroup
    trade: Trade | None
    size: Size
    staff: int | None
    revenue_wan: int | None
    assets_wan: int | None
    credit_code: Any = None


@dataclass(frozen=True)
class Term:
    """A term to come."""

    number: int
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True)
class Point:
    """A point's state.

    profile: None as long as it is what the application said
    next_term: the one that follows the running one, once the point is renewed
    placed_on: the day from which it counts in its division
    reminders: those of the running term that were not given yet
    renewal_id, retirement_id: the procedures that are open; ground: of the retirement
    plaque: the number of the plaque it has
    term_number: its terms in a row, with those that the unit had as a point before
    merged_into: the point of whose unit this one's has become part
    """

    status: PointStatus = _S.ABSENT
    point_id: str = ""
    application_id: str = ""
    unit_name: str = ""
    unit_kind: UnitKind = UnitKind.ENTERPRISE
    profile: Profile | None = None
    division: str = ""
    placed_on: dt.date = dt.date.min
    designated_on: dt.date = dt.date.min
    term_number: int = 1
    term_ends_on: dt.date = dt.date.min
    next_term: Term | None = None
    reminders: tuple[events.TermReminder, ...] = ()
    bureau_liaison: str = ""
    plaque: str = ""
    plaque_given_on: dt.date = dt.date.min
    plaque_returned_on: dt.date = dt.date.min
    merged_into: str = ""
    retired_on: dt.date = dt.date.min
    renewal_id: str = ""
    retirement_id: str = ""
    ground: RetirementGround | None = None
    limits: Limits = field(default_factory=dict)


def evolve(state: Point, event: Any) -> Point:
    match event:
        case events.PointDesignated():
            return Point(
                status=_S.ACTIVE,
                point_id=event.point_id,
                application_id=event.application_id,
                unit_name=event.unit_name,
                unit_kind=event.unit_kind,
                division=event.division,
                placed_on=event.designated_on,
                designated_on=event.designated_on,
                term_ends_on=event.term_ends_on,
            )
        case events.TermBegun():
            return replace(
                state,
                term_number=event.number,
                term_ends_on=event.last_day,
                next_term=None,
                reminders=event.reminders,
            )
        case events.NextTermSet():
            following = Term(event.number, event.first_day, event.last_day)
            return replace(state, next_term=following, reminders=())
        case events.TermReminderDue():
            left = tuple(its for its in state.reminders if its.days_left != event.days_left)
            return replace(state, reminders=left)
        case events.PointDetailsChanged():
            return replace(state, unit_name=event.unit_name or state.unit_name)
        case events.PointProfileChanged():
            return replace(state, profile=_profile(state, event))
        case events.PointMoved():
            return replace(state, division=event.division, placed_on=event.moved_on)
        case events.BureauLiaisonAppointed():
            return replace(state, bureau_liaison=event.account_id)
        case events.PointMerged():
            return replace(state, merged_into=event.into_point_id)
        case events.PointMergerUndone():
            return replace(state, merged_into="")
        case events.PointAbsorbed() | events.PointAbsorptionUndone():
            return state
        case events.PointLiaisonAppointed() | events.RecordCorrected():
            return state
        case events.PointSuspended():
            return replace(state, status=_S.SUSPENDED)
        case events.PointResumed():
            return replace(state, status=_S.ACTIVE)
        case events.PointRetired():
            return _retired(state, event)
        case events.LimitMoved():
            return replace(state, limits=limits.moved(state.limits, event))
    return _procedure(_plaque(state, event), event)


def _profile(state: Point, event: events.PointProfileChanged) -> Profile:
    before = None if state.profile is None else state.profile.credit_code
    named = {its.name: getattr(event, its.name) for its in fields(Profile)}
    return Profile(**{**named, "credit_code": event.credit_code or before})


def _retired(state: Point, event: events.PointRetired) -> Point:
    over = replace(state, renewal_id="", retirement_id="", ground=None, next_term=None)
    return replace(over, status=_S.RETIRED, retired_on=event.retired_on)


def _plaque(state: Point, event: Any) -> Point:
    match event:
        case events.PlaqueGiven():
            return replace(state, plaque=event.plaque_number, plaque_given_on=event.given_on)
        case events.PlaqueReturnAsked():
            asked = limits.opened(state.limits, LimitName.PLAQUE_RETURN, event.limit)
            return replace(state, limits=asked)
        case events.PlaqueReturned():
            over = limits.closed(state.limits, [LimitName.PLAQUE_RETURN])
            returned_on = event.returned_on
            return replace(state, plaque="", plaque_returned_on=returned_on, limits=over)
    return state


def _procedure(state: Point, event: Any) -> Point:
    match event:
        case events.PlaqueGiven() | events.PlaqueReturnAsked() | events.PlaqueReturned():
            return state
        case events.PointProcedureOpened(renewal_id=str(renewal_id)):
            return replace(state, renewal_id=renewal_id)
        case events.PointProcedureOpened(retirement_id=str(retirement_id)):
            return replace(state, retirement_id=retirement_id, ground=event.ground)
        case events.PointProcedureClosed(renewal_id=str()):
            return replace(state, renewal_id="")
        case events.PointProcedureClosed(retirement_id=str()):
            return replace(state, retirement_id="", ground=None)
    raise TypeError(f"a point knows nothing of {type(event).__name__}")
