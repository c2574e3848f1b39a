"""Applications until their formal check: submission, recommendation, supplement, withdrawal."""

from __future__ import annotations

from services.registry.domain import application
from services.registry.domain.deliberation import NoteLeft
from services.registry.domain.entry import Filing
from services.registry.handlers.aggregates import APPLICATION, BATCH
from services.registry.handlers.common import identities, known, of
from services.registry.unit_data import profile
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role
from shared.contracts.spelling import spelling
from shared.service.command_bus import Route
from shared.service.work import Work

APPLICATION_IN_BATCH = "application_in_batch"
_CANDIDATES = frozenset({ApplicationStatus.QUALIFIED, ApplicationStatus.RESERVE})
"""Deliberation has them before it, so the batch hears when they go."""

Recommendation = commands.ConfirmRecommendation | commands.DeclineRecommendation
Limit = commands.LapseApplication | commands.ReportFormalCheckOverdue


def submit_application(work: Work, command: commands.SubmitApplication) -> None:
    work.within(command.division)
    of_batch = work.require(BATCH, command.batch_id)
    if not of_batch.takes_applications(work.context.today):
        raise Refused(Reason.BATCH_NOT_OPEN, "the batch takes no applications today", ["batch_id"])
    unit = profile(command, of_batch.division, work.context.today, work.context.sizes)
    submit = application.Submit(command, unit.industry_group, unit.size)
    work.decide(APPLICATION, command.application_id, submit)
    claim_in_batch(work, command.batch_id, command)


def speak_for_recommender(work: Work, command: Recommendation) -> None:
    """The recommender's own account may; an officer names the paper on which it says so."""
    state: application.Application = work.require(APPLICATION, command.application_id)
    if work.actor.role is Role.PARTNER:
        _refuse_other_body(work, state)
    else:
        known(work, APPLICATION, command.application_id)
        if command.document is None:
            raise Invalid.one("document", "missing", "name the paper in which the body says so")
    work.decide(APPLICATION, command.application_id, command)


def request_supplement(work: Work, command: commands.RequestSupplement) -> None:
    known(work, APPLICATION, command.application_id)
    work.decide(APPLICATION, command.application_id, command)


def submit_supplement(work: Work, command: commands.SubmitSupplement) -> None:
    """The unit may turn out to be another than the one first named, so its names are taken anew."""
    state = _own(work, command.application_id)
    work.within(command.division)
    of_batch = work.require(BATCH, state.batch_id)
    unit = profile(command, of_batch.division, work.context.today, work.context.sizes)
    supplement = application.Supplement(command, unit.industry_group, unit.size)
    work.decide(APPLICATION, command.application_id, supplement)
    release_in_batch(work, command.application_id)
    claim_in_batch(work, state.batch_id, command)


def withdraw_application(work: Work, command: commands.WithdrawApplication) -> None:
    _own(work, command.application_id)
    if work.actor.role is not Role.APPLICANT and command.reasons is None:
        raise Refused(Reason.REASONS_NEEDED, "say how the unit asked for it", ["reasons"])
    before: application.Application = work.state(APPLICATION, command.application_id)
    work.decide(APPLICATION, command.application_id, command)
    if before.status in _CANDIDATES:
        work.decide(BATCH, before.batch_id, NoteLeft(command.application_id))
    release_in_batch(work, command.application_id)


def lapse_application(work: Work, command: commands.LapseApplication) -> None:
    work.decide(APPLICATION, command.application_id, command)
    release_in_batch(work, command.application_id)


def report_overdue(work: Work, command: commands.ReportFormalCheckOverdue) -> None:
    work.decide(APPLICATION, command.application_id, command)


def _own(work: Work, application_id: str) -> application.Application:
    """The application, which an applicant must have filed; an officer's lies in their divisions."""
    state: application.Application = work.require(APPLICATION, application_id)
    if work.actor.role is Role.APPLICANT:
        if state.filed_by != work.actor.id:
            raise NotFound(APPLICATION.prefix, application_id)
    else:
        known(work, APPLICATION, application_id)
    return state


def _refuse_other_body(work: Work, state: application.Application) -> None:
    """Raise NotFound unless the actor acts for the very body that the application names."""
    named, unit = state.recommender, work.actor.unit
    if named is None or unit is None or spelling(named) != spelling(unit):
        raise NotFound(APPLICATION.prefix, state.application_id)
    work.within_or_unknown(APPLICATION, state.application_id, state.division)


def claim_in_batch(work: Work, batch_id: str, unit: Filing) -> None:
    """A unit stands in a batch once. The names are taken in the append itself."""
    for identity in identities(unit.unit_kind, unit.credit_code, unit.division, unit.unit_name):
        work.claim(
            APPLICATION_IN_BATCH,
            (batch_id, *identity),
            APPLICATION.stream(unit.application_id),
            Reason.UNIT_APPLIED_ALREADY,
            "credit_code" if identity[0] == "code" else "unit_name",
        )


def release_in_batch(work: Work, application_id: str) -> None:
    """The unit's names in its batch are free again."""
    work.release(APPLICATION_IN_BATCH, APPLICATION.stream(application_id))


_ABOUT = of(APPLICATION, "application_id")
ROUTES: dict[type, Route] = {
    commands.SubmitApplication: Route({Role.APPLICANT, Role.OFFICER}, _ABOUT, submit_application),
    commands.ConfirmRecommendation: Route(
        {Role.PARTNER, Role.OFFICER}, _ABOUT, speak_for_recommender
    ),
    commands.DeclineRecommendation: Route(
        {Role.PARTNER, Role.OFFICER}, _ABOUT, speak_for_recommender
    ),
    commands.RequestSupplement: Route({Role.OFFICER}, _ABOUT, request_supplement),
    commands.SubmitSupplement: Route({Role.APPLICANT, Role.OFFICER}, _ABOUT, submit_supplement),
    commands.WithdrawApplication: Route(
        {Role.APPLICANT, Role.OFFICER}, _ABOUT, withdraw_application
    ),
    commands.LapseApplication: Route({Role.SYSTEM}, _ABOUT, lapse_application),
    commands.ReportFormalCheckOverdue: Route({Role.SYSTEM}, _ABOUT, report_overdue),
}
