"""The procedure of a retirement: told, heard, decided, and what each ground asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import retirement
from services.registry.domain.retirement import PATHS, Retirement
from shared.contracts.days import start_of_day
from shared.contracts.errors import Invalid
from shared.contracts.limits import TimeLimit
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import (
    LimitName,
    Resolution,
    RetirementGround,
    RetirementStatus,
)
from tests.services.registry import point_examples as example
from tests.services.registry.telling import NOON, Story

G = RetirementGround
ONE_DAY = dt.timedelta(days=1)
KEEP = replace(example.DECIDE, resolution=Resolution.KEEP, reasons="情节轻微")
NOT_SO = replace(KEEP, facts_hold=False, reasons="事实不成立")
NEXT_NOON = NOON + ONE_DAY
"""When the meeting of the examples is on record: the day after the point was heard."""
LAST_DAY = dt.date(2026, 3, 9)
"""Five working days after Monday, 2 March."""


def opened(ground: RetirementGround = G.LEAKING) -> Story:
    story = Story(retirement, Retirement())
    story.when(replace(example.OPENED, ground=ground))
    return story


def told(ground: RetirementGround = G.LEAKING) -> Story:
    story = opened(ground)
    story.when(example.TELL)
    return story


def decided_on(day: dt.date, **instead: object) -> object:
    return replace(example.DECIDE, held_on=day, **instead)  # type: ignore[arg-type]


def test_the_speech_and_rules_name_every_ground() -> None:
    assert set(PATHS) == set(RetirementGround)
    assert [ground for ground, path in PATHS.items() if not path.defence] == [
        G.WOUND_UP, G.OWN_WISH,
    ]  # fmt: skip


@pytest.mark.parametrize("ground", [g for g, path in PATHS.items() if path.defence])
def test_nobody_retires_before_being_told_and_heard(ground: RetirementGround) -> None:
    opened(ground).refuses(example.DECIDE, "facts_not_told", NEXT_NOON)
    told(ground).refuses(example.DECIDE, "statement_open", NEXT_NOON)


@pytest.mark.parametrize("ground", [G.WOUND_UP, G.OWN_WISH])
def test_who_is_reproached_nothing_has_nothing_to_defend(ground: RetirementGround) -> None:
    story = opened(ground)
    story.when(example.DECIDE, NEXT_NOON)
    assert story.state.status is RetirementStatus.TO_RETIRE


def test_a_statement_or_a_waiver_opens_the_way_to_the_decision() -> None:
    for command in (example.STATE, example.WAIVE):
        story = told()
        story.when(command)
        assert story.when(example.DECIDE, NEXT_NOON)


def test_the_meeting_comes_after_the_day_on_which_the_point_was_heard() -> None:
    for command in (example.STATE, example.WAIVE):
        story = told()
        story.when(command)
        story.refuses(decided_on(example.DAY), "meeting_too_early", NEXT_NOON)


def test_a_meeting_that_did_not_have_the_last_statement_before_it_decides_nothing() -> None:
    story = told()
    story.when(example.STATE)
    added = example.DAY + 3 * ONE_DAY
    story.when(replace(example.STATE, made_on=added), NOON + 3 * ONE_DAY)
    story.when(replace(example.STATE, made_on=example.NEXT_DAY), NOON + 3 * ONE_DAY)
    later = NOON + 4 * ONE_DAY
    story.refuses(decided_on(added), "meeting_too_early", later)
    assert story.when(decided_on(added + ONE_DAY), later)


def test_a_waiver_on_record_late_does_not_undo_a_meeting_after_the_limit() -> None:
    story, held_on = told(), LAST_DAY + ONE_DAY
    waived = start_of_day(held_on + 2 * ONE_DAY)
    story.when(example.WAIVE, waived)
    assert story.when(decided_on(held_on), waived)


@given(st.lists(st.integers(0, 12), max_size=4), st.integers(0, 20), st.sampled_from(list(G)))
def test_whatever_was_said_when_no_meeting_decides_before_it_was_heard(
    said: list[int], held: int, ground: RetirementGround
) -> None:
    """Every statement lies before the meeting, or the limit does."""
    story, end = told(ground), NOON + 30 * ONE_DAY
    made = [example.DAY + days * ONE_DAY for days in said]
    in_time = [day for day in made if day <= LAST_DAY]
    for day in in_time:
        story.when(replace(example.STATE, made_on=day), end)
    held_on = example.DAY + held * ONE_DAY
    heard = bool(in_time) and max(in_time) < held_on
    if heard or held_on > LAST_DAY or not PATHS[ground].defence:
        assert story.when(decided_on(held_on), end)
    else:
        story.refuses(
            decided_on(held_on), "meeting_too_early" if in_time else "statement_open", end
        )


@given(behind=st.integers(min_value=0, max_value=60))
def test_no_day_on_which_it_was_told_takes_the_days_of_its_statement(behind: int) -> None:
    """It was told long ago, an officer says today: the point still has its working days."""
    today = example.DAY + behind * ONE_DAY
    noon = start_of_day(today) + dt.timedelta(hours=12)
    story = opened()
    (event,) = story.when(replace(example.TELL, told_on=example.DAY), noon)
    assert (event.told_on, event.limit.counted_from) == (example.DAY, today)
    story.refuses(decided_on(today), "statement_open", noon)


def test_a_provisional_limit_takes_effect_against_nobody() -> None:
    """2027 has no table: the fifth working day may yet move, so nobody has missed it."""
    day = dt.date(2026, 12, 30)
    noon = start_of_day(day) + dt.timedelta(hours=12)
    story = Story(retirement, Retirement())
    story.when(example.OPENED, noon)
    (event,) = story.when(replace(example.TELL, told_on=day), noon)
    assert event.limit.provisional
    later, late = noon + 30 * ONE_DAY, event.limit.due_on + ONE_DAY
    story.refuses(decided_on(late), "limit_provisional", later)
    anew = TimeLimit(counted_from=day, working_days=5, due_on=late, provisional=False)
    assert story.when(replace(example.STATE, made_on=late), later)  # which the table will bear out
    story.happens(events.LimitMoved(name=LimitName.STATEMENT, about=None, limit=anew))
    story.refuses(decided_on(late), "meeting_too_early", later)
    assert story.when(decided_on(late + ONE_DAY), later)


def test_the_limit_runs_to_the_last_second_of_the_fifth_working_day() -> None:
    (event,) = opened().when(example.TELL)
    assert (event.limit.due_on, event.limit.working_days) == (LAST_DAY, 5)
    over = start_of_day(LAST_DAY + ONE_DAY)
    told().refuses(decided_on(LAST_DAY), "statement_open", over - dt.timedelta(seconds=1))
    told().refuses(decided_on(LAST_DAY), "statement_open", over)  # the meeting was too early
    assert told().when(decided_on(LAST_DAY + ONE_DAY), over)


def test_what_was_said_in_time_may_be_recorded_later_and_what_came_late_may_not() -> None:
    later = NOON + 20 * ONE_DAY
    assert told().when(replace(example.STATE, made_on=LAST_DAY), later)
    late = replace(example.STATE, made_on=LAST_DAY + ONE_DAY)
    told().refuses(late, "statement_too_late", later)
    with pytest.raises(Invalid):
        told().when(replace(example.STATE, made_on=example.DAY - ONE_DAY))


def test_what_is_added_to_a_statement_keeps_its_limit_too() -> None:
    story = told()
    story.when(example.STATE)
    assert story.when(replace(example.STATE, made_on=LAST_DAY), NOON + 20 * ONE_DAY)
    late = replace(example.STATE, made_on=LAST_DAY + ONE_DAY)
    story.refuses(late, "statement_too_late", NOON + 20 * ONE_DAY)


@pytest.mark.parametrize("ground", list(RetirementGround))
def test_what_must_retire_is_kept_only_when_its_facts_are_not_so(ground: RetirementGround) -> None:
    def heard() -> Story:
        story = told(ground)
        story.when(example.STATE)
        return story

    at = NEXT_NOON
    heard().refuses(replace(example.DECIDE, facts_hold=False), "facts_not_established", at)
    if PATHS[ground].must:
        heard().refuses(KEEP, "must_retire", at)
    else:
        assert heard().when(KEEP, at)
    if ground is G.TERM_OVER:
        heard().refuses(NOT_SO, "must_retire", at)
    else:
        story = heard()
        story.when(NOT_SO, at)
        assert story.state.status is RetirementStatus.KEPT


def test_the_decision_needs_a_quorum_and_a_meeting_after_the_opening() -> None:
    story = opened(G.OWN_WISH)
    story.refuses(replace(example.DECIDE, present=4), "no_quorum", NEXT_NOON)
    for day in (example.DAY - ONE_DAY, example.DAY + ONE_DAY):
        with pytest.raises(Invalid) as invalid:
            story.when(decided_on(day))
        assert invalid.value.problems[0].path == "held_on"


def test_the_facts_are_told_on_a_day_of_the_procedure() -> None:
    for day in (example.DAY - ONE_DAY, example.DAY + ONE_DAY):
        with pytest.raises(Invalid):
            opened().when(replace(example.TELL, told_on=day))


@pytest.mark.parametrize(
    ("told_on", "last_day"),
    [
        (dt.date(2026, 2, 12), dt.date(2026, 2, 26)),  # over the Spring Festival, 2/14 worked
        (dt.date(2026, 4, 30), dt.date(2026, 5, 11)),  # over Labour Day, 5/9 worked
    ],
)
def test_festivals_and_working_weekends_count_as_they_are(
    told_on: dt.date, last_day: dt.date
) -> None:
    story = Story(retirement, Retirement())
    noon = start_of_day(told_on) + dt.timedelta(hours=12)
    story.when(example.OPENED, noon)
    (event,) = story.when(replace(example.TELL, told_on=told_on), noon)
    assert (event.limit.due_on, event.limit.provisional) == (last_day, False)
