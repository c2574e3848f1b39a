"""Limits whose day has ended become commands, each under one id, whatever happens meanwhile."""

from __future__ import annotations

import dataclasses
import datetime as dt
from threading import Event

import pytest
from psycopg_pool import ConnectionPool

from shared.contracts.days import ONE_DAY, start_of_day
from shared.contracts.limits import time_limit
from shared.contracts.working_days import YearTable
from shared.service.timekeeper import LimitStuck
from shared.service.timekeeping import RunningLimit
from tests.projections.making import everything
from tests.timekeeping.lending import (
    MODEL,
    AskBack,
    BookReturned,
    CountAnew,
    Library,
    LimitMoved,
    Renew,
    refusing,
)

SECOND = dt.timedelta(seconds=1)
BEFORE_SPRING_FESTIVAL = dt.date(2026, 2, 13)


@pytest.fixture
def library(pool: ConnectionPool) -> Library:
    return Library(pool)


def test_a_limit_falls_due_with_the_second_that_ends_its_last_day(library: Library) -> None:
    loan_id, limit = library.lend(BEFORE_SPRING_FESTIVAL, 5)
    # 14 and 28 February are worked, the festival lasts from the 15th to the 23rd.
    assert limit.due_on == dt.date(2026, 2, 27)
    timekeeper = library.timekeeper()
    end = start_of_day(limit.due_on + ONE_DAY)
    library.clock.time = end - SECOND
    timekeeper.look()
    assert library.asked() == []

    library.clock.time = end
    timekeeper.look()
    assert library.asked() == [AskBack(loan_id)]


def test_what_has_been_done_is_not_done_again_before_its_event_is_projected(
    library: Library,
) -> None:
    loan_id, _ = library.lend(BEFORE_SPRING_FESTIVAL, 5)
    library.clock.time += dt.timedelta(days=4_000)
    timekeeper = library.timekeeper()
    for _ in range(3):
        timekeeper.look()
    assert library.asked() == [AskBack(loan_id)]

    library.happens(loan_id, BookReturned(loan_id=loan_id))
    library.timekeeper().look()
    assert library.asked() == [AskBack(loan_id)]


def test_a_leader_that_takes_over_does_the_same_command_under_the_same_id(
    library: Library,
) -> None:
    for days in (1, 2, 3):
        library.lend(BEFORE_SPRING_FESTIVAL, days)
    library.clock.time += dt.timedelta(days=4_000)
    library.timekeeper().look()
    first = list(library.acts)
    library.timekeeper().look()
    assert len(first) == 3
    assert library.acts == first + first


