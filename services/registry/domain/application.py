"""What is decided about an application on its way from submission to designation or rejection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.registry.domain import documents, entry, review
from services.registry.domain.application_state import Application as Application
from services.registry.domain.application_state import evolve as evolve
from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.entry import Submit as Submit
from services.registry.domain.entry import Supplement as Supplement
from services.registry.domain.unit_correction import CORRECTING
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ApplicationStatus as ApplicationStatus
from shared.contracts.registry.vocabulary import (
    Conclusion,
    DocumentKind,
    RejectionGround,
    RejectionStage,
)
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class ListApplication:
    """Part of RecordDeliberation: the bureau put the application on its list."""

    batch_id: str
    deliberation_id: str


@dataclass(frozen=True)
class PutOnNotice:
    """Part of PublishNotice."""

    batch_id: str
    notice_id: str


@dataclass(frozen=True)
class DropOut:
    """Part of DecideObjection: an objection against the unit was sustained."""

    reasons: str


@dataclass(frozen=True)
class Designate:
    """Part of DesignatePoints."""

    point_id: str


def pass_formal_check(
    state: Application, _: commands.PassFormalCheck, context: Context
) -> list[Any]:
    entry.refuse_unrecommended(state)
    documents.refuse_missing(state.unit_kind, state.channel, state.documents, context.settings)
    return [events.FormalCheckPassed(application_id=state.application_id)]


def fail_formal_check(
    state: Application, command: commands.FailFormalCheck, _: Context
) -> list[Any]:
    review.refuse_ground_of_notice(command.grounds)
    return [_rejected(state, RejectionStage.FORMAL_CHECK, command.grounds, command.reasons)]


def record_review_check(
    state: Application, command: commands.RecordReviewCheck, _: Context
) -> list[Any]:
    review.refuse_unasked(state.unit_kind, command.check, command.finding)
    return [
        events.ReviewCheckRecorded(
            application_id=state.application_id,
            check=command.check,
            finding=command.finding,
            evidence=command.evidence,
        )
    ]


def conclude_review(state: Application, command: commands.ConcludeReview, _: Context) -> list[Any]:
    concluded = events.ReviewConcluded(
        application_id=state.application_id,
        conclusion=command.conclusion,
        votes_for=command.votes_for,
        votes_against=command.votes_against,
        reasons=command.reasons,
    )
    if command.conclusion is Conclusion.QUALIFIED:
        review.refuse_unqualified(state.unit_kind, state.findings, command)
        return [concluded]
    reasons = review.reasons_of_rejection(state.findings, command)
    return [concluded, _rejected(state, RejectionStage.REVIEW, command.grounds, reasons)]


def list_application(state: Application, command: ListApplication, _: Context) -> list[Any]:
    _refuse_other_batch(state, command.batch_id)
    return [
        events.ApplicationListed(
            application_id=state.application_id, deliberation_id=command.deliberation_id
        )
    ]


def put_on_notice(state: Application, command: PutOnNotice, _: Context) -> list[Any]:
    _refuse_other_batch(state, command.batch_id)
    return [
        events.ApplicationPutOnNotice(
            application_id=state.application_id, notice_id=command.notice_id
        )
    ]


def drop_out(state: Application, command: DropOut, _: Context) -> list[Any]:
    grounds = (RejectionGround.OBJECTION_SUSTAINED,)
    return [_rejected(state, RejectionStage.NOTICE, grounds, command.reasons)]


def designate(state: Application, command: Designate, _: Context) -> list[Any]:
    return [
        events.ApplicationDesignated(application_id=state.application_id, point_id=command.point_id)
    ]


def attach_document(
    state: Application, command: commands.AttachDocument, context: Context
) -> list[Any]:
    _refuse_closed(state, command.kind)
    return documents.attach(state.documents, command, context.settings)


def withdraw_document(
    state: Application, command: commands.WithdrawDocument, _: Context
) -> list[Any]:
    found = state.documents.get(command.document_id)
    if found is not None:
        _refuse_closed(state, found.kind)
    return documents.withdraw(state.documents, command)


def _refuse_closed(state: Application, kind: DocumentKind) -> None:
    """What was applied with stays as it was once the formal check has judged it."""
    if kind in documents.OF_APPLICANT and state.status not in _OPEN_TO_APPLICANT:
        raise Refused(Reason.WRONG_STATE, "the formal check has passed", ["kind"])


def _rejected(
    state: Application,
    stage: RejectionStage,
    grounds: tuple[RejectionGround, ...],
    reasons: str,
) -> events.ApplicationRejected:
    return events.ApplicationRejected(
        application_id=state.application_id, stage=stage, grounds=grounds, reasons=reasons
    )


def _refuse_other_batch(state: Application, batch_id: str) -> None:
    if state.batch_id != batch_id:
        raise Refused(Reason.NOT_IN_BATCH, "the application belongs to another batch")


_S = ApplicationStatus
_OPEN_TO_APPLICANT = frozenset({_S.SUBMITTED, _S.SUPPLEMENTING})
_TAKES_DOCUMENTS = (
    _S.SUBMITTED,
    _S.SUPPLEMENTING,
    _S.UNDER_REVIEW,
    _S.QUALIFIED,
    _S.LISTED,
    _S.ON_NOTICE,
)

TRANSITIONS: Transitions = {
    **correcting(ApplicationStatus),
    **CORRECTING,
    **entry.TRANSITIONS,
    (_S.SUBMITTED, commands.PassFormalCheck): pass_formal_check,
    (_S.SUBMITTED, commands.FailFormalCheck): fail_formal_check,
    (_S.UNDER_REVIEW, commands.RecordReviewCheck): record_review_check,
    (_S.UNDER_REVIEW, commands.ConcludeReview): conclude_review,
    (_S.QUALIFIED, ListApplication): list_application,
    (_S.LISTED, PutOnNotice): put_on_notice,
    (_S.ON_NOTICE, DropOut): drop_out,
    (_S.ON_NOTICE, Designate): designate,
    **{(status, commands.AttachDocument): attach_document for status in _TAKES_DOCUMENTS},
    **{(status, commands.WithdrawDocument): withdraw_document for status in _TAKES_DOCUMENTS},
}


def decide(state: Application, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)
