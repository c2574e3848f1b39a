"""A point while it is one: certificate, plaque, details, place, liaison officers, suspension."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import certificates, point
from services.registry.domain.certificates import Register
from services.registry.domain.point import Point, PointStatus
from shared.contracts.errors import Invalid, Refused
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import PointDetail, RetirementGround, Size
from tests.services.registry import examples
from tests.services.registry import point_examples as example
from tests.services.registry.telling import NOON, Story, context, uid

ONE_DAY = dt.timedelta(days=1)
LATER = NOON + dt.timedelta(days=10)


def a_point() -> Story:
    story = Story(point, Point())
    story.when(examples.DESIGNATE_POINT)
    return story


def test_numbers_begin_anew_each_year_and_have_three_digits_or_more() -> None:
    register = Story(certificates, Register())
    given_numbers = [register.when(example.NUMBER)[0].certificate_number for _ in range(2)]
    assert given_numbers == ["株司监联〔2026〕001号", "株司监联〔2026〕002号"]
    (numbered,) = register.when(example.NUMBER, NOON.replace(year=2027))
    assert numbered.certificate_number == "株司监联〔2027〕001号"


def test_a_prefix_holds_from_its_day_on_and_the_count_goes_on() -> None:
    register = Story(certificates, Register())
    register.when(example.NUMBER)
    register.when(replace(example.SET_PREFIX, prefix="株司执监"))
    (numbered,) = register.when(example.NUMBER)
    assert numbered.certificate_number == "株司执监〔2026〕002号"
    register.refuses(replace(example.SET_PREFIX, prefix="株司执监"), "nothing_changes")


@given(st.lists(st.integers(2026, 2030), max_size=30))
def test_no_number_is_left_out_or_given_twice(years: list[int]) -> None:
    register = Story(certificates, Register())
    serials: dict[int, list[int]] = {}
    for year in sorted(years):
        (numbered,) = register.when(example.NUMBER, NOON.replace(year=year))
        serials.setdefault(year, []).append(numbered.serial)
    assert all(its == list(range(1, len(its) + 1)) for its in serials.values())


def test_a_name_changes_while_the_point_stays_what_it_is() -> None:
    story = a_point()
    (event,) = story.when(example.CHANGE_DETAILS)
    assert event.details == (PointDetail.UNIT_NAME, PointDetail.ADDRESS)
    assert story.state.unit_name == "晨光智能机械有限公司"
    story.refuses(example.CHANGE_DETAILS, "nothing_changes")
    with pytest.raises(Invalid):
        story.when(replace(example.CHANGE_DETAILS, unit_name=None, address=None))


def test_what_a_unit_is_changes_and_its_code_stays_until_another_is_given() -> None:
    story = a_point()
    coded = replace(example.GROWN, credit_code="91430211MA4L16JQ9B")
    (event,) = story.when(replace(example.CHANGE_PROFILE, profile=coded))
    assert (event.size, event.credit_code) == ("large", "91430211MA4L16JQ9B")
    story.refuses(example.CHANGE_PROFILE, "nothing_changes")
    smaller = replace(example.GROWN, size=Size.MEDIUM, staff=400)
    (event,) = story.when(replace(example.CHANGE_PROFILE, profile=smaller))
    assert (event.size, event.credit_code) == ("medium", None)
    assert story.state.profile == replace(smaller, credit_code="91430211MA4L16JQ9B")


def test_a_point_counts_in_its_new_district_from_a_day_that_may_lie_back() -> None:
    story = a_point()
    story.refuses(replace(example.MOVE, division="430211"), "nothing_changes")
    (event,) = story.when(replace(example.MOVE, moved_on=example.DAY + 3 * ONE_DAY), LATER)
    assert (event.from_division, event.division) == ("430211", "430204")
    back = replace(example.MOVE, division="430211", moved_on=example.DAY + 2 * ONE_DAY)
    with pytest.raises(Invalid):  # it was elsewhere on that day
        story.when(back, LATER)
    assert story.when(replace(back, moved_on=example.DAY + 3 * ONE_DAY), LATER)


@pytest.mark.parametrize("days", [-1, 1])
def test_nothing_happens_to_a_point_before_it_is_one_or_in_the_future(days: int) -> None:
    day = example.DAY + days * ONE_DAY
    for command in (
        replace(example.MOVE, moved_on=day),
        replace(example.MERGE, merged_on=day),
        replace(example.GIVE_PLAQUE, given_on=day),
    ):
        with pytest.raises(Invalid) as invalid:
            a_point().when(command)
        assert [its.code for its in invalid.value.problems] == ["out_of_range"]


def test_merging_links_the_two_and_opens_the_retirement_of_the_one() -> None:
    story = a_point()
    merged, opened = story.when(example.MERGE)
    assert merged.into_point_id == example.OTHER_POINT
    assert opened.ground is RetirementGround.WOUND_UP
    story.refuses(example.MERGE, "retirement_open")
    with pytest.raises(Invalid):
        a_point().when(replace(example.MERGE, into_point_id=example.POINT))


def test_a_unit_that_becomes_part_of_another_takes_in_none_so_mergers_never_go_round() -> None:
    story = a_point()
    story.when(example.MERGE)
    story.refuses(example.ABSORB, "merged_already")


def test_a_merger_that_was_none_is_undone_and_one_that_was_ends_with_retirement() -> None:
    story = a_point()
    story.when(example.MERGE)
    story.refuses(point.EndRetirement(facts_hold=True), "must_retire")
    undone, closed = story.when(point.EndRetirement(facts_hold=False), LATER)
    assert (undone.into_point_id, undone.undone_on) == (example.OTHER_POINT, LATER.date())
    assert closed.retirement_id == example.RETIREMENT
    assert story.when(example.ABSORB)


def test_nothing_merges_into_a_unit_that_was_no_point_yet() -> None:
    story = a_point()
    early = replace(example.ABSORB, merged_on=story.state.designated_on - ONE_DAY)
    with pytest.raises(Invalid) as invalid:
        story.when(early)
    assert [(its.path, its.code) for its in invalid.value.problems] == [
        ("merged_on", "out_of_range")
    ]
    assert story.when(example.ABSORB)


MERGERS = st.lists(
    st.tuples(st.sampled_from(["merge", "undo"]), st.integers(0, 3), st.integers(0, 3)),
    max_size=12,
)


@given(MERGERS)
def test_whoever_merges_with_whom_the_way_on_ends_at_a_unit_that_stands(
    acts: list[tuple[str, int, int]],
) -> None:
    units = {
        uid(50 + number): Story(point, Point()).happens(
            *point.decide(Point(), replace(examples.DESIGNATE_POINT, point_id=uid(50 + number)),
                          context())
        )
        for number in range(4)
    }  # fmt: skip
    for act, one, other in acts:
        gone, stays = uid(50 + one), uid(50 + other)
        parts: list[tuple[str, Any]] = [
            (gone, replace(example.MERGE, point_id=gone, into_point_id=stays)),
            (stays, point.Absorb(gone, example.DAY)),
        ]
        if act == "undo":
            into = units[gone].state.merged_into
            parts = [
                (gone, point.EndRetirement()),
                *([(into, point.Separate(gone))] if into else []),
            ]
        with contextlib.suppress(Refused, Invalid):
            decided = [
                (its, point.decide(units[its].state, command, context())) for its, command in parts
            ]
            for its, happened in decided:
                units[its].happens(*happened)
    for unit in units:
        passed: set[str] = set()
        while unit:
            assert unit not in passed, "the merger goes round"
            passed.add(unit)
            unit = units[unit].state.merged_into


def test_a_second_plaque_is_given_after_the_first_came_back() -> None:
    story = a_point()
    story.when(example.GIVE_PLAQUE)
    story.when(replace(example.RETURN_PLAQUE, returned_on=example.DAY + 3 * ONE_DAY), LATER)
    second = replace(example.GIVE_PLAQUE, plaque_number="2026-002")
    with pytest.raises(Invalid) as invalid:
        story.when(replace(second, given_on=example.DAY + 2 * ONE_DAY), LATER)
    assert invalid.value.problems[0].path == "given_on"
    assert story.when(replace(second, given_on=example.DAY + 3 * ONE_DAY), LATER)


def test_a_point_has_one_plaque_at_a_time() -> None:
    story = a_point()
    story.refuses(example.RETURN_PLAQUE, "plaque_not_held")
    story.when(example.GIVE_PLAQUE)
    story.refuses(replace(example.GIVE_PLAQUE, plaque_number="2026-002"), "plaque_held")
    (event,) = story.when(example.RETURN_PLAQUE)
    assert event.plaque_number == "2026-001"
    assert story.when(replace(example.GIVE_PLAQUE, plaque_number="2026-002"))


def test_a_plaque_that_is_out_is_asked_back_within_ten_working_days() -> None:
    story = a_point()
    story.when(example.GIVE_PLAQUE)
    story.when(example.BEGIN_RETIREMENT)
    retired, asked = story.when(example.RETIRE)
    assert isinstance(retired, events.PointRetired)
    assert (asked.limit.working_days, asked.limit.counted_from) == (10, example.DAY)
    assert story.when(example.RETURN_PLAQUE)
    story.refuses(example.RETURN_PLAQUE, "plaque_not_held")


def test_liaison_officers_are_replaced_and_the_past_stays() -> None:
    story = a_point()
    assert story.when(example.APPOINT_POINT_LIAISON)
    assert story.when(replace(example.APPOINT_POINT_LIAISON, liaison_name="赵接任"))
    assert story.when(example.APPOINT_BUREAU_LIAISON)
    story.refuses(example.APPOINT_BUREAU_LIAISON, "nothing_changes")


NOT_WHILE_SUSPENDED = [
    example.GIVE_PLAQUE,
    example.ABSORB,
    point.BeginRenewal(example.RENEWAL),
    example.SUSPEND,
]


@pytest.mark.parametrize("command", NOT_WHILE_SUSPENDED, ids=lambda its: type(its).__name__)
def test_what_a_suspended_point_may_not(command: object) -> None:
    story = a_point()
    story.when(example.SUSPEND)
    story.refuses(command, "wrong_state")


def test_a_suspended_point_keeps_its_term_and_can_be_retired() -> None:
    story = a_point()
    ends_on = story.state.term_ends_on
    story.when(example.SUSPEND)
    assert story.state.term_ends_on == ends_on
    assert story.when(example.BEGIN_RETIREMENT)
    assert story.when(example.RESUME, LATER)
    assert story.state.status is PointStatus.ACTIVE


def test_retirement_needs_its_procedure_and_the_ground_that_it_was_opened_on() -> None:
    story = a_point()
    story.refuses(example.RETIRE, "retirement_not_open")
    story.when(example.BEGIN_RETIREMENT)
    story.refuses(replace(example.RETIRE, ground=RetirementGround.OWN_WISH), "ground_differs")
    story.refuses(example.BEGIN_RETIREMENT, "retirement_open")
    (event,) = story.when(example.RETIRE)
    assert (event.ground, event.retired_on) == (RetirementGround.LEAKING, example.DAY)
    story.refuses(example.RETIRE, "wrong_state")


def test_every_command_about_a_point_has_an_example() -> None:
    ours = {type(its) for its in example.POINT_COMMANDS} | {commands.RetirePoint}
    known = {its.cls for its in commands.COMMANDS if "point_id" in its.classes}
    assert known <= ours
