"""Publicity, trainings, quarterly reports, questions and funds of points."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.domain import funding, publicity, quarterly_report, question, training
from services.assessment.domain.quarterly_report import Quarter, parts_of
from shared.contracts.assessment import commands
from shared.contracts.assessment.vocabulary.duties import FundingStatus
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Refused
from shared.contracts.working_days import WorkingDays
from tests.services.assessment import duty_examples as example
from tests.services.assessment.telling import DutyStory
from tests.services.clues.telling import TODAY, uid

INITIAL: list[tuple[ModuleType, Any, list[Any]]] = [
    (
        publicity,
        publicity.Publicity(),
        [example.RECORD, example.CONFIRM, example.RETURN_PUBLICITY],
    ),
    (training, training.Training(), [example.PLAN, example.ATTENDANCE, example.CANCEL]),
    (
        quarterly_report,
        quarterly_report.QuarterlyReport(),
        [example.HAND_IN, example.RETURN_REPORT],
    ),
    (question, question.Question(), [example.ASK, example.ANSWER]),
    (funding, funding.Funding(), [example.ALLOCATE, example.SPEND, example.TAKE_BACK]),
]


@pytest.mark.parametrize(("module", "initial", "told"), INITIAL)
def test_what_no_table_has_is_refused(module: Any, initial: Any, told: list[Any]) -> None:
    for status in type(initial.status):
        for command in told:
            if (status, type(command)) in module.TRANSITIONS:
                continue
            with pytest.raises(Refused) as refusal:
                module.decide(dataclasses.replace(initial, status=status), command, None)
            assert refusal.value.reason in ("wrong_state", "already_exists")


def test_publicity_is_returned_told_better_and_confirmed() -> None:
    story = DutyStory(publicity, publicity.Publicity())
    to_come = dataclasses.replace(example.RECORD_COMMAND, held_on=TODAY + ONE_DAY)
    story.finds_wrong(
        dataclasses.replace(example.RECORD, command=to_come), "held_on", "out_of_range"
    )
    story.when(example.RECORD, example.RETURN_PUBLICITY, example.RECORD)
    (confirmed,) = story.when(example.CONFIRM)
    assert (confirmed.point_id, confirmed.held_on) == (example.POINT, TODAY)
    story.refuses(example.RECORD, "wrong_state")


def test_nobody_both_came_to_a_training_and_stayed_away() -> None:
    story = DutyStory(training, training.Training())
    story.when(example.PLAN)
    both = dataclasses.replace(example.ATTENDANCE, absent=(example.OTHER_POINT, example.POINT))
    story.finds_wrong(both, "absent[1]", "duplicate")
    nobody = dataclasses.replace(example.ATTENDANCE, attended=(), absent=())
    story.finds_wrong(nobody, "attended", "missing")
    story.when(example.ATTENDANCE)
    story.refuses(example.CANCEL, "wrong_state")


@pytest.mark.parametrize(
    ("report_id", "last_day"),
    [
        ("2025q1", dt.date(2025, 3, 31)),
        ("2025q2", dt.date(2025, 6, 30)),
        ("2025q3", dt.date(2025, 9, 30)),
        ("2025q4", dt.date(2025, 12, 31)),
    ],
)
def test_a_report_tells_its_quarter_and_point(report_id: str, last_day: dt.date) -> None:
    quarter, point_id = parts_of(f"{report_id}-{example.POINT}")
    assert (quarter.last_day, point_id) == (last_day, example.POINT)


DUE = dt.date(2026, 1, 15)
"""Ten working days after 2025-12-31: 2026-01-01 to 03 are off, 01-04 is worked."""


@pytest.mark.parametrize(("day", "in_time"), [(DUE, True), (DUE + ONE_DAY, False)])
def test_a_report_is_in_time_to_the_end_of_its_tenth_working_day(
    day: dt.date, in_time: bool
) -> None:
    story = DutyStory(quarterly_report, quarterly_report.QuarterlyReport()).on(day)
    (handed_in,) = story.when(example.HAND_IN)
    assert (handed_in.due.due_on, handed_in.in_time) == (DUE, in_time)


def test_a_report_that_was_in_time_stays_so_when_it_is_returned_for_more() -> None:
    story = DutyStory(quarterly_report, quarterly_report.QuarterlyReport()).on(DUE)
    story.when(example.HAND_IN, example.RETURN_REPORT)
    (again,) = story.on(DUE + 30 * ONE_DAY).when(example.HAND_IN)
    assert (again.number, again.in_time) == (2, True)


def test_no_report_comes_before_its_quarter_has_ended() -> None:
    story = DutyStory(quarterly_report, quarterly_report.QuarterlyReport())
    story.on(Quarter(2025, 4).last_day).finds_wrong(example.HAND_IN, "report_id", "out_of_range")


def test_nobody_is_late_by_a_provisional_day() -> None:
    story = DutyStory(quarterly_report, quarterly_report.QuarterlyReport())
    story.known = WorkingDays()
    (handed_in,) = story.on(dt.date(2026, 2, 27)).when(example.HAND_IN)
    assert handed_in.due.provisional
    assert handed_in.in_time


@pytest.mark.parametrize(("late", "in_time"), [(0, True), (1, False)])
def test_a_question_is_answered_in_ten_working_days(late: int, in_time: bool) -> None:
    story = DutyStory(question, question.Question())
    (asked,) = story.when(example.ASK)
    assert asked.answering.working_days == 10
    (answered,) = story.on(asked.answering.due_on + late * ONE_DAY).when(example.ANSWER)
    assert answered.in_time is in_time
    story.refuses(example.ANSWER, "wrong_state")


def test_funds_are_given_spent_and_taken_back() -> None:
    story = DutyStory(funding, funding.Funding())
    story.when(example.ALLOCATE, example.SPEND)
    assert story.state.left == 380_000
    story.refuses(dataclasses.replace(example.TAKE_BACK, amount=380_001), "more_than_left")
    story.when(example.TAKE_BACK)
    assert story.state.left == 0
    story.refuses(example.SPEND, "already_exists")
    more = dataclasses.replace(example.SPEND, entry_id=uid(120), amount=1)
    story.refuses(more, "more_than_left")
    other_year = dataclasses.replace(more, spent_on=dt.date(2025, 12, 31))
    story.finds_wrong(other_year, "spent_on", "out_of_range")


entries = st.lists(
    st.tuples(st.sampled_from(["give", "take", "spend"]), st.integers(1, 9)), max_size=30
)


@given(entries)
def test_no_more_is_ever_spent_than_was_given(moves: list[tuple[str, int]]) -> None:
    """And what the events say adds up to what was entered."""
    story = DutyStory(funding, funding.Funding())
    given_, spent = 0, 0
    for number, (what, amount) in enumerate(moves, 200):
        command = _entry(what, uid(number), amount)
        if story.state.status is FundingStatus.ABSENT and what != "give":
            story.refuses(command, "wrong_state")
        elif what != "give" and amount > given_ - spent:
            story.refuses(command, "more_than_left")
        else:
            story.when(command)
            given_ += {"give": amount, "take": -amount, "spend": 0}[what]
            spent += amount if what == "spend" else 0
        assert (story.state.allocated, story.state.spent) == (given_, spent)
        assert 0 <= story.state.spent <= story.state.allocated


def _entry(what: str, entry_id: str, amount: int) -> Any:
    its = {"entry_id": entry_id, "amount": amount}
    if what == "give":
        given_: commands.AllocateFunding = dataclasses.replace(example.ALLOCATE_COMMAND, **its)
        return dataclasses.replace(example.ALLOCATE, command=given_)
    return dataclasses.replace(example.SPEND if what == "spend" else example.TAKE_BACK, **its)
