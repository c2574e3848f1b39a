"""Applications and their formal check."""

from __future__ import annotations

from typing import Any

from services.registry.handlers.aggregates import APPLICATION
from services.registry.handlers.common import known, of
from services.registry.handlers.panels import refuse_tied
from services.registry.handlers.unit_names import end_application
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def about_application(work: Work, command: Any) -> None:
    """A command that concerns one application alone."""
    known(work, APPLICATION, command.application_id)
    work.decide(APPLICATION, command.application_id, command)


def about_formal_check(work: Work, command: Any) -> None:
    """The formal check, by an officer without ties to the unit."""
    known(work, APPLICATION, command.application_id)
    refuse_tied(work, command.application_id)
    work.decide(APPLICATION, command.application_id, command)


def fail_formal_check(work: Work, command: commands.FailFormalCheck) -> None:
    about_formal_check(work, command)
    end_application(work, command.application_id)


ROUTES: dict[type, Route] = {
    commands.PassFormalCheck: Route(
        {Role.OFFICER}, of(APPLICATION, "application_id"), about_formal_check
    ),
    commands.RequestSupplement: Route(
        {Role.OFFICER}, of(APPLICATION, "application_id"), about_formal_check
    ),
    commands.FailFormalCheck: Route(
        {Role.OFFICER}, of(APPLICATION, "application_id"), fail_formal_check
    ),
}
