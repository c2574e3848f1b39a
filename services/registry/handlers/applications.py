"""Applications and their review."""

from __future__ import annotations

from typing import Any

from services.registry.domain import application
from services.registry.handlers.aggregates import APPLICATION, BATCH
from services.registry.handlers.common import (
    identities,
    known,
    of,
)
from services.registry.unit_data import profile
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work

APPLICATION_IN_BATCH = "application_in_batch"


def submit_application(work: Work, command: commands.SubmitApplication) -> None:
    work.within(command.division)
    of_batch = work.require(BATCH, command.batch_id)
    if not of_batch.takes_applications(work.context.today):
        raise Refused(Reason.BATCH_NOT_OPEN, "the batch takes no applications today", ["batch_id"])
    unit = profile(command, of_batch.division, work.context.today, work.context.sizes)
    submit = application.Submit(command, unit.industry_group, unit.size)
    work.decide(APPLICATION, command.application_id, submit)
    claim_in_batch(work, command)


def claim_in_batch(work: Work, command: commands.SubmitApplication) -> None:
    """The unit is in its batch once, under every name that tells it from others."""
    for identity in identities(
        command.unit_kind, command.credit_code, command.division, command.unit_name
    ):
        work.claim(
            APPLICATION_IN_BATCH,
            (command.batch_id, *identity),
            APPLICATION.stream(command.application_id),
            Reason.UNIT_APPLIED_ALREADY,
            "credit_code" if identity[0] == "code" else "unit_name",
        )


def about_application(work: Work, command: Any) -> None:
    """A command that concerns one application alone."""
    known(work, APPLICATION, command.application_id)
    work.decide(APPLICATION, command.application_id, command)


ROUTES: dict[type, Route] = {
    commands.SubmitApplication: Route(
        {Role.APPLICANT, Role.OFFICER}, of(APPLICATION, "application_id"), submit_application
    ),
    commands.PassFormalCheck: Route(
        {Role.OFFICER}, of(APPLICATION, "application_id"), about_application
    ),
    commands.FailFormalCheck: Route(
        {Role.OFFICER}, of(APPLICATION, "application_id"), about_application
    ),
    commands.RecordReviewCheck: Route(
        {Role.REVIEWER}, of(APPLICATION, "application_id"), about_application
    ),
    commands.ConcludeReview: Route(
        {Role.REVIEWER}, of(APPLICATION, "application_id"), about_application
    ),
}
