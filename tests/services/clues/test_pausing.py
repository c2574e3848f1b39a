"""Limits that wait for somebody outside: which may, with what, and what becomes of their days."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as running_settings
from hypothesis import strategies as st

from services.clues.domain import clue, limits
from services.clues.domain.clue import Clue
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import PAUSABLE, ClueLimit
from shared.contracts.days import ONE_DAY
from tests.services.clues import examples as example
from tests.services.clues.stories import ACCEPTED, ANSWERED, REFERRED, VERIFIED, VERIFYING
from tests.services.clues.telling import CALENDAR, TODAY, Story

_L = ClueLimit
OWING = [
    *(*VERIFIED, example.CLAIM_REFUND, example.VERIFY_REFUND, example.GIVE_NOTICE),
    *(example.ORDER_REFUND, example.GIVE_OPINION),
]
"""A refund to be paid, and an opinion to be followed."""


def told(*commands_: Any) -> Story:
    story = Story(clue, Clue())
    story.when(*commands_)
    return story


def paused(*names: ClueLimit) -> commands.PauseLimits:
    return dataclasses.replace(example.PAUSE_LIMITS, limits=names)


@pytest.mark.parametrize(
    ("reached", "name", "about"),
    [
        (ACCEPTED, _L.OVERALL, None),
        (REFERRED, _L.ANSWER, None),
        (OWING, _L.CORRECTION, example.SECOND_OUTCOME),
        (OWING, _L.REFUND_PAYMENT, example.CLAIM),
    ],
)
def test_what_the_case_waits_for_stops_and_the_case_with_it(
    reached: list[Any], name: ClueLimit, about: str | None
) -> None:
    story = told(*reached).on(TODAY + 7 * ONE_DAY)
    before = dict(story.state.limits)
    status = story.state.status
    (event,) = story.when(paused(name))
    assert {its.name for its in event.stopped} == {name, _L.OVERALL}
    assert set(story.state.stopped) == {(name, about), (_L.OVERALL, None)}
    assert not set(story.state.stopped) & set(story.state.limits)
    assert story.state.status is status, "the case stays where it is"
    story.refuses(
        commands.RaiseAlarm(stream=f"clue-{example.CLUE}", name=name, about=about), "wrong_state"
    )
    story.on(story.day + 100 * ONE_DAY).when(example.RESUME_LIMITS)
    assert story.state.stopped == {}
    for key, its in before.items():
        left = story.state.limits[key].span
        if key in {(name, about), (_L.OVERALL, None)}:
            assert left.counted_from == story.day
            used = limits.left_of(its.span, TODAY + 7 * ONE_DAY, CALENDAR)
            assert left.days == used < its.span.days
        else:
            assert left == its.span, "what waits for nobody runs on"


@pytest.mark.parametrize("name", sorted(set(ClueLimit) - set(PAUSABLE)))
def test_what_the_bureau_owes_by_itself_waits_for_nobody(name: ClueLimit) -> None:
    told(*ACCEPTED).finds_wrong(paused(name), "limits[0]", "not_allowed")


def test_what_does_not_run_or_has_passed_is_not_stopped() -> None:
    story = told(*ACCEPTED)
    story.refuses(paused(_L.ANSWER), "limit_not_running")
    story.refuses(example.RESUME_LIMITS, "nothing_paused")
    story.when(example.PAUSE_LIMITS)
    story.refuses(example.PAUSE_LIMITS, "limit_not_running")
    late = told(*ACCEPTED).on(TODAY + 61 * ONE_DAY)
    late.refuses(example.PAUSE_LIMITS, "limit_not_running")


def test_whoever_goes_on_with_a_case_lets_its_time_run_first() -> None:
    story = told(*ACCEPTED, example.PAUSE_LIMITS)
    for command in (example.REFER, example.START, example.EXTEND_CASE):
        story.refuses(command, "limit_paused")
    story.when(example.RESUME_LIMITS)
    assert story.when(example.EXTEND_CASE)
    answered = told(*REFERRED, paused(_L.ANSWER), example.ANSWER)
    assert set(answered.state.stopped) == {(_L.OVERALL, None)}, "the answer has come"
    answered.refuses(example.START, "limit_paused")


def test_a_body_whose_days_to_correct_wait_is_not_late() -> None:
    story = told(*OWING, paused(_L.CORRECTION)).on(TODAY + 31 * ONE_DAY)
    story.refuses(example.GIVE_DECISION, "limit_paused")
    story.when(example.RESUME_LIMITS)
    story.refuses(example.GIVE_DECISION, "correction_running")


def test_what_is_paid_waits_no_more_and_the_case_is_closed_meanwhile() -> None:
    story = told(*OWING, paused(_L.REFUND_PAYMENT, _L.CORRECTION))
    story.when(example.PAY, example.PAY_REST)
    assert (_L.REFUND_PAYMENT, example.CLAIM) not in story.state.stopped
    story.when(example.COMPLY, example.CLOSE)
    assert story.state.stopped == {}


def test_a_verification_is_paused_with_its_work_and_the_case_with_it() -> None:
    story = told(*VERIFYING)
    story.refuses(example.PAUSE_LIMITS, "wrong_state")
    story.when(example.PAUSE)
    assert set(story.state.paused) == {_L.VERIFICATION, _L.OVERALL}
    story.refuses(example.RESUME_LIMITS, "wrong_state")


@running_settings(max_examples=50, deadline=None)
@given(
    reached=st.sampled_from([ACCEPTED, ANSWERED]),
    pauses=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 90)), min_size=1, max_size=4),
)
def test_the_whole_case_runs_its_days_and_none_of_a_pause(
    reached: list[Any], pauses: list[tuple[int, int]]
) -> None:
    story, used = told(*reached), 0
    since = TODAY
    for runs, rests in pauses:
        story.on(story.day + runs * ONE_DAY)
        if limits.has_passed(story.state.limits[_L.OVERALL, None].span, story.day):
            break
        story.when(example.PAUSE_LIMITS)
        used += max(0, (story.day - since).days - 1)
        story.on(story.day + rests * ONE_DAY).when(example.RESUME_LIMITS)
        since = story.day
        left = story.state.limits[_L.OVERALL, None].span
        assert (left.counted_from, left.days) == (story.day, max(1, 60 - used))
