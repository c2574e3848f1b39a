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
    setting,
)
from services.registry.handlers import ROUTES
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import RenewalStatus, RetirementStatus
from tests.services.registry import examples as example
from tests.services.registry.point_stories import POINT_STORIES, moment_of
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
    (appointment, appointment.Appointment(), appointment.AppointmentStatus),
    (partner, partner.Partner(), partner.PartnerStatus),
    (meeting, meeting.Meeting(), meeting.MeetingStatus),
]

SENT_WHOLE = {type(command) for command in example.COMMANDS}


def pairs() -> list[Any]:
    return [
        pytest.param(module, replace(initial, status=status), command, id=f"{status}-{name}")
        for module, initial, statuses in STATES
        for status in statuses  # type: ignore[attr-defined]
        for command in example.COMMANDS
        for name in [f"{module.__name__.split('.')[-1]}-{type(command).__name__}"]
        if (status, type(command)) not in module.TRANSITIONS
    ]


@pytest.mark.parametrize(("module", "state", "command"), pairs())
def test_what_the_table_lacks_is_refused(module: ModuleType, state: Any, command: Any) -> None:
    with pytest.raises(Refused) as refusal:
        module.decide(state, command, context())

    assert refusal.value.reason in (Reason.WRONG_STATE, Reason.ALREADY_EXISTS)


@pytest.mark.parametrize(("module", "initial", "statuses"), STATES)
def test_the_table_names_real_statuses_and_commands_only(
    module: ModuleType, initial: Any, statuses: type
) -> None:
    assert {status for status, _ in module.TRANSITIONS} <= set(statuses)
    assert {command for _, command in module.TRANSITIONS} <= SENT_WHOLE


def test_every_pair_of_the_tables_is_taken_by_some_story() -> None:
    """Each allowed pair, led there by events alone, gives events that evolve takes."""
    taken = set()

    def take(module: ModuleType, initial: Any, *commands: Any) -> None:
        story = Story(module, initial)
        for command in commands:
            if type(command) not in SENT_WHOLE:
                story.happens(command)
                continue
            taken.add((module.__name__, story.state.status, type(command)))
            late = command in (example.DESIGNATE, example.LET_TASK_LAPSE)
            at = example.AFTER_NOTICE if late else moment_of(command)
            assert story.when(command, at)

    def take_anywhere(module: ModuleType, state: Any) -> None:
        """What depends on nothing of the state, and leaves its status as it is."""
        for command in (example.CORRECT, example.CORRECT_DATA):
            if (state.status, type(command)) in module.TRANSITIONS:
                events = module.decide(state, command, context())
                assert events
                assert module.evolve(state, events[0]).status == state.status
                taken.add((module.__name__, state.status, type(command)))

    take(figures, figures.Figures(), example.RECORD_FIGURES, example.RECORD_FIGURES)
    take(appointment, appointment.Appointment(), example.APPOINT, example.END_APPOINTMENT)
    take(partner, partner.Partner(), example.REGISTER_PARTNER, example.END_PARTNERSHIP)
    given = [example.MEET, example.EXTEND_TASK, example.COMPLETE_TASK, example.LET_TASK_LAPSE]
    take(meeting, meeting.Meeting(), *given)
    set_all = [example.CHANGE_SETTINGS, example.SET_SIZE_LIMITS, example.LOAD_WORKING_DAYS]
    for first in set_all:
        take(setting, setting.Setting(), first, *(each for each in set_all if each is not first))
    take(setting, setting.Setting(), example.SET_SIZE_LIMITS, example.SET_SIZE_LIMITS)
    take(batch, batch.Batch(), example.OPEN_BATCH, example.DELIBERATE, example.FREE_PLACE)
    take(application, application.Application(), example.SUBMITTED, example.FAIL)
    reviewed = [example.SUBMITTED, example.PASS, *example.ALL_CHECKS, example.CONCLUDE]
    path = [*reviewed, example.LIST, example.PUT_ON_NOTICE]
    take(application, application.Application(), *path, example.DESIGNATE_APPLICATION)
    take(application, application.Application(), *path, example.DROP_OUT)
    objected = [example.PUBLISH, example.OBJECT, example.OTHER_OBJECTION]
    files = [example.ATTACH_EVIDENCE, example.WITHDRAW_EVIDENCE]
    for step in range(1, len(path) + 1):
        story = path[:step]
        if story[-1] not in (example.CHECK, *example.ALL_CHECKS):
            take(application, application.Application(), *story, *files)
    take(notice, notice.Notice(), *objected, example.SUSTAIN, example.OTHER_OVERRULE)
    take(notice, notice.Notice(), example.PUBLISH, example.DESIGNATE)
    for module, initial, told in POINT_STORIES:
        take(module, initial, *told)
    for module, initial, statuses in STATES:
        for status in statuses:  # type: ignore[attr-defined]
            take_anywhere(module, replace(initial, status=status))

    declared = {
        (module.__name__, status, command)
        for module, _, _ in STATES
        for status, command in module.TRANSITIONS
    }
    assert declared == taken


def test_every_command_of_the_language_has_a_route() -> None:
    from shared.contracts.registry.commands import COMMANDS

    assert {message_type.cls for message_type in COMMANDS} == set(ROUTES)
    assert all(route.roles for route in ROUTES.values())