def test_the_longest_due_comes_first_over_many_pages(library: Library) -> None:
    due = {}
    for number in range(30):
        loan_id, limit = library.lend(BEFORE_SPRING_FESTIVAL, 1 + number * 7 % 30)
        due[loan_id] = limit.due_on
    library.clock.time += dt.timedelta(days=4_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.service.timekeeper.PAGE", 4)
        library.timekeeper().look()
    days = [due[command.loan_id] for command in library.asked()]
    assert len(days) == 30
    assert days == sorted(days)


def test_a_reminder_comes_as_its_day_begins(library: Library) -> None:
    day = dt.date(2026, 9, 1)
    loan_id, _ = library.lend(dt.date(2026, 8, 31), 20, card_ends_on=day)
    timekeeper = library.timekeeper()
    library.clock.time = start_of_day(day) - SECOND
    timekeeper.look()
    assert library.asked() == []
    library.clock.time = start_of_day(day)
    timekeeper.look()
    assert library.asked() == [Renew(loan_id)]


@pytest.mark.parametrize("reason", ["wrong_state", "limit_running"])
def test_a_refusal_that_says_done_already_is_the_end_of_it(library: Library, reason: str) -> None:
    library.lend(BEFORE_SPRING_FESTIVAL, 5)
    library.clock.time += dt.timedelta(days=4_000)
    library.answer = refusing(reason)
    timekeeper = library.timekeeper()
    timekeeper.look()
    library.real += 10_000
    timekeeper.look()
    assert len(library.acts) == 1


def test_a_command_that_fails_is_tried_again_later_and_later_and_holds_up_no_other(
    library: Library,
) -> None:
    stuck, _ = library.lend(BEFORE_SPRING_FESTIVAL, 5)
    other, _ = library.lend(BEFORE_SPRING_FESTIVAL, 6)
    library.clock.time += dt.timedelta(days=4_000)
    library.answer = lambda command: (
        refusing("subject_erased")(command) if (command.loan_id == stuck) else None
    )
    timekeeper = library.timekeeper()
    tries = []
    for _ in range(40):
        before = library.asked().count(AskBack(stuck))
        timekeeper.look()
        if library.asked().count(AskBack(stuck)) > before:
            tries.append(library.real)
        library.real += 1.0
    assert tries == [0.0, 2.0, 6.0, 14.0, 30.0]
    assert library.asked().count(AskBack(other)) == 1
    with pytest.raises(LimitStuck, match="subject_erased"):
        timekeeper.run(Event())

    library.answer = lambda command: None
    library.real += 300.0
    timekeeper.look()
    library.real += 300.0
    timekeeper.look()
    assert library.asked().count(AskBack(stuck)) == 6


def test_a_command_that_breaks_is_a_failure_like_any_other(library: Library) -> None:
    library.lend(BEFORE_SPRING_FESTIVAL, 5)
    other, _ = library.lend(BEFORE_SPRING_FESTIVAL, 6)
    library.clock.time += dt.timedelta(days=4_000)

    def answer(command: AskBack) -> None:
        if command.loan_id != other:
            raise ZeroDivisionError

    library.answer = answer
    library.timekeeper().look()
    assert AskBack(other) in library.asked()


def test_a_year_without_a_table_gives_provisional_days_that_are_counted_anew_when_it_comes(
    library: Library,
) -> None:
    loan_id, limit = library.lend(dt.date(2026, 12, 30), 3)
    assert (limit.due_on, limit.provisional) == (dt.date(2027, 1, 5), True)
    timekeeper = library.timekeeper()
    timekeeper.look()
    assert library.asked() == []
    assert [state.lag for state in timekeeper.states()] == [0, 1]

    library.clock.time = start_of_day(limit.due_on + ONE_DAY)
    timekeeper.look()  # it takes effect against nobody while its day may yet move
    assert library.asked() == []
    assert [state.lag for state in timekeeper.states()] == [0, 1]

    new_year = [dt.date(2027, 1, day) for day in (1, 4)]
    library.known = library.known.with_table(YearTable(2027, frozenset(new_year)))
    timekeeper.look()
    timekeeper.look()
    (anew,) = library.asked()
    assert isinstance(anew, CountAnew)
    assert anew.limit.stream == f"loan-{loan_id}"

    moved = time_limit(library.known, dt.date(2026, 12, 30), 3)
    assert (moved.due_on, moved.provisional) == (dt.date(2027, 1, 6), False)
    library.happens(loan_id, LimitMoved(name="loan", about=None, limit=moved))
    timekeeper.look()
    assert library.asked() == [anew]
    assert [state.lag for state in timekeeper.states()] == [0, 0]

    library.clock.time = start_of_day(moved.due_on + ONE_DAY)
    timekeeper.look()
    assert library.asked() == [anew, AskBack(loan_id)]


def test_what_comes_next_of_a_limit_is_another_command_though_due_on_the_same_day() -> None:
    """A corrected table may move the whole of a limit to the day that a share of it had."""
    day = dt.date(2026, 9, 8)
    share = RunningLimit("loan-1", "loan", None, day, dt.date(2026, 9, 1), 4, provisional=False)
    whole = dataclasses.replace(share, working_days=5)
    assert share.command_id() != whole.command_id()
    assert share.command_id() == dataclasses.replace(share).command_id()


def test_a_table_that_replaces_another_moves_the_limits_that_run(library: Library) -> None:
    library.lend(dt.date(2026, 9, 1), 5)
    timekeeper = library.timekeeper()
    timekeeper.look()
    library.known = library.known.with_table(YearTable(2026, frozenset({dt.date(2026, 9, 3)})))
    timekeeper.look()
    timekeeper.look()
    assert len(library.acts) == 1


def test_a_limit_of_a_thing_that_is_done_runs_no_more(library: Library) -> None:
    loan_id, _ = library.lend(BEFORE_SPRING_FESTIVAL, 5, card_ends_on=dt.date(2026, 3, 1))
    library.happens(loan_id, BookReturned(loan_id=loan_id))
    assert everything(library.pool, [MODEL]) == {"limits": {"running": []}}
