"""How a unit leaves: taken back until it is designated, struck off by a meeting once qualified."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from services.registry.domain import application, batch, leaving, notice
from services.registry.domain.application import Application
from services.registry.domain.batch import Batch
from services.registry.domain.notice import Notice, NoticeStatus
from shared.contracts.errors import Invalid
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Departure,
    RejectionGround,
    RejectionStage,
)
from tests.services.registry import examples as example
from tests.services.registry.telling import Story, uid

OTHER = uid(21)
ONE_DAY = dt.timedelta(days=1)


def standing(status: ApplicationStatus) -> Story:
    return Story(application, replace(Application(), status=status))


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_an_application_is_taken_back_until_its_unit_is_a_point(status: ApplicationStatus) -> None:
    told = standing(status)
    if status in leaving.WITHDRAWABLE:
        told.when(example.TAKE_BACK)
        assert told.state.status is ApplicationStatus.WITHDRAWN
    else:
        told.refuses(example.TAKE_BACK, "wrong_state")


@pytest.mark.parametrize("status", ["qualified", "reserve", "listed", "on_notice"])
def test_a_meeting_strikes_off_whom_the_review_had_let_through(status: str) -> None:
    told = standing(ApplicationStatus(status))
    (event,) = told.when(example.STRIKE_OFF)
    assert (event.stage, event.grounds) == (
        RejectionStage.STRIKING_OFF,
        (RejectionGround.DISHONEST_DEBTOR,),
    )
    assert told.state.status is ApplicationStatus.REJECTED


def test_a_meeting_without_a_quorum_strikes_nobody_off() -> None:
    told = standing(ApplicationStatus.LISTED)
    told.refuses(replace(example.STRIKE_OFF, present=4), "no_quorum")


def test_only_a_decided_objection_gives_the_ground_of_one() -> None:
    told = standing(ApplicationStatus.ON_NOTICE)
    command = replace(example.STRIKE_OFF, grounds=(RejectionGround.OBJECTION_SUSTAINED,))
    with pytest.raises(Invalid):
        told.when(command)


def test_one_meeting_is_on_a_batchs_record_once() -> None:
    told = Story(batch, Batch())
    told.when(example.OPEN_BATCH)
    told.when(example.RECORD_STRIKING_OFF)
    told.refuses(example.RECORD_STRIKING_OFF, "already_exists")


@pytest.mark.parametrize(
    ("listed_on", "earliest"),
    [(None, example.DAY + 2 * ONE_DAY), (example.DAY + 4 * ONE_DAY, example.DAY + 4 * ONE_DAY)],
)
def test_no_meeting_strikes_off_before_the_unit_stood_where_it_does(
    listed_on: dt.date | None, earliest: dt.date
) -> None:
    told = Story(batch, Batch())
    told.when(example.OPEN_BATCH)
    told.when(example.NOTE_QUALIFIED, example.NOW + 2 * ONE_DAY)
    later = example.NOW + 9 * ONE_DAY
    if listed_on is not None:
        told.when(replace(example.DELIBERATE, held_on=listed_on), later)
    for day in (dt.date(1900, 1, 1), earliest - ONE_DAY):
        with pytest.raises(Invalid) as invalid:
            told.when(batch.RecordStrikingOff(replace(example.STRIKE_OFF, held_on=day)), later)
        (problem,) = invalid.value.problems
        assert (problem.path, problem.code) == ("held_on", "too_early")
    assert told.when(batch.RecordStrikingOff(replace(example.STRIKE_OFF, held_on=earliest)), later)


def noticed() -> Story:
    units = (example.UNIT, replace(example.UNIT, application_id=OTHER))
    told = Story(notice, Notice())
    told.when(replace(example.PUBLISH, units=units))
    return told


def test_whoever_left_is_neither_objected_to_nor_designated_and_the_rest_go_on() -> None:
    told = noticed()
    told.when(example.LEAVE_NOTICE)
    told.refuses(example.OBJECT, "not_on_notice")
    told.refuses(example.DESIGNATE, "not_on_notice", example.AFTER_NOTICE)
    told.refuses(example.CORRECT_NOTICE, "not_on_notice")
    told.when(replace(example.DESIGNATE, application_ids=(OTHER,)), example.AFTER_NOTICE)
    assert told.state.status is NoticeStatus.SETTLED


def test_an_objection_to_a_unit_that_left_still_gets_its_answer() -> None:
    told = noticed()
    told.when(example.OBJECT)
    told.when(replace(example.LEAVE_NOTICE, departure=Departure.WITHDRAWN))
    (event,) = told.when(example.SUSTAIN)
    assert event.objection_id == example.OBJECTION
    assert told.state.pending == {OTHER}
