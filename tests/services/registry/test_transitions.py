"""One declared table an aggregate: every status x command that it lacks is refused."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from services.registry.domain import (
    application,
    appointment,
    batch,
    certificates,
    figures,
    meeting,
    notice,
    partner,
    point,
    renewal,
    retirement,
    review_group,
    setting,
)
from services.registry.handlers import ROUTES
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import RenewalStatus, RetirementStatus
from tests.services.registry import examples as example
from tests.services.registry.stories import ANYWHERE, SENT_WHOLE, STORIES, moment_of
from tests.services.registry.telling import Story, context

STATES: list[tuple[ModuleType, Any, type]] = [
    (batch, batch.Batch(), batch.BatchStatus),
    (application, application.Application(), application.ApplicationStatus),
    (notice, notice.Notice(), notice.NoticeStatus),
    (point, point.Point(), point.PointStatus),
    (certificates, certificates.Register(), certificates.RegisterStatus),
    (renewal, renewal.Renewal(), RenewalStatus),
    (retirement, retirement.Retirement(), RetirementStatus),
    (figures, figures.Figures(), figures.FiguresStatus),
    (setting, setting.Setting(), setting.SettingStatus),
    (review_group, review_group.ReviewGroup(), review_group.ReviewGroupStatus),
    (appointment, appointment.Appointment(), appointment.AppointmentStatus),
    (partner, partner.Partner(), partner.PartnerStatus),
    (meeting, meeting.Meeting(), meeting.MeetingStatus),
]


def states() -> list[Any]:
    return [
        pytest.param(module, replace(initial, status=status), id=f"{_named(module)}-{status}")
        for module, initial, statuses in STATES
        for status in statuses  # type: ignore[attr-defined]
    ]


def _named(module: ModuleType) -> str:
    return module.__name__.split(".")[-1]


@pytest.mark.parametrize(("module", "state"), states())
def test_what_the_table_lacks_is_refused(module: ModuleType, state: Any) -> None:
    for command in example.COMMANDS:
        if (state.status, type(command)) not in module.TRANSITIONS:
            with pytest.raises(Refused) as refusal:
                module.decide(state, command, context())
            assert refusal.value.reason in (Reason.WRONG_STATE, Reason.ALREADY_EXISTS), command


@pytest.mark.parametrize(("module", "initial", "statuses"), STATES)
def test_the_table_names_real_statuses_and_commands_only(
    module: ModuleType, initial: Any, statuses: type
) -> None:
    assert {status for status, _ in module.TRANSITIONS} <= set(statuses)
    assert {command for _, command in module.TRANSITIONS} <= SENT_WHOLE


def test_every_pair_of_the_tables_is_taken_by_some_story() -> None:
    """Each allowed pair, led there by events alone, gives events that evolve takes."""
    taken = set()
    for module, initial, told in STORIES:
        story = Story(module, initial)
        for command in told:
            if type(command) not in SENT_WHOLE:
                story.happens(command)
                continue
            taken.add((module.__name__, story.state.status, type(command)))
            assert story.when(command, moment_of(command))
    for module, initial, statuses in STATES:
        for status in statuses:  # type: ignore[attr-defined]
            taken |= {
                (module.__name__, status, command)
                for command in taken_anywhere(module, replace(initial, status=status))
            }

    declared = {
        (module.__name__, status, command)
        for module, _, _ in STATES
        for status, command in module.TRANSITIONS
    }
    assert declared == taken


def taken_anywhere(module: ModuleType, state: Any) -> set[type]:
    """Which of the commands that leave the status as it is were taken."""
    taken = set()
    for command in ANYWHERE:
        if (state.status, type(command)) in module.TRANSITIONS:
            events = module.decide(state, command, context())
            assert events
            assert module.evolve(state, events[0]).status == state.status
            taken.add(type(command))
    return taken


def test_every_command_of_the_language_has_a_route() -> None:
    from shared.contracts.registry.commands import COMMANDS

    assert {message_type.cls for message_type in COMMANDS} == set(ROUTES)
    assert all(route.roles for route in ROUTES.values())
