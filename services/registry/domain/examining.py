"""What those who examine an application do beside its checks: recusal, flags, records, visits.

Whoever is recused does none of it (rules of selection: recusal).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.registry.domain import documents, review
from services.registry.domain.application_state import Application
from services.registry.domain.context import Context
from services.registry.domain.recusal import Panel
from shared.contracts.days import years_before
from shared.contracts.errors import Invalid, Refused
from shared.contracts.message import SealedValue
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ApplicationStatus, Check, Finding
from shared.contracts.transitions import Transitions


@dataclass(frozen=True)
class Examine:
    """ExamineRecusals with the review group as this application meets it."""

    panel: Panel


def refuse_recused(state: Application, context: Context) -> None:
    """Raise Refused for an actor who stays out of this application's review."""
    ground = state.examination.recused.get(context.actor_id)
    if ground is not None:
        raise Refused(Reason.RECUSED, f"you stay out of this review: {ground}")


def record_check(
    state: Application, command: commands.RecordReviewCheck, context: Context
) -> list[Any]:
    refuse_recused(state, context)
    review.refuse_unasked(state.unit_kind, command.check, command.finding)
    review.refuse_bare(command.check)
    _refuse_recent_penalty(state, command, context)
    documents.refuse_unknown(state.documents, command.documents)
    return [_checked(state, command.check, command.finding, command.evidence, context, command)]


def _refuse_recent_penalty(
    state: Application, command: commands.RecordReviewCheck, context: Context
) -> None:
    """Raise Refused for a check that passes over a penalty of the years that count.

    They are counted back from the day of filing, by the figures of that day (rules of selection:
    a penalty within the last year is flagged, a person decides with reasons).
    """
    day = command.penalised_on
    if day is None:
        return
    if command.check is not Check.VIOLATIONS_AND_PENALTIES:
        raise Invalid.one("penalised_on", "not_allowed", "is told with violations and penalties")
    if day > context.today:
        raise Invalid.one("penalised_on", "out_of_range", "lies in the future")
    filed_on = state.filed_on or context.today
    years = context.settings_on(filed_on).penalty_years
    if command.finding is Finding.PASSED and day >= years_before(filed_on, years):
        raise Refused(
            Reason.PENALTY_TO_WEIGH, f"within {years} years before {filed_on}", ["finding"]
        )


def declare_recusal(
    state: Application, command: commands.DeclareRecusal, context: Context
) -> list[Any]:
    refuse_recused(state, context)
    return [
        events.RecusalDeclared(
            application_id=state.application_id,
            member_id=context.actor_id,
            reasons=command.reasons,
        )
    ]


def examine_recusals(state: Application, command: Examine, _: Context) -> list[Any]:
    return [examined(state, command.panel)]


def examined(state: Application, panel: Panel) -> events.RecusalsExamined:
    """The ties that the rules find, for the record."""
    return events.RecusalsExamined(
        application_id=state.application_id,
        recused=tuple(
            events.Recused(member_id=member, ground=ground)
            for member, ground in sorted(panel.ties.items())
        ),
    )


def resolve_flag(state: Application, command: commands.ResolveFlag, context: Context) -> list[Any]:
    refuse_recused(state, context)
    if command.check not in review.open_flags(state.findings, state.examination.resolutions):
        raise Refused(Reason.NOT_FLAGGED, f"{command.check} has no open flag", ["check"])
    return [
        events.FlagResolved(
            application_id=state.application_id,
            check=command.check,
            resolution=command.resolution,
            reasons=command.reasons,
        )
    ]


def record_political_direction(
    state: Application, command: commands.RecordPoliticalDirection, context: Context
) -> list[Any]:
    refuse_recused(state, context)
    _refuse_day(state, command.interviewed_on, "interviewed_on", context)
    return [
        events.PoliticalDirectionRecorded(
            application_id=state.application_id,
            party_organisation=command.party_organisation,
            interviewed_on=command.interviewed_on,
            interviewed=command.interviewed,
            minutes=command.minutes,
        ),
        _checked(state, Check.POLITICAL_DIRECTION, command.finding, command.minutes, context),
    ]


