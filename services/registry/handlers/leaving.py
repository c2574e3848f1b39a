"""Units that leave their batch: what follows for the batch, its reserves and a running notice."""

from __future__ import annotations

from services.registry.domain import application
from services.registry.domain.batch import FreePlace, RecordStrikingOff
from services.registry.domain.deliberation import NoteLeft
from services.registry.domain.leaving import LeaveNotice
from services.registry.handlers.aggregates import APPLICATION, BATCH, NOTICE
from services.registry.handlers.common import known, of
from services.registry.handlers.deliberation import claim_meeting
from services.registry.handlers.entry import own_application
from services.registry.handlers.panels import refuse_tied, refuse_tied_bureau
from services.registry.handlers.unit_names import end_application, free_names
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import ApplicationStatus, Departure
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work

_CANDIDATES = frozenset({ApplicationStatus.QUALIFIED, ApplicationStatus.RESERVE})
"""Deliberation has them before it, so the batch hears when they go."""
_PLACED = frozenset({ApplicationStatus.LISTED, ApplicationStatus.ON_NOTICE})
"""They hold a place, which is free once they go."""


def withdraw_application(work: Work, command: commands.WithdrawApplication) -> None:
    before = own_application(work, command.application_id)
    if work.actor.role is not Role.APPLICANT and command.reasons is None:
        raise Refused(Reason.REASONS_NEEDED, "say how the unit asked for it", ["reasons"])
    refuse_tied_bureau(work, command.application_id)
    work.decide(APPLICATION, command.application_id, command)
    _leave(work, before, Departure.WITHDRAWN)
    free_names(work, command.application_id)


def strike_off(work: Work, command: commands.StrikeOff) -> None:
    """By the bureau that runs the batch; the meeting goes on the batch's record."""
    known(work, APPLICATION, command.application_id)
    before: application.Application = work.state(APPLICATION, command.application_id)
    known(work, BATCH, before.batch_id)
    refuse_tied(work, command.application_id)
    work.decide(APPLICATION, command.application_id, command)
    work.decide(BATCH, before.batch_id, RecordStrikingOff(command))
    claim_meeting(work, before.batch_id, command.deliberation_id)
    _leave(work, before, Departure.STRUCK_OFF)
    end_application(work, command.application_id)


def _leave(work: Work, before: application.Application, departure: Departure) -> None:
    """Out of the batch's lists and the notice, as far as the unit stood there before."""
    if before.status in _CANDIDATES:
        work.decide(BATCH, before.batch_id, NoteLeft(before.application_id))
    if before.status in _PLACED:
        work.decide(BATCH, before.batch_id, FreePlace(before.application_id))
    if before.status is ApplicationStatus.ON_NOTICE:
        leave = LeaveNotice(before.application_id, departure)
        work.decide(NOTICE, before.notice_id, leave)


_ABOUT = of(APPLICATION, "application_id")
ROUTES: dict[type, Route] = {
    commands.WithdrawApplication: Route(
        {Role.APPLICANT, Role.OFFICER}, _ABOUT, withdraw_application
    ),
    commands.StrikeOff: Route({Role.LEADER}, _ABOUT, strike_off),
}
