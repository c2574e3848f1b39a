"""What is decided about an application on its way from submission to designation or rejection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.registry.domain import (
    asking_opinions,
    documents,
    entry,
    examining,
    leaving,
    requirements,
    review,
    voting,
)
from services.registry.domain.application_state import Application as Application
from services.registry.domain.application_state import evolve as evolve
from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.entry import Submit as Submit
from services.registry.domain.entry import Supplement as Supplement
from services.registry.domain.examining import refuse_recused
from services.registry.domain.recusal import Panel
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
class Reserve:
    """Part of RecordDeliberation: the application is the `rank`-th reserve of its batch."""

    batch_id: str
    deliberation_id: str
    rank: int


@dataclass(frozen=True)
class LeaveOut:
    """Part of RecordDeliberation: qualified, and left out for these reasons."""

    batch_id: str
    deliberation_id: str
    reasons: str


@dataclass(frozen=True)
class EndReserve:
    """Part of CloseReserves: the batch keeps no reserves any longer."""

    reasons: str


@dataclass(frozen=True)
class MoveUp:
    """Part of PromoteReserve."""

    batch_id: str


@dataclass(frozen=True)
class ConcludeByVote:
    """ConcludeReview with the review group whose votes decide."""

    command: commands.ConcludeReview
    panel: Panel


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
    refuse_recused(state, context)
    entry.refuse_unrecommended(state)
    rules = requirements.settings_of(state, context)
    documents.refuse_missing(state.unit_kind, state.channel, state.documents, rules)
    return [events.FormalCheckPassed(application_id=state.application_id)]


def fail_formal_check(
    state: Application, command: commands.FailFormalCheck, context: Context
) -> list[Any]:
    refuse_recused(state, context)
    review.refuse_ground_of_notice(command.grounds)
    return [_rejected(state, RejectionStage.FORMAL_CHECK, command.grounds, command.reasons)]


def conclude_review(
    state: Application, command: commands.ConcludeReview, context: Context
) -> list[Any]:
    """By a vote that its sender tells of: the batch has no group, and needs none."""
    refuse_recused(state, context)
    requirements.refuse_no_group(state, context)
    return _concluded(state, command, lambda: voting.told(command), context)


def conclude_by_vote(state: Application, command: ConcludeByVote, context: Context) -> list[Any]:
    """Ties that the rules have found since they were last examined go on record with it."""
    refuse_recused(state, context)
    given, panel = command.command, command.panel
    count = partial(voting.tally, state, panel, given, context)
    concluded = _concluded(state, given, count, context)
    unknown = set(panel.ties) - set(state.examination.recused)
    return [*([examining.examined(state, panel)] if unknown else []), *concluded]


def _concluded(
    state: Application,
    command: commands.ConcludeReview,
    count: Callable[[], review.Tally],
    context: Context,
) -> list[Any]:
    """What the checks have found and the review has on record is asked before votes are counted."""
    if command.conclusion is Conclusion.QUALIFIED:
        review.refuse_findings(state.unit_kind, state.findings, state.examination.resolutions)
        requirements.refuse_lacking(state, context)
    tally = count()
    concluded = events.ReviewConcluded(
        application_id=state.application_id,
        conclusion=command.conclusion,
        votes_for=tally.votes_for,
        votes_against=tally.votes_against,
        reasons=command.reasons,
    )
    if command.conclusion is Conclusion.QUALIFIED:
        review.refuse_vote(command, tally)
        return [concluded]
    resolutions = state.examination.resolutions
    reasons = review.reasons_of_rejection(state.findings, resolutions, command, tally)
    return [concluded, _rejected(state, RejectionStage.REVIEW, command.grounds, reasons)]


def list_application(state: Application, command: ListApplication, _: Context) -> list[Any]:
    _refuse_other_batch(state, command.batch_id)
    return [
        events.ApplicationListed(
            application_id=state.application_id, deliberation_id=command.deliberation_id
        )
    ]


def reserve(state: Application, command: Reserve, _: Context) -> list[Any]:
    _refuse_other_batch(state, command.batch_id)
    return [
        events.ApplicationReserved(
            application_id=state.application_id,
            deliberation_id=command.deliberation_id,
            rank=command.rank,
        )
    ]


def leave_out(state: Application, command: LeaveOut, _: Context) -> list[Any]:
    _refuse_other_batch(state, command.batch_id)
    return [
        events.ApplicationLeftOut(
            application_id=state.application_id,
            deliberation_id=command.deliberation_id,
            reasons=command.reasons,
        )
    ]


def end_reserve(state: Application, command: EndReserve, _: Context) -> list[Any]:
    return [
        events.ApplicationLeftOut(
            application_id=state.application_id,
            deliberation_id=state.deliberation_id,
            reasons=command.reasons,
        )
    ]


def move_up(state: Application, command: MoveUp, _: Context) -> list[Any]:
    _refuse_other_batch(state, command.batch_id)
    return [
        events.ApplicationListed(
            application_id=state.application_id, deliberation_id=state.deliberation_id
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
        _refuse_named(state, command.document_id)
    return documents.withdraw(state.documents, command)


def takes(status: ApplicationStatus, kind: DocumentKind) -> bool:
    """Whether an application that stands there takes documents of a kind, and lets them go."""
    if (status, commands.AttachDocument) not in TRANSITIONS:
        return False
    return kind not in documents.OF_APPLICANT or status in _OPEN_TO_APPLICANT


def _refuse_closed(state: Application, kind: DocumentKind) -> None:
    """What was applied with stays as it was once the formal check has judged it."""
    if kind in documents.OF_APPLICANT and state.status not in _OPEN_TO_APPLICANT:
        raise Refused(Reason.WRONG_STATE, "the formal check has passed", ["kind"])


def _refuse_named(state: Application, document_id: str) -> None:
    """Evidence stays while a finding, a record or an answer rests on it."""
    if any(document_id in named for named in state.examination.evidence.values()):
        raise Refused(Reason.DOCUMENT_NAMED, "a record of the review names it", ["document_id"])


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
    _S.RESERVE,
    _S.LISTED,
    _S.ON_NOTICE,
)

TRANSITIONS: Transitions = {
    **correcting(ApplicationStatus),
    **CORRECTING,
    **entry.TRANSITIONS,
    **leaving.TRANSITIONS,
    (_S.SUBMITTED, commands.PassFormalCheck): pass_formal_check,
    (_S.SUBMITTED, commands.FailFormalCheck): fail_formal_check,
    **examining.TRANSITIONS,
    **asking_opinions.TRANSITIONS,
    (_S.UNDER_REVIEW, commands.CastVote): voting.cast,
    (_S.UNDER_REVIEW, commands.ConcludeReview): conclude_review,
    (_S.UNDER_REVIEW, ConcludeByVote): conclude_by_vote,
    (_S.QUALIFIED, ListApplication): list_application,
    (_S.QUALIFIED, Reserve): reserve,
    (_S.QUALIFIED, LeaveOut): leave_out,
    (_S.RESERVE, MoveUp): move_up,
    (_S.RESERVE, EndReserve): end_reserve,
    (_S.LISTED, PutOnNotice): put_on_notice,
    (_S.ON_NOTICE, DropOut): drop_out,
    (_S.ON_NOTICE, Designate): designate,
    **{(status, commands.AttachDocument): attach_document for status in _TAKES_DOCUMENTS},
    **{(status, commands.WithdrawDocument): withdraw_document for status in _TAKES_DOCUMENTS},
}


def decide(state: Application, command: Any, context: Context) -> list[Any]:
    happens = decide_by(TRANSITIONS, state, command, context)
    return [*happens, *asking_opinions.that_end(state, happens, context)]
