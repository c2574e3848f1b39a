"""Follow-ups of a case of retaliation: on which days, and until when."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.clues.domain import follow_ups
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import ClueLimit, FollowUpMeans, FollowUpStatus
from shared.contracts.days import ONE_DAY
from tests.services.clues import examples as example
from tests.services.clues.telling import TODAY, Story


def begun(**figures: int) -> Story:
    story = Story(follow_ups, follow_ups.FollowUps())
    story.when(example.SCHEDULE_FOLLOW_UPS, **figures)
    return story


def follow_up(day: dt.date, **instead: Any) -> commands.RecordFollowUp:
    return dataclasses.replace(example.FOLLOW_UP, done_on=day, **instead)


def in_vain(day: dt.date) -> commands.RecordFollowUp:
    return follow_up(day, means=FollowUpMeans.NOT_REACHED, suffering=None)


def due_in(story: Story) -> int | None:
    """Days after the case was opened."""
    its = story.state.limits.get((ClueLimit.FOLLOW_UP, None))
    return None if its is None else (its.span.due_on - TODAY).days


def after(days: int) -> dt.date:
    return TODAY + days * ONE_DAY


def test_three_are_due_after_seven_thirty_and_ninety_days() -> None:
    story = begun()
    seen = [due_in(story)]
    for day in (6, 20, 88):
        story.on(after(day)).when(follow_up(after(day)))
        seen.append(due_in(story))
    assert seen == [7, 30, 90, None]
    assert story.state.status is FollowUpStatus.DONE


def test_they_go_on_while_the_last_found_that_it_goes_on() -> None:
    story = begun()
    for day in (6, 20):
        story.on(after(day)).when(follow_up(after(day)))
    story.on(after(88)).when(follow_up(after(88), suffering=True))
    assert due_in(story) == 88 + 30
    story.on(after(100)).when(follow_up(after(100)))
    assert story.state.status is FollowUpStatus.DONE


def test_a_call_after_all_of_them_begins_anew_if_it_goes_on_again() -> None:
    story = begun()
    for day in (6, 20, 88, 120):
        story.on(after(day)).when(follow_up(after(day)))
    assert story.state.status is FollowUpStatus.DONE
    story.on(after(130)).when(follow_up(after(130), suffering=True))
    assert (story.state.status, due_in(story)) == (FollowUpStatus.RUNNING, 160)


def test_a_late_one_does_not_stand_for_the_next() -> None:
    story = begun()
    story.on(after(35)).when(follow_up(after(35)))
    assert (story.state.number, due_in(story)) == (2, 42)


def test_whoever_is_not_reached_is_tried_on_other_days_and_so_often() -> None:
    story = begun()
    story.on(after(5)).when(in_vain(after(5)))
    assert (story.state.number, due_in(story)) == (1, 7)
    story.refuses(in_vain(after(5)), "attempted_already")
    story.on(after(6)).when(in_vain(after(6)))
    (last,) = story.on(after(7)).when(in_vain(after(7)))
    assert last.done
    assert (story.state.number, due_in(story)) == (2, 30)


def test_what_is_said_of_them_is_whole() -> None:
    story = begun()
    story.finds_wrong(follow_up(TODAY, suffering=None), "suffering", "missing")
    unreached = follow_up(TODAY, means=FollowUpMeans.NOT_REACHED, suffering=False)
    story.finds_wrong(unreached, "suffering", "not_allowed")
    story.finds_wrong(follow_up(TODAY - ONE_DAY), "done_on", "out_of_range")
    story.finds_wrong(follow_up(after(1)), "done_on", "out_of_range")


def test_figures_are_those_of_the_day_on_which_the_case_was_opened() -> None:
    story = begun(first_follow_up_days=3)
    assert due_in(story) == 3


def test_each_is_yellow_red_and_escalated_as_any_limit_of_the_bureau() -> None:
    story = begun()
    stages = []
    raising = commands.RaiseAlarm(
        stream=f"followup-{example.CLUE}", name=ClueLimit.FOLLOW_UP, about=None
    )
    story.refuses(raising, "limit_running")
    for _ in range(3):
        (raised,) = story.on(after(60)).when(raising)
        stages.append(str(raised.stage))
    assert stages == ["yellow", "red", "nudge"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 120), st.sampled_from([True, False, None])), max_size=12))
def test_the_next_is_never_due_before_today_and_there_is_one_until_all_are_over(
    calls: list[tuple[int, bool | None]],
) -> None:
    story = begun()
    day, done = TODAY, 0
    for later, suffering in calls:
        day += later * ONE_DAY
        command = in_vain(day) if suffering is None else follow_up(day, suffering=suffering)
        if suffering is None and day in story.state.attempts:
            continue
        (recorded,) = story.on(day).when(command)
        assert recorded.number == done + 1
        done += recorded.done
        if recorded.following is not None:
            assert recorded.following.span.due_on > day
        running = story.state.status is FollowUpStatus.RUNNING
        assert running == bool(story.state.limits)
        assert running or done >= 3
