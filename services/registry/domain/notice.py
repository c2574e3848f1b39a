"""A public notice: units shown to everyone for whole days, and designated afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.registry.domain import objections
from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.leaving import LeaveNotice
from services.registry.domain.notice_state import Notice as Notice
from services.registry.domain.notice_state import NoticeStatus as NoticeStatus
from services.registry.domain.notice_state import evolve as evolve
from shared.contracts.days import whole_days_after
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by

_WRONG_CODE = "申报登记的统一社会信用代码有误"
_CODE_CORRECTED = "统一社会信用代码已经更正，该单位的公示期重新计算"


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


@dataclass(frozen=True)
class ShowAnew:
    """Part of CorrectNotice: the unit as its corrected data have it now."""

    unit: events.NoticedUnit


@dataclass(frozen=True)
class CorrectCode:
    """Part of CorrectUnitData: the unit on notice has another credit code than it was shown for."""

    application_id: str


def correct(state: Notice, command: commands.CorrectNotice, context: Context) -> list[Any]:
    """The days of the unit concerned begin anew; those of the others go on."""
    if command.application_id not in state.pending:
        raise Refused(Reason.NOT_ON_NOTICE, "no such unit is on this notice", ["application_id"])
    return _corrected(state, command.application_id, command.wrong, command.correction, context)


def correct_code(state: Notice, command: CorrectCode, context: Context) -> list[Any]:
    """The notice shows no code, and another code is another legal person: the days begin anew."""
    return _corrected(state, command.application_id, _WRONG_CODE, _CODE_CORRECTED, context)


def _corrected(
    state: Notice, application_id: str, wrong: str, correction: str, context: Context
) -> list[Any]:
    window = whole_days_after(context.now, context.settings.notice_days)
    return [
        events.NoticeCorrected(
            notice_id=state.notice_id,
            application_id=application_id,
            wrong=wrong,
            correction=correction,
            corrected_on=context.today,
            first_day=window.first_day,
            last_day=window.last_day,
        )
    ]


def show_anew(state: Notice, command: ShowAnew, _: Context) -> list[Any]:
    """Nothing happens when the notice shows the unit so already."""
    if state.units.get(command.unit.application_id) == command.unit:
        return []
    return [events.NoticedUnitReplaced(notice_id=state.notice_id, noticed_unit=command.unit)]


def leave(state: Notice, command: LeaveNotice, context: Context) -> list[Any]:
    """The unit stands there no more; objections to it that are open still get their answer."""
    return [
        events.UnitLeftNotice(
            notice_id=state.notice_id,
            application_id=command.application_id,
            departure=command.departure,
            left_on=context.today,
        )
    ]


def designate(state: Notice, command: commands.DesignatePoints, context: Context) -> list[Any]:
    """Units without an open objection, once they have been on notice for the whole days."""
    for index, application_id in enumerate(command.application_ids):
        at = [f"application_ids[{index}]"]
        last_day = state.last_day_of(application_id)
        if context.today <= last_day:
            raise Refused(Reason.NOTICE_RUNNING, f"the notice runs to the end of {last_day}", at)
        if application_id not in state.pending:
            raise Refused(Reason.NOT_ON_NOTICE, "the unit does not stand on this notice", at)
        if state.objected(application_id):
            raise Refused(Reason.OBJECTION_OPEN, "an objection to the unit is not decided", at)
    return [
        events.UnitsDesignated(notice_id=state.notice_id, application_ids=command.application_ids)
    ]


TRANSITIONS: Transitions = {
    **correcting(NoticeStatus),
    (NoticeStatus.ABSENT, Publish): publish,
    (NoticeStatus.PUBLISHED, commands.CorrectNotice): correct,
    (NoticeStatus.PUBLISHED, ShowAnew): show_anew,
    (NoticeStatus.PUBLISHED, CorrectCode): correct_code,
    (NoticeStatus.PUBLISHED, LeaveNotice): leave,
    (NoticeStatus.PUBLISHED, commands.DesignatePoints): designate,
    **objections.TRANSITIONS,
}


def decide(state: Notice, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)
