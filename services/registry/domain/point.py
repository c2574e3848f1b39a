"""A contact point: designated for a term, until it retires on a ground of the rules.

What a suspended point may not: be given a plaque, take in another one, be proposed for renewal. Its
term runs on, the next one that was agreed on follows, it can be retired, and it keeps its place in
its district.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

from services.registry.domain import limits, term
from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.day import refuse_day
from services.registry.domain.point_procedures import (
    BeginRenewal,
    BeginRetirement,
    EndRenewal,
    EndRetirement,
    Renew,
    begin_renewal,
    begin_retirement,
    end_renewal,
    end_retirement,
    end_term,
    open_retirement,
    renew,
)
from services.registry.domain.point_state import Point, PointStatus, Profile, evolve
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import PointDetail, RetirementGround
from shared.contracts.transitions import Transitions, decide_by

__all__ = [
    "TRANSITIONS",
    "BeginRenewal",
    "BeginRetirement",
    "EndRenewal",
    "EndRetirement",
    "Point",
    "PointStatus",
    "Renew",
    "decide",
    "evolve",
]


@dataclass(frozen=True)
class DesignatePoint:
    """Part of DesignatePoints: the unit as the notice showed it becomes a point.

    terms_before: how many terms in a row the unit has had as points before this one
    """

    point_id: str
    batch_id: str
    unit: events.NoticedUnit
    terms_before: int = 0


@dataclass(frozen=True)
class ChangeProfile:
    """Part of ChangePointDetails: all of what the unit is now; credit_code: None where it stays."""

    profile: Profile
    reasons: str


@dataclass(frozen=True)
class Absorb:
    """Part of MergePoint: another point's unit becomes part of this one's."""

    merged_point_id: str
    merged_on: dt.date


@dataclass(frozen=True)
class Separate:
    """Part of DecideRetirement: that unit has not become part of this one's after all."""

    merged_point_id: str


def designate(_: Point, command: DesignatePoint, context: Context) -> list[Any]:
    unit = command.unit
    term.refuse_used_up(command.terms_before, context)
    number = command.terms_before + 1
    first_term = term.begin(command.point_id, number, context.today, context)
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
            term_ends_on=first_term.last_day,
        ),
        first_term,
    ]


def change_details(
    state: Point, command: commands.ChangePointDetails, context: Context
) -> list[Any]:
    given = tuple(name for name in PointDetail if getattr(command, name) is not None)
    if not given:
        raise Invalid.one("unit_name", "missing", "say what has changed")
    if command.unit_name == state.unit_name:
        raise Refused(Reason.NOTHING_CHANGES, "that is its name already", ["unit_name"])
    return [
        events.PointDetailsChanged(
            point_id=state.point_id,
            changed_on=context.today,
            details=given,
            unit_name=command.unit_name,
            address=command.address,
            contact_name=command.contact_name,
            contact_phone=command.contact_phone,
            reasons=command.reasons,
        )
    ]


def change_profile(state: Point, command: ChangeProfile, context: Context) -> list[Any]:
    before = state.profile and replace(state.profile, credit_code=command.profile.credit_code)
    if command.profile.credit_code is None and before == command.profile:
        raise Refused(Reason.NOTHING_CHANGES, "it is that already")
    return [
        events.PointProfileChanged(
            point_id=state.point_id,
            changed_on=context.today,
            reasons=command.reasons,
            **{its.name: getattr(command.profile, its.name) for its in fields(Profile)},
        )
    ]


def move(state: Point, command: commands.MovePoint, context: Context) -> list[Any]:
    """From a day on that may lie back, but not before the point came to where it counts now."""
    if command.division == state.division:
        raise Refused(Reason.NOTHING_CHANGES, "it counts there already", ["division"])
    refuse_day("moved_on", command.moved_on, state.placed_on, context)
    return [
        events.PointMoved(
            point_id=state.point_id,
            from_division=state.division,
            division=command.division,
            moved_on=command.moved_on,
            reasons=command.reasons,
        )
    ]


def merge(state: Point, command: commands.MergePoint, context: Context) -> list[Any]:
    if command.into_point_id == state.point_id:
        raise Invalid.one("into_point_id", "not_allowed", "a unit does not merge into itself")
    refuse_day("merged_on", command.merged_on, state.designated_on, context)
    return [
        events.PointMerged(
            point_id=state.point_id,
            into_point_id=command.into_point_id,
            merged_on=command.merged_on,
        ),
        *open_retirement(state, command.retirement_id, RetirementGround.WOUND_UP, context),
    ]


def absorb(state: Point, command: Absorb, context: Context) -> list[Any]:
    """Not by a unit that is itself becoming part of another's: so mergers never go round.

    Nor on a day on which it was no point yet.
    """
    if state.merged_into:
        raise Refused(Reason.MERGED_ALREADY, f"it becomes part of {state.merged_into}")
    refuse_day("merged_on", command.merged_on, state.designated_on, context)
    return [
        events.PointAbsorbed(
            point_id=state.point_id,
            merged_point_id=command.merged_point_id,
            merged_on=command.merged_on,
        )
    ]


