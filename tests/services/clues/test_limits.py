"""Limits of clues: on working days or days of the calendar, with alarms, pauses, extensions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as running_settings
from hypothesis import strategies as st

from services.clues.domain import clue, limits
from services.clues.domain.clue import Clue
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import AlarmStage, ClueLimit
from shared.contracts.days import ONE_DAY
from shared.contracts.working_days import WorkingDays, YearTable
from tests.services.clues import examples as example
from tests.services.clues.stories import ACCEPTED, CLOSED, REFERRED, VERIFYING
from tests.services.clues.telling import CALENDAR, TODAY, Story

D = dt.date


def told(*commands_: Any) -> Story:
    story = Story(clue, Clue())
    story.when(*commands_)
    return story


def running(story: Story, name: ClueLimit, about: str | None = None) -> Any:
    return story.state.limits[name, about]


def raise_(name: ClueLimit, about: str | None = None) -> commands.RaiseAlarm:
    return commands.RaiseAlarm(stream=f"clue-{example.CLUE}", name=name, about=about)


def test_acceptance_has_five_working_days_and_an_urgent_one_a_single_one() -> None:
    assert running(told(example.FILE), ClueLimit.ACCEPTANCE).span.due_on == D(2026, 3, 9)
    urgent = dataclasses.replace(
        example.FILE, command=dataclasses.replace(example.FILE_COMMAND, urgent=True)
    )
    watch = running(told(urgent), ClueLimit.ACCEPTANCE)
    assert watch.span.due_on == D(2026, 3, 3)
    assert watch.alarm.stage is AlarmStage.RED


def test_the_whole_case_is_counted_in_days_of_the_calendar() -> None:
    story = told(*ACCEPTED)
    assert running(story, ClueLimit.OVERALL).span.due_on == TODAY + 60 * ONE_DAY
    story.when(example.EXTEND_CASE)
    assert running(story, ClueLimit.OVERALL).span.due_on == TODAY + 90 * ONE_DAY
    story.refuses(example.EXTEND_CASE, "extended_already")


def test_alarms_are_raised_in_order_each_on_its_day() -> None:
    story = told(example.FILE)
    raised = []
    for day, stage in (
        (D(2026, 3, 7), "yellow"),  # four of five working days are used when 6 March has ended
        (D(2026, 3, 10), "red"),
        (D(2026, 3, 11), "nudge"),
        (D(2026, 3, 14), "supervise"),  # three working days later, as that of 13 March ends
        (D(2026, 3, 21), "publish"),
    ):
        story.on(day - ONE_DAY).refuses(raise_(ClueLimit.ACCEPTANCE), "limit_running")
        (event,) = story.on(day).when(raise_(ClueLimit.ACCEPTANCE))
        raised.append(str(event.stage))
        assert raised[-1] == stage
    story.on(D(2026, 12, 1)).refuses(raise_(ClueLimit.ACCEPTANCE), "wrong_state")


def test_after_a_long_downtime_every_alarm_is_raised_once_and_none_on_another_day() -> None:
    """The days follow from the limit, not from when somebody looked."""
    prompt, late = told(example.FILE), told(example.FILE).on(D(2026, 12, 1))
    due = []
    for story in (prompt, late):
        days = []
        while (alarm := running(story, ClueLimit.ACCEPTANCE).alarm) is not None:
            days.append((alarm.stage, alarm.span.due_on))
            if story is prompt:
                story.on(alarm.span.due_on + ONE_DAY)
            story.when(raise_(ClueLimit.ACCEPTANCE))
        due.append(days)
    assert due[0] == due[1]
    assert [stage for stage, _ in due[0]] == list(AlarmStage)


def test_what_was_done_in_time_raises_nothing() -> None:
    story = told(example.FILE, example.ACCEPT).on(D(2026, 6, 1))
    story.refuses(raise_(ClueLimit.ACCEPTANCE), "wrong_state")


def test_an_extension_is_counted_from_the_first_day_and_given_once_in_time() -> None:
    story = told(*VERIFYING)
    first = running(story, ClueLimit.VERIFICATION).span
    assert (first.days, first.due_on) == (30, CALENDAR.due(TODAY, 30).day)
    story.on(first.due_on).when(example.EXTEND)
    longer = running(story, ClueLimit.VERIFICATION).span
    assert (longer.counted_from, longer.days) == (first.counted_from, 45)
    story.refuses(example.EXTEND, "extended_already")


def test_what_has_passed_is_neither_extended_nor_paused() -> None:
    story = told(*VERIFYING)
    story.on(running(story, ClueLimit.VERIFICATION).span.due_on + ONE_DAY)
    story.refuses(example.EXTEND, "limit_passed")
    story.refuses(example.PAUSE, "limit_passed")


@running_settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 60)), min_size=1, max_size=4))
def test_no_time_counts_during_a_pause(pauses: list[tuple[int, int]]) -> None:
    """However often it was paused: the working days it ran are at most those of its limit."""
    story = told(*VERIFYING)
    used, since = 0, TODAY
    for runs, rests in pauses:
        day = story.day + runs * ONE_DAY
        its = running(story, ClueLimit.VERIFICATION).span
        if limits.has_passed(its, day):
            break
        story.on(day).when(example.PAUSE)
        used += CALENDAR.between(since, max(since, day - ONE_DAY))
        assert not any(name is ClueLimit.VERIFICATION for name, _ in story.state.limits)
        story.on(day + rests * ONE_DAY).when(example.RESUME)
        since = story.day
        left = running(story, ClueLimit.VERIFICATION).span
        assert left.counted_from == story.day
        assert left.days == max(1, 30 - used)
        assert left.due_on == CALENDAR.due(since, left.days).day


def test_yellow_stays_at_its_share_of_the_limit_and_is_raised_once() -> None:
    """24 working days of 30, however they are cut by pauses."""
    story = told(*VERIFYING)
    story.on(CALENDAR.due(TODAY, 10).day + ONE_DAY).when(example.PAUSE)
    story.on(story.day + 40 * ONE_DAY).when(example.RESUME)
    assert running(story, ClueLimit.VERIFICATION).alarm.span.days == 14
    story.on(running(story, ClueLimit.VERIFICATION).alarm.span.due_on + ONE_DAY)
    assert story.when(raise_(ClueLimit.VERIFICATION))
    story.when(example.PAUSE)
    (resumed,) = story.on(story.day + 10 * ONE_DAY).when(example.RESUME)
    assert resumed.verification.span.days == 6
    assert resumed.verification.alarm.stage is AlarmStage.RED
    assert resumed.verification.alarm.span == resumed.verification.span


@running_settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 20)), max_size=5))
def test_each_alarm_comes_once_whatever_the_pauses(pauses: list[tuple[int, int]]) -> None:
    story, raised = told(*VERIFYING), list[AlarmStage]()

    def run(days: int) -> None:
        for _ in range(days):
            story.on(story.day + ONE_DAY)
            alarm = running(story, ClueLimit.VERIFICATION).alarm
            while alarm is not None and limits.has_passed(alarm.span, story.day):
                (event,) = story.when(raise_(ClueLimit.VERIFICATION))
                raised.append(event.stage)
                alarm = event.watch.alarm

    for runs, rests in pauses:
        run(runs)
        if AlarmStage.RED in raised:
            break
        story.when(example.PAUSE)
        story.on(story.day + rests * ONE_DAY).when(example.RESUME)
    run(90)
    assert raised == list(AlarmStage)


def test_a_whole_case_that_is_past_its_limit_is_not_stopped_by_a_pause() -> None:
    story = told(*VERIFYING)
    story.when(example.EXTEND)
    (paused,) = story.on(TODAY + 61 * ONE_DAY).when(example.PAUSE)
    assert paused.stops == (ClueLimit.VERIFICATION,)
    assert story.when(raise_(ClueLimit.OVERALL))
    (resumed,) = story.when(example.RESUME)
    assert resumed.overall is None


def test_a_limit_that_reaches_into_a_year_without_table_is_provisional_and_counted_anew() -> None:
    story = told_at_the_end_of_2027(example.FILE)
    watch = running(story, ClueLimit.ACCEPTANCE)
    assert watch.span.provisional
    again = commands.RecomputeLimit(
        stream=f"clue-{example.CLUE}", name=ClueLimit.ACCEPTANCE, about=None
    )
    story.refuses(again, "nothing_changes")
    story.known = _with_2028()
    (moved,) = story.when(again)
    assert not moved.watch.span.provisional
    assert moved.watch.span.due_on > watch.span.due_on


def told_at_the_end_of_2027(*commands_: Any) -> Story:
    """With no table of 2028 yet, into which every limit reaches."""
    story = Story(clue, Clue()).on(D(2027, 12, 27))
    for command in commands_:
        days = {"taken_on": story.day} if hasattr(command, "taken_on") else {}
        story.when(dataclasses.replace(command, **days))
    return story


def test_a_provisional_limit_has_passed_for_nobody() -> None:
    """Decision 012: what comes of it waits for the year's table."""
    story = told_at_the_end_of_2027(*VERIFYING)
    its = running(story, ClueLimit.VERIFICATION)
    story.on(its.span.due_on + 20 * ONE_DAY)
    story.refuses(raise_(ClueLimit.VERIFICATION), "limit_running")
    (extended,) = story.when(example.EXTEND)
    assert extended.verification.span.days == 45
    assert story.when(example.PAUSE)


