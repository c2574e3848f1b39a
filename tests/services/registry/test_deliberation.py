"""Deliberation beside its list: reserves in order, who was left out, meetings without a quorum."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import batch
from services.registry.domain.batch import Batch
from services.registry.domain.deliberation import NoteQualified
from shared.contracts.errors import Invalid
from shared.contracts.registry import commands
from tests.services.registry import examples as example
from tests.services.registry.telling import NOON, Story, uid

A, B, C, D = (uid(n) for n in range(101, 105))
BUREAU = example.DELIBERATE


def qualified(*units: str, places: int = 2) -> Story:
    story = Story(batch, Batch())
    story.when(replace(example.OPEN_BATCH, places=places))
    for unit in units:
        story.when(NoteQualified(unit))
    return story


def left(*units: str) -> tuple[commands.LeftOut, ...]:
    return tuple(commands.LeftOut(application_id=unit, reasons="本区名额已满") for unit in units)


def deciding(
    *listed: str, reserves: tuple[str, ...] = (), left_out: tuple[str, ...] | None = ()
) -> commands.RecordDeliberation:
    return replace(
        BUREAU,
        listed=listed,
        reserves=reserves,
        left_out=None if left_out is None else left(*left_out),
    )


def test_a_decision_that_closes_the_round_forgets_no_qualified_unit() -> None:
    story = qualified(A, B, C)
    story.refuses(deciding(A, reserves=(B,)), "qualified_unaccounted")
    (event,) = story.when(deciding(A, reserves=(B,), left_out=(C,)))
    assert (event.listed, event.reserves, event.left_out) == ((A,), (B,), (C,))
    assert not story.state.qualified


def test_reserves_are_kept_until_the_bureau_closes_them() -> None:
    story = qualified(A, B, C)
    story.refuses(example.CLOSE_RESERVES, "no_reserves")
    story.when(deciding(A, reserves=(B, C), left_out=None))
    (event,) = story.when(example.CLOSE_RESERVES)
    assert event.application_ids == (B, C)
    story.refuses(replace(example.PROMOTE, application_id=B), "not_a_reserve")
    story.refuses(example.CLOSE_RESERVES, "no_reserves")


def test_a_decision_on_the_way_leaves_the_others_for_later() -> None:
    story = qualified(A, B)
    story.when(deciding(A, left_out=None))
    assert story.state.qualified.keys() == {B}


@pytest.mark.parametrize(
    ("decision", "path"),
    [
        (deciding(A, reserves=(A,)), "reserves[0]"),
        (deciding(A, left_out=(B, A)), "left_out[1]"),
        (deciding(A, reserves=(B,), left_out=(B,)), "left_out[0]"),
        (deciding(), "listed"),
    ],
)
def test_a_unit_stands_in_one_list_and_there_is_one(
    decision: commands.RecordDeliberation, path: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        qualified(A, B).when(decision)
    assert invalid.value.problems[0].path == path


@pytest.mark.parametrize(("present", "decides"), [(0, False), (4, False), (5, True)])
def test_a_meeting_decides_or_is_adjourned_and_never_both(present: int, decides: bool) -> None:
    decision = replace(deciding(A, left_out=None), present=present)
    adjourned = replace(example.ADJOURN, present=present)
    story = qualified(A)
    if decides:
        story.refuses(adjourned, "quorum_met")
        assert story.when(decision)
    else:
        story.refuses(decision, "no_quorum")
        assert story.when(adjourned)
        story.refuses(adjourned, "already_exists")


def test_a_meeting_comes_after_the_review_of_all_that_it_decides_about() -> None:
    later = dt.timedelta(days=3)
    story = qualified(A)
    story.when(NoteQualified(B), at=NOON + later)
    early = deciding(A, reserves=(B,), left_out=None)
    for decision in (early, deciding(A, left_out=(B,)), deciding(B, left_out=None)):
        with pytest.raises(Invalid) as invalid:
            story.when(decision, at=NOON + later)
        assert [(its.path, its.code) for its in invalid.value.problems] == [
            ("held_on", "too_early")
        ]
    story.when(replace(early, held_on=example.DAY + later), at=NOON + later)


def test_no_meeting_is_held_over_a_batch_before_it_opens() -> None:
    before = example.OPEN_BATCH.opens_on - dt.timedelta(days=1)
    for meeting in (deciding(A, left_out=None), example.ADJOURN):
        with pytest.raises(Invalid) as invalid:
            qualified(A).when(replace(meeting, held_on=before))
        assert [(its.path, its.code) for its in invalid.value.problems] == [
            ("held_on", "too_early")
        ]


def test_a_freed_place_goes_to_the_next_reserve() -> None:
    story = qualified(A, B, C, D)
    story.when(deciding(A, B, reserves=(C, D)))
    promote = replace(example.PROMOTE, application_id=C)
    story.refuses(promote, "too_few_places")
    story.when(batch.FreePlace(A))
    (event,) = story.when(promote)
    assert (event.deviates, story.state.listed, story.state.reserves) == (False, {B, C}, (D,))
    story.refuses(promote, "not_a_reserve")


def test_another_reserve_than_the_next_takes_the_place_with_reasons_only() -> None:
    story = qualified(A, C, D, places=2)
    story.when(deciding(A, reserves=(C, D)))
    promote = replace(example.PROMOTE, application_id=D)
    story.refuses(promote, "reasons_needed")
    (event,) = story.when(replace(promote, reasons="首位候补单位书面放弃递补"))
    assert event.deviates
    assert story.state.reserves == (C,)


@given(st.permutations([A, B, C, D]), st.integers(1, 4), st.lists(st.sampled_from([A, B, C, D])))
def test_no_order_of_promotions_gives_more_places_than_there_are(
    reserves: list[str], places: int, wanted: list[str]
) -> None:
    story = qualified(A, B, C, D, places=places)
    story.when(deciding(reserves=tuple(reserves)))
    for unit in wanted:
        promote = replace(example.PROMOTE, application_id=unit, reasons="经研究决定")
        if unit in story.state.reserves and len(story.state.listed) < places:
            story.when(promote)
        else:
            before = story.state
            with pytest.raises(Exception, match=r"reserve|place"):
                story.when(promote)
            assert story.state == before
    assert len(story.state.listed) <= places
    assert story.state.listed | set(story.state.reserves) == {A, B, C, D}
