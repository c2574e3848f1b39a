"""Objections to a notice: raised by anyone, verified within a limit, decided with reasons."""

from __future__ import annotations

from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.limits import fallen, recomputing
from services.registry.domain.notice_state import Notice, NoticeStatus, Objection
from shared.contracts.errors import Invalid, Refused
from shared.contracts.limits import time_limit
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import LimitName
from shared.contracts.transitions import Transitions

_VERIFICATION = LimitName.OBJECTION_VERIFICATION


def object_to(state: Notice, command: commands.ObjectToNotice, context: Context) -> list[Any]:
    """Open to everyone until the end of the unit's last day, from the publication on."""
    _refuse_half_named(command)
    if command.objection_id in state.objections:
        raise Refused(Reason.ALREADY_EXISTS, "that objection is on record", ["objection_id"])
    last_day = state.last_day_of(command.application_id)
    if context.today > last_day:
        raise Refused(Reason.NOTICE_ENDED, f"the notice ended with {last_day}")
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
            receipt_code=command.receipt_code,
            limit=context.limit(context.settings.objection_days),
        )
    ]


def extend(state: Notice, command: commands.ExtendVerification, context: Context) -> list[Any]:
    """Once, and before the limit has passed; the further days follow the first ones."""
    objection = _open(state, command.objection_id)
    if objection.extended:
        raise Refused(Reason.EXTENDED_ALREADY, "it was extended before", ["objection_id"])
    limit = state.limits.get((_VERIFICATION, command.objection_id))
    if limit is None or limit.has_passed(context.today):
        raise Refused(Reason.LIMIT_PASSED, "no limit runs any more", ["objection_id"])
    days = context.settings_on(limit.counted_from).objection_extension_days
    return [
        events.VerificationExtended(
            notice_id=state.notice_id,
            objection_id=command.objection_id,
            limit=time_limit(context.calendar, limit.counted_from, limit.working_days + days),
            reasons=command.reasons,
        )
    ]


def mark_overdue(
    state: Notice, command: commands.MarkObjectionOverdue, context: Context
) -> list[Any]:
    limit = fallen(state.limits, _VERIFICATION, command.objection_id, context)
    return [
        events.ObjectionOverdue(
            notice_id=state.notice_id, objection_id=command.objection_id, due_on=limit.due_on
        )
    ]


def decide_objection(state: Notice, command: commands.DecideObjection, _: Context) -> list[Any]:
    objection = _open(state, command.objection_id)
    return [
        events.ObjectionDecided(
            notice_id=state.notice_id,
            objection_id=command.objection_id,
            application_id=objection.application_id,
            outcome=command.outcome,
            reasons=command.reasons,
        )
    ]


def _open(state: Notice, objection_id: str) -> Objection:
    objection = state.objections.get(objection_id)
    if objection is None:
        raise Refused(Reason.OBJECTION_UNKNOWN, "no such objection", ["objection_id"])
    if objection.outcome is not None:
        raise Refused(Reason.OBJECTION_DECIDED, f"it was {objection.outcome}", ["objection_id"])
    return objection


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
    (NoticeStatus.PUBLISHED, commands.ObjectToNotice): object_to,
    **{
        (status, command): decision
        # a second objection to a unit that the first has brought down still gets its answer
        for status in (NoticeStatus.PUBLISHED, NoticeStatus.SETTLED)
        for command, decision in (
            (commands.ExtendVerification, extend),
            (commands.MarkObjectionOverdue, mark_overdue),
            (commands.DecideObjection, decide_objection),
        )
    },
    **recomputing(NoticeStatus.PUBLISHED, NoticeStatus.SETTLED),
}