def separate(state: Point, command: Separate, context: Context) -> list[Any]:
    return [
        events.PointAbsorptionUndone(
            point_id=state.point_id,
            merged_point_id=command.merged_point_id,
            undone_on=context.today,
        )
    ]


def appoint_point_liaison(
    state: Point, command: commands.AppointPointLiaison, context: Context
) -> list[Any]:
    return [
        events.PointLiaisonAppointed(
            point_id=state.point_id,
            since=context.today,
            liaison_name=command.liaison_name,
            liaison_phone=command.liaison_phone,
        )
    ]


def appoint_bureau_liaison(
    state: Point, command: commands.AppointBureauLiaison, context: Context
) -> list[Any]:
    if command.account_id == state.bureau_liaison:
        raise Refused(Reason.NOTHING_CHANGES, "that officer guides it already", ["account_id"])
    return [
        events.BureauLiaisonAppointed(
            point_id=state.point_id, since=context.today, account_id=command.account_id
        )
    ]


def give_plaque(state: Point, command: commands.GivePlaque, context: Context) -> list[Any]:
    if state.plaque:
        raise Refused(Reason.PLAQUE_HELD, f"it has the plaque {state.plaque}")
    earliest = max(state.designated_on, state.plaque_returned_on)
    refuse_day("given_on", command.given_on, earliest, context)
    return [
        events.PlaqueGiven(
            point_id=state.point_id,
            plaque_number=command.plaque_number,
            given_on=command.given_on,
        )
    ]


def return_plaque(state: Point, command: commands.ReturnPlaque, context: Context) -> list[Any]:
    if not state.plaque:
        raise Refused(Reason.PLAQUE_NOT_HELD, "it has no plaque")
    refuse_day("returned_on", command.returned_on, state.plaque_given_on, context)
    return [
        events.PlaqueReturned(
            point_id=state.point_id,
            plaque_number=state.plaque,
            returned_on=command.returned_on,
        )
    ]


def suspend(state: Point, command: commands.SuspendPoint, context: Context) -> list[Any]:
    return [
        events.PointSuspended(
            point_id=state.point_id, suspended_on=context.today, reasons=command.reasons
        )
    ]


def resume(state: Point, command: commands.ResumePoint, context: Context) -> list[Any]:
    return [
        events.PointResumed(
            point_id=state.point_id, resumed_on=context.today, reasons=command.reasons
        )
    ]


def retire(state: Point, command: commands.RetirePoint, context: Context) -> list[Any]:
    if not state.retirement_id:
        raise Refused(Reason.RETIREMENT_NOT_OPEN, "open its retirement first")
    if command.ground is not state.ground:
        raise Refused(Reason.GROUND_DIFFERS, f"it was opened on {state.ground}", ["ground"])
    retired = events.PointRetired(
        point_id=state.point_id,
        ground=command.ground,
        retired_on=context.today,
        facts=command.facts,
    )
    if not state.plaque:
        return [retired]
    limit = context.limit(context.settings.plaque_return_days)
    return [retired, events.PlaqueReturnAsked(point_id=state.point_id, limit=limit)]


_S = PointStatus
_EVER = (_S.ACTIVE, _S.SUSPENDED)
"""While it is a point."""

TRANSITIONS: Transitions = {
    **correcting(PointStatus),
    (_S.ABSENT, DesignatePoint): designate,
    **{
        (status, command): decision
        for status in _EVER
        for command, decision in (
            (commands.ChangePointDetails, change_details),
            (ChangeProfile, change_profile),
            (commands.MovePoint, move),
            (commands.MergePoint, merge),
            (commands.AppointPointLiaison, appoint_point_liaison),
            (commands.AppointBureauLiaison, appoint_bureau_liaison),
            (commands.RemindOfTerm, term.remind),
            (commands.EndTerm, end_term),
            (EndRenewal, end_renewal),
            (Renew, renew),
            (BeginRetirement, begin_retirement),
            (EndRetirement, end_retirement),
            (commands.RetirePoint, retire),
        )
    },
    **{(status, commands.ReturnPlaque): return_plaque for status in (*_EVER, _S.RETIRED)},
    **{(status, Separate): separate for status in (*_EVER, _S.RETIRED)},
    (_S.ACTIVE, commands.GivePlaque): give_plaque,
    (_S.ACTIVE, Absorb): absorb,
    (_S.ACTIVE, BeginRenewal): begin_renewal,
    (_S.ACTIVE, commands.SuspendPoint): suspend,
    (_S.SUSPENDED, commands.ResumePoint): resume,
    **limits.recomputing(_S.RETIRED),
}


def decide(state: Point, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)