def test_a_referral_may_be_refused_until_its_day_is_known_to_have_ended() -> None:
    story = told_at_the_end_of_2027(*REFERRED)
    assert running(story, ClueLimit.ANSWER).span.provisional
    refuse, seen = example.REFUSE, story.state.referral
    assert (seen.refusable.due_on, seen.refusable.provisional) == (D(2028, 1, 3), True)
    assert Story(clue, story.state).on(D(2028, 1, 12)).when(refuse)
    story.known = _with_2028(until=14)
    moved, days = story.on(D(2028, 1, 12)).when(
        commands.RecomputeLimit(stream=f"clue-{example.CLUE}", name=ClueLimit.ANSWER, about=None)
    )
    assert days.refusable.due_on == D(2028, 1, 17)
    assert days.answer_by == moved.watch.span.due_on
    assert story.state.referral.refusable == days.refusable
    story.on(D(2028, 1, 18)).refuses(refuse, "refusal_too_late")
    assert story.on(D(2028, 1, 17)).when(refuse)


def _with_2028(until: int = 4) -> WorkingDays:
    """With the first working days of 2028 off, until that day of January."""
    off = frozenset(D(2028, 1, day) for day in range(3, until + 1))
    calendar = CALENDAR.with_table(YearTable(2027))
    return calendar.with_table(YearTable(2028, off))


def test_feedback_is_due_after_closing_and_the_point_has_its_own_days() -> None:
    story = told(*CLOSED)
    assert list(story.state.limits) == [(ClueLimit.FEEDBACK, None)]
    story.when(example.GIVE_FEEDBACK)
    assert list(story.state.limits) == [(ClueLimit.RELAY, None)]
    story.when(example.RELAY)
    assert story.state.limits == {}


@pytest.mark.parametrize("share", [0, 1, 2])
def test_figures_are_those_of_the_cases_own_day(share: int) -> None:
    story = Story(clue, Clue())
    story.when(example.FILE, acceptance_days=7 + share)
    assert running(story, ClueLimit.ACCEPTANCE).span.days == 7 + share
