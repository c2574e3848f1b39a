"""Applications until their formal check: submission, recommendation, supplement."""

from __future__ import annotations

from services.registry.domain import application
from services.registry.handlers.aggregates import APPLICATION, BATCH
from services.registry.handlers.common import known, of
from services.registry.handlers.organisation import refuse_former_partner
from services.registry.handlers.panels import refuse_tied_bureau
from services.registry.handlers.unit_names import claim_names, free_names, refuse_used_up
from services.registry.unit_data import profile
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.contracts.spelling import spelling
from shared.service.command_bus import Route
from shared.service.work import Work

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
    refuse_used_up(work, command)
    claim_names(work, command.batch_id, command)


def speak_for_recommender(work: Work, command: Recommendation) -> None:
    """The recommender's own account may; an officer names the paper on which it says so."""
    state: application.Application = work.require(APPLICATION, command.application_id)
    if work.actor.role is Role.PARTNER:
        _refuse_other_body(work, state)
    else:
        known(work, APPLICATION, command.application_id)
        if command.document is None:
            raise Invalid.one("document", "missing", "name the paper in which the body says so")
        refuse_tied_bureau(work, command.application_id)
    work.decide(APPLICATION, command.application_id, command)


def submit_supplement(work: Work, command: commands.SubmitSupplement) -> None:
    """The unit may turn out to be another than the one first named, so its names are taken anew."""
    state = own_application(work, command.application_id)
    refuse_tied_bureau(work, command.application_id)
    work.within(command.division)
    of_batch = work.require(BATCH, state.batch_id)
    day = state.filed_on or work.context.today
    unit = profile(command, of_batch.division, day, work.context.sizes)
    supplement = application.Supplement(command, unit.industry_group, unit.size)
    work.decide(APPLICATION, command.application_id, supplement)
    refuse_used_up(work, command)
    claim_names(work, state.batch_id, command)


def lapse_application(work: Work, command: commands.LapseApplication) -> None:
    work.decide(APPLICATION, command.application_id, command)
    free_names(work, command.application_id)


def report_overdue(work: Work, command: commands.ReportFormalCheckOverdue) -> None:
    work.decide(APPLICATION, command.application_id, command)


def own_application(work: Work, application_id: str) -> application.Application:
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
    refuse_former_partner(work, unit, state.division)


_ABOUT = of(APPLICATION, "application_id")
ROUTES: dict[type, Route] = {
    commands.SubmitApplication: Route({Role.APPLICANT, Role.OFFICER}, _ABOUT, submit_application),
    commands.ConfirmRecommendation: Route(
        {Role.PARTNER, Role.OFFICER}, _ABOUT, speak_for_recommender
    ),
    commands.DeclineRecommendation: Route(
        {Role.PARTNER, Role.OFFICER}, _ABOUT, speak_for_recommender
    ),
    commands.SubmitSupplement: Route({Role.APPLICANT, Role.OFFICER}, _ABOUT, submit_supplement),
    commands.LapseApplication: Route({Role.SYSTEM}, _ABOUT, lapse_application),
    commands.ReportFormalCheckOverdue: Route({Role.SYSTEM}, _ABOUT, report_overdue),
}