def record_governance_ability(
    state: Application, command: commands.RecordGovernanceAbility, context: Context
) -> list[Any]:
    refuse_recused(state, context)
    worst = review.worst(command.self_discipline, command.mediation, command.oversight)
    checked = _checked(state, Check.GOVERNANCE_ABILITY, worst, command.evidence, context)
    return [
        events.GovernanceAbilityRecorded(
            application_id=state.application_id,
            self_discipline=command.self_discipline,
            mediation=command.mediation,
            oversight=command.oversight,
        ),
        checked,
    ]


def record_visit(state: Application, command: commands.RecordVisit, context: Context) -> list[Any]:
    _refuse_record(state, command.visit_id, "visit_id", command.held_on, context)
    documents.refuse_unknown(state.documents, command.documents)
    return [
        events.VisitRecorded(
            application_id=state.application_id,
            visit_id=command.visit_id,
            held_on=command.held_on,
            participants=command.participants,
            minutes=command.minutes,
            documents=command.documents,
        )
    ]


def record_talk(state: Application, command: commands.RecordTalk, context: Context) -> list[Any]:
    _refuse_record(state, command.talk_id, "talk_id", command.held_on, context)
    documents.refuse_unknown(state.documents, command.documents)
    return [
        events.TalkRecorded(
            application_id=state.application_id,
            talk_id=command.talk_id,
            held_on=command.held_on,
            participants=command.participants,
            minutes=command.minutes,
            documents=command.documents,
        )
    ]


def _checked(
    state: Application,
    check: Check,
    finding: Finding,
    evidence: str | SealedValue,
    context: Context,
    command: commands.RecordReviewCheck | None = None,
) -> events.ReviewCheckRecorded:
    review.refuse_unasked(state.unit_kind, check, finding)
    return events.ReviewCheckRecorded(
        application_id=state.application_id,
        check=check,
        finding=finding,
        evidence=evidence,
        reviewer_id=context.actor_id,
        documents=None if command is None else command.documents,
        penalised_on=None if command is None else command.penalised_on,
    )


def _refuse_record(
    state: Application, identifier: str, field: str, held_on: dt.date, context: Context
) -> None:
    refuse_recused(state, context)
    if identifier in state.examination.records:
        raise Refused(Reason.ALREADY_EXISTS, "that record is there", [field])
    _refuse_day(state, held_on, "held_on", context)


def _refuse_day(state: Application, day: dt.date, field: str, context: Context) -> None:
    """A unit is looked at on account of its application: not before it, nor in the future."""
    if day > context.today:
        raise Invalid.one(field, "out_of_range", "lies in the future")
    if state.filed_on is not None and day < state.filed_on:
        raise Invalid.one(field, "too_early", f"the unit applied on {state.filed_on}")


_S = ApplicationStatus
_UNDER_REVIEW = _S.UNDER_REVIEW
RECUSABLE = (
    *(_S.SUBMITTED, _S.SUPPLEMENTING, _S.UNDER_REVIEW),
    *(_S.QUALIFIED, _S.RESERVE, _S.LISTED, _S.ON_NOTICE),
)
"""Where somebody still works on the application: its formal check, its review, objections to it."""
TRANSITIONS: Transitions = {
    (_UNDER_REVIEW, commands.RecordReviewCheck): record_check,
    **{(status, commands.DeclareRecusal): declare_recusal for status in RECUSABLE},
    (_UNDER_REVIEW, Examine): examine_recusals,
    (_UNDER_REVIEW, commands.ResolveFlag): resolve_flag,
    (_UNDER_REVIEW, commands.RecordPoliticalDirection): record_political_direction,
    (_UNDER_REVIEW, commands.RecordGovernanceAbility): record_governance_ability,
    (_UNDER_REVIEW, commands.RecordVisit): record_visit,
    (_UNDER_REVIEW, commands.RecordTalk): record_talk,
}
