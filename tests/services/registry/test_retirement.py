"""The procedure of a retirement: told, heard, decided, and what each ground asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from services.registry.domain import retirement
from services.registry.domain.retirement import PATHS, Retirement
from shared.contracts.days import start_of_day
from shared.contracts.errors import Invalid
from shared.contracts.registry.vocabulary import Resolution, RetirementGround, RetirementStatus
from tests.services.registry import point_examples as example
from tests.services.registry.telling import NOON, Story

G = RetirementGround
ONE_DAY = dt.timedelta(days=1)
KEEP = replace(example.DECIDE, resolution=Resolution.KEEP, reasons="情节轻微")
NOT_SO = replace(KEEP, facts_hold=False, reasons="事实不成立")
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
    opened(ground).refuses(example.DECIDE, "facts_not_told")
    told(ground).refuses(example.DECIDE, "statement_open")


@pytest.mark.parametrize("ground", [G.WOUND_UP, G.OWN_WISH])
def test_who_is_reproached_nothing_has_nothing_to_defend(ground: RetirementGround) -> None:
    story = opened(ground)
    story.when(example.DECIDE)
    assert story.state.status is RetirementStatus.TO_RETIRE


def test_a_statement_or_a_waiver_opens_the_way_to_the_decision() -> None:
    for command in (example.STATE, example.WAIVE):
        story = told()
        story.when(command)
        assert story.when(example.DECIDE)


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

    heard().refuses(replace(example.DECIDE, facts_hold=False), "facts_not_established")
    if PATHS[ground].must:
        heard().refuses(KEEP, "must_retire")
    else:
        assert heard().when(KEEP)
    if ground is G.TERM_OVER:
        heard().refuses(NOT_SO, "must_retire")
    else:
        story = heard()
        story.when(NOT_SO)
        assert story.state.status is RetirementStatus.KEPT


def test_the_decision_needs_a_quorum_and_a_meeting_after_the_opening() -> None:
    story = opened(G.OWN_WISH)
    story.refuses(replace(example.DECIDE, present=4), "no_quorum")
    for day in (example.DAY - ONE_DAY, example.DAY + ONE_DAY):
        with pytest.raises(Invalid) as invalid:
            story.when(decided_on(day))
        assert invalid.value.problems[0].path == "held_on"


def test_the_facts_are_told_on_a_day_of_the_procedure() -> None:
    for day in (example.DAY - ONE_DAY, example.DAY + ONE_DAY):
        with pytest.raises(Invalid):
            opened().when(replace(example.TELL, told_on=day))


@pytest.mark.parametrize("before", [[], [example.TELL], [example.TELL, example.STATE]])
def test_a_renewed_term_ends_the_retirement_that_its_end_had_opened(before: list[object]) -> None:
    story = opened(G.TERM_OVER)
    for command in before:
        story.when(command)
    story.when(retirement.EndByRenewal())
    assert story.state.status is RetirementStatus.KEPT


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
