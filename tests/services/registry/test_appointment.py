"""Responsible leaders: from which day on, and how an appointment that has not begun is undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from services.registry.domain import appointment
from services.registry.domain.appointment import Appointment, AppointmentStatus
from shared.contracts.errors import Invalid
from tests.services.registry import examples as example
from tests.services.registry.telling import Story

ONE_DAY = dt.timedelta(days=1)


def appointed(since: dt.date) -> Story:
    story = Story(appointment, Appointment())
    story.when(replace(example.APPOINT, since=since))
    return story


def invalid_field(story: Story, command: object) -> str:
    with pytest.raises(Invalid) as invalid:
        story.when(command)
    (problem,) = invalid.value.problems
    assert problem.code == "out_of_range"
    return problem.path


def test_an_appointment_that_has_not_begun_is_taken_back_as_of_today() -> None:
    story = appointed(example.DAY + 30 * ONE_DAY)
    for day in (-1, 1, 30):
        ending = replace(example.END_APPOINTMENT, ended_on=example.DAY + day * ONE_DAY)
        assert invalid_field(story, ending) == "ended_on"
    story.when(replace(example.END_APPOINTMENT, ended_on=example.DAY))
    assert story.state.status is AppointmentStatus.ENDED


def test_an_appointment_that_has_begun_ends_on_a_day_of_it() -> None:
    begun = example.DAY - 30 * ONE_DAY
    for day in (begun - ONE_DAY, example.DAY + ONE_DAY):
        ending = replace(example.END_APPOINTMENT, ended_on=day)
        assert invalid_field(appointed(begun), ending) == "ended_on"
    for day in (begun, example.DAY):
        assert appointed(begun).when(replace(example.END_APPOINTMENT, ended_on=day))


def test_nobody_is_appointed_more_than_a_year_ahead() -> None:
    for since in (example.DAY + 367 * ONE_DAY, dt.date(2126, 1, 1)):
        story = Story(appointment, Appointment())
        assert invalid_field(story, replace(example.APPOINT, since=since)) == "since"
    assert appointed(example.DAY + 366 * ONE_DAY)
