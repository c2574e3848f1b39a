"""Where a public notice stands: its state, and what each event makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.limits import Limits, closed, moved, opened
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import LimitName, ObjectionOutcome

_VERIFICATION = LimitName.OBJECTION_VERIFICATION


class NoticeStatus(StrEnum):
    ABSENT = "absent"
    PUBLISHED = "published"
    SETTLED = "settled"


@dataclass(frozen=True)
class Objection:
    application_id: str
    outcome: ObjectionOutcome | None = None
    extended: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Notice:
    """A notice's state.

    units: as everybody reads them, by application
    pending: the units neither designated nor dropped · corrected: last days of units whose
    entry was corrected, for whom the days began anew
    """

    status: NoticeStatus = NoticeStatus.ABSENT
    notice_id: str = ""
    batch_id: str = ""
    first_day: dt.date = dt.date.min
    last_day: dt.date = dt.date.min
    units: Mapping[str, events.NoticedUnit] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    corrected: Mapping[str, dt.date] = field(default_factory=dict)
    objections: Mapping[str, Objection] = field(default_factory=dict)
    limits: Limits = field(default_factory=dict)

    def last_day_of(self, application_id: str) -> dt.date:
        """The last day on which objections to this unit are heard."""
        return self.corrected.get(application_id, self.last_day)

    def objected(self, application_id: str) -> bool:
        """Whether an objection against the unit is open."""
        return any(
            objection.application_id == application_id and objection.outcome is None
            for objection in self.objections.values()
        )


def evolve(state: Notice, event: Any) -> Notice:
    match event:
        case events.NoticePublished():
            return Notice(
                status=NoticeStatus.PUBLISHED,
                notice_id=event.notice_id,
                batch_id=event.batch_id,
                first_day=event.first_day,
                last_day=event.last_day,
                units={unit.application_id: unit for unit in event.units},
                pending=frozenset(unit.application_id for unit in event.units),
            )
        case events.NoticeCorrected():
            corrected = {**state.corrected, event.application_id: event.last_day}
            return replace(state, corrected=corrected)
        case events.NoticedUnitReplaced():
            anew = event.noticed_unit
            return replace(state, units={**state.units, anew.application_id: anew})
        case events.NoticeObjected():
            raised = _with(state, event.objection_id, Objection(event.application_id))
            return _limited(raised, event) if event.limit is not None else raised
        case events.VerificationExtended():
            its = state.objections[event.objection_id]
            extended = _with(state, event.objection_id, replace(its, extended=True))
            return _limited(extended, event)
        case events.LimitMoved():
            return replace(state, limits=moved(state.limits, event))
        case events.ObjectionOverdue():
            its = state.objections[event.objection_id]
            overdue = _with(state, event.objection_id, replace(its, overdue=True))
            return _unlimited(overdue, event.objection_id)
        case events.ObjectionDecided():
            its = state.objections[event.objection_id]
            state = _with(state, event.objection_id, replace(its, outcome=event.outcome))
            state = _unlimited(state, event.objection_id)
            if event.outcome is ObjectionOutcome.SUSTAINED:
                return _settle(state, {event.application_id})
            return state
        case events.UnitsDesignated():
            return _settle(state, set(event.application_ids))
        case events.UnitLeftNotice():
            return _settle(state, {event.application_id})
        case events.RecordCorrected():
            return state
    raise TypeError(f"a notice knows nothing of {type(event).__name__}")


def _with(state: Notice, objection_id: str, objection: Objection) -> Notice:
    return replace(state, objections={**state.objections, objection_id: objection})


def _limited(state: Notice, event: events.NoticeObjected | events.VerificationExtended) -> Notice:
    assert event.limit is not None
    limits = opened(state.limits, _VERIFICATION, event.limit, event.objection_id)
    return replace(state, limits=limits)


def _unlimited(state: Notice, objection_id: str) -> Notice:
    return replace(state, limits=closed(state.limits, [_VERIFICATION], objection_id))


def _settle(state: Notice, done: set[str]) -> Notice:
    pending = state.pending - done
    status = state.status if pending else NoticeStatus.SETTLED
    return replace(state, pending=pending, status=status)
