"""A batch's state, and how its events fold into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from shared.contracts.registry import events


class BatchStatus(StrEnum):
    ABSENT = "absent"
    OPEN = "open"


@dataclass(frozen=True)
class Plan:
    """Places by district, industry group and size; a side without any is not planned."""

    districts: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, planned: events.BatchPlanned) -> Plan:
        return cls(
            {its.division: its.places for its in planned.districts},
            {str(its.industry_group): its.places for its in planned.groups},
            {str(its.size): its.places for its in planned.sizes},
        )


@dataclass(frozen=True)
class Batch:
    """A batch's state; `listed` are the applications that hold a place.

    qualified: those that deliberation has not decided about, and since when, where that is known
    stands_since: the day from which each unit stands where it does, as far as that is known
    reserves: in their order · reserved: how many became one so far, whose order goes on
    deliberations: meetings on record · decided: one of them has decided
    """

    status: BatchStatus = BatchStatus.ABSENT
    batch_id: str = ""
    division: str = ""
    title: str = ""
    places: int = 0
    opens_on: dt.date = dt.date.min
    closes_on: dt.date = dt.date.min
    listed: frozenset[str] = frozenset()
    qualified: Mapping[str, dt.date | None] = field(default_factory=dict)
    stands_since: Mapping[str, dt.date] = field(default_factory=dict)
    reserves: tuple[str, ...] = ()
    reserved: int = 0
    deliberations: frozenset[str] = frozenset()
    decided: bool = False
    plan: Plan | None = None

    def takes_applications(self, day: dt.date) -> bool:
        return self.status is BatchStatus.OPEN and self.opens_on <= day <= self.closes_on


def evolve(state: Batch, event: Any) -> Batch:
    match event:
        case events.BatchOpened():
            return Batch(
                status=BatchStatus.OPEN,
                batch_id=event.batch_id,
                division=event.division,
                title=event.title,
                places=event.places,
                opens_on=event.opens_on,
                closes_on=event.closes_on,
            )
        case events.UnitQualified():
            qualified = {**state.qualified, event.application_id: event.qualified_on}
            since = _since(state, event.qualified_on, event.application_id)
            return replace(state, qualified=qualified, stands_since=since)
        case events.DeliberationRecorded():
            reserves, left_out = event.reserves or (), event.left_out or ()
            return replace(
                state,
                listed=state.listed | set(event.listed),
                qualified=_without(state.qualified, *event.listed, *reserves, *left_out),
                stands_since=_since(state, event.held_on, *event.listed, *reserves),
                reserves=(*state.reserves, *reserves),
                reserved=state.reserved + len(reserves),
                deliberations=state.deliberations | {event.deliberation_id},
                decided=True,
            )
        case events.BatchPlanned():
            return replace(state, plan=Plan.of(event))
        case events.BatchExtended():
            return replace(state, closes_on=event.closes_on)
        case events.CandidatesRanked():
            return state
        case events.DeliberationAdjourned() | events.StrikingOffRecorded():
            return replace(state, deliberations=state.deliberations | {event.deliberation_id})
        case events.ReservePromoted():
            left = tuple(its for its in state.reserves if its != event.application_id)
            return replace(state, listed=state.listed | {event.application_id}, reserves=left)
        case events.ReservesClosed():
            return replace(state, reserves=())
        case events.CandidateLeft():
            left = tuple(its for its in state.reserves if its != event.application_id)
            others = _without(state.qualified, event.application_id)
            return replace(state, qualified=others, reserves=left)
        case events.PlaceFreed():
            return replace(state, listed=state.listed - {event.application_id})
        case events.RecordCorrected():
            return state
    raise TypeError(f"a batch knows nothing of {type(event).__name__}")


def _since(state: Batch, day: dt.date | None, *units: str) -> Mapping[str, dt.date]:
    return (
        state.stands_since if day is None else {**state.stands_since, **dict.fromkeys(units, day)}
    )


def _without(
    qualified: Mapping[str, dt.date | None], *decided: str
) -> Mapping[str, dt.date | None]:
    return {its: since for its, since in qualified.items() if its not in decided}
