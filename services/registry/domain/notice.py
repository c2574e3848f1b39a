"""A public notice: units shown to everyone for whole days, objections raised and decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from shared.contracts.days import whole_days_after
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ObjectionOutcome
from shared.contracts.transitions import Transitions, decide_by


class NoticeStatus(StrEnum):
    ABSENT = "absent"
    PUBLISHED = "published"
    SETTLED = "settled"


@dataclass(frozen=True)
class Objection:
    application_id: str
    outcome: ObjectionOutcome | None = None


@dataclass(frozen=True)
class Notice:
    """A notice's state; `pending` are the units neither designated nor dropped."""

    status: NoticeStatus = NoticeStatus.ABSENT
    notice_id: str = ""
    batch_id: str = ""
    first_day: dt.date = dt.date.min
    last_day: dt.date = dt.date.min
    pending: frozenset[str] = frozenset()
    objections: Mapping[str, Objection] = field(default_factory=dict)

    def objected(self, application_id: str) -> bool:
        """Whether an objection against the unit is open."""
        return any(
            objection.application_id == application_id and objection.outcome is None
            for objection in self.objections.values()
        )


@dataclass(frozen=True)
class Publish:
    """PublishNotice with the units as the public will see them."""

    command: commands.PublishNotice
    units: tuple[events.NoticedUnit, ...]


def publish(_: Notice, command: Publish, context: Context) -> list[Any]:
    """7 whole calendar days, counted from the day after publication, Asia/Shanghai."""
    window = whole_days_after(context.now, context.settings.notice_days)
    return [
        events.NoticePublished(
            notice_id=command.command.notice_id,
            batch_id=command.command.batch_id,
            text=command.command.text,
            published_on=context.today,
            first_day=window.first_day,
            last_day=window.last_day,
            units=command.units,
        )
    ]


def object_to(state: Notice, command: commands.ObjectToNotice, context: Context) -> list[Any]:
    """Open to everyone until the end of the last day, from the moment of publication on."""
    _refuse_half_named(command)
    if command.objection_id in state.objections:
        raise Refused(Reason.ALREADY_EXISTS, "that objection is on record", ["objection_id"])
    if context.today > state.last_day:
        raise Refused(Reason.NOTICE_ENDED, f"the notice ended with {state.last_day}")
    if command.application_id not in state.pending:
        raise Refused(Reason.NOT_ON_NOTICE, "no such unit is on this notice", ["application_id"])
    return [
        events.NoticeObjected(
            notice_id=state.notice_id,
            objection_id=command.objection_id,
            application_id=command.application_id,
            anonymous=command.anonymous,
            facts=command.facts,
            contact_name=command.contact_name,
            contact_phone=command.contact_phone,
        )
    ]


def decide_objection(state: Notice, command: commands.DecideObjection, _: Context) -> list[Any]:
    objection = state.objections.get(command.objection_id)
    if objection is None:
        raise Refused(Reason.OBJECTION_UNKNOWN, "no such objection", ["objection_id"])
    if objection.outcome is not None:
        raise Refused(Reason.OBJECTION_DECIDED, f"it was {objection.outcome}", ["objection_id"])
    return [
        events.ObjectionDecided(
            notice_id=state.notice_id,
            objection_id=command.objection_id,
            application_id=objection.application_id,
            outcome=command.outcome,
            reasons=command.reasons,
        )
    ]


def designate(state: Notice, command: commands.DesignatePoints, context: Context) -> list[Any]:
    """Units without an open objection, once the notice has run its whole days."""
    if context.today <= state.last_day:
        raise Refused(Reason.NOTICE_RUNNING, f"the notice runs to the end of {state.last_day}")
    for index, application_id in enumerate(command.application_ids):
        at = [f"application_ids[{index}]"]
        if application_id not in state.pending:
            raise Refused(Reason.NOT_ON_NOTICE, "the unit does not stand on this notice", at)
        if state.objected(application_id):
            raise Refused(Reason.OBJECTION_OPEN, "an objection to the unit is not decided", at)
    return [
        events.UnitsDesignated(notice_id=state.notice_id, application_ids=command.application_ids)
    ]


def _refuse_half_named(command: commands.ObjectToNotice) -> None:
    named = command.contact_name is not None and command.contact_phone is not None
    given = command.contact_name is not None or command.contact_phone is not None
    if command.anonymous and given:
        raise Invalid.one("anonymous", "not_allowed", "an anonymous objection has no contact")
    if not command.anonymous and not named:
        absent = "contact_name" if command.contact_name is None else "contact_phone"
        raise Invalid.one(
            absent, "missing", "give name and phone, or object anonymously with facts"
        )


TRANSITIONS: Transitions = {
    **correcting(NoticeStatus),
    (NoticeStatus.ABSENT, Publish): publish,
    (NoticeStatus.PUBLISHED, commands.ObjectToNotice): object_to,
    (NoticeStatus.PUBLISHED, commands.DecideObjection): decide_objection,
    (NoticeStatus.PUBLISHED, commands.DesignatePoints): designate,
    # a second objection to a unit that the first has already brought down still gets its answer
    (NoticeStatus.SETTLED, commands.DecideObjection): decide_objection,
}


def decide(state: Notice, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Notice, event: Any) -> Notice:
    match event:
        case events.NoticePublished():
            return Notice(
                status=NoticeStatus.PUBLISHED,
                notice_id=event.notice_id,
                batch_id=event.batch_id,
                first_day=event.first_day,
                last_day=event.last_day,
                pending=frozenset(unit.application_id for unit in event.units),
            )
        case events.NoticeObjected():
            raised = Objection(event.application_id)
            return replace(state, objections={**state.objections, event.objection_id: raised})
        case events.ObjectionDecided():
            decided = Objection(event.application_id, event.outcome)
            state = replace(state, objections={**state.objections, event.objection_id: decided})
            if event.outcome is ObjectionOutcome.SUSTAINED:
                return _settle(state, {event.application_id})
            return state
        case events.UnitsDesignated():
            return _settle(state, set(event.application_ids))
        case events.RecordCorrected():
            return state
    raise TypeError(f"a notice knows nothing of {type(event).__name__}")


def _settle(state: Notice, done: set[str]) -> Notice:
    pending = state.pending - done
    status = state.status if pending else NoticeStatus.SETTLED
    return replace(state, pending=pending, status=status)
