"""Opinions, boxes, symposia, proposals, themes, inspections, imports, totals, settings."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from services.clues.domain import (
    box,
    inspections,
    opinion,
    proposal,
    records,
    symposium,
    theme,
)
from services.clues.domain.entries import Origin, filing_of
from services.clues.domain.settings import FIGURES, Schedule
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import (
    ClueKind,
    ClueLimit,
    Nature,
    OpinionStatus,
    Reporting,
    ThemeStatus,
    Way,
)
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from shared.contracts.figures import FigureSet
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.keeping.domain import known_point, setting
from tests.services.clues import examples as example
from tests.services.clues.telling import TODAY, Story, context, uid


def test_an_opinion_is_answered_in_fifteen_working_days_and_told_through_its_point() -> None:
    story = Story(opinion, opinion.Opinion())
    (filed,) = story.when(example.FILE_OPINION)
    assert filed.answering.span.days == 15
    story.when(example.ADOPT)
    assert list(story.state.limits) == [(ClueLimit.RELAY, None)]
    story.when(example.RELAY_ANSWER)
    assert story.state.status is OpinionStatus.TOLD


def test_an_opinion_without_a_point_is_told_by_its_answer() -> None:
    story = Story(opinion, opinion.Opinion())
    story.when(opinion.File(example.FILE_OPINION_COMMAND, Origin(Way.FORM)), example.EXPLAIN)
    assert story.state.status is OpinionStatus.TOLD
    assert story.state.limits == {}


def test_only_an_adopted_opinion_becomes_a_proposal_and_every_such_one_does() -> None:
    story = Story(opinion, opinion.Opinion())
    story.when(example.FILE_OPINION)
    without = dataclasses.replace(example.ADOPT, responsible=None)
    story.finds_wrong(without, "responsible", "missing")
    with_it = dataclasses.replace(example.EXPLAIN, proposal="制定办法")
    story.finds_wrong(with_it, "proposal", "not_allowed")


def test_alarms_of_an_opinion_are_raised_too() -> None:
    story = Story(opinion, opinion.Opinion())
    story.when(example.FILE_OPINION)
    raising = commands.RaiseAlarm(
        stream=f"opinion-{example.OPINION}", name=ClueLimit.OPINION, about=None
    )
    story.refuses(raising, "limit_running")
    (raised,) = story.on(TODAY + 60 * ONE_DAY).when(raising)
    assert raised.stage == "yellow"


@pytest.mark.parametrize(
    ("instead", "path", "code"),
    [
        ({"topics": ()}, "topics", "missing"),
        ({"kinds": (ClueKind.INACTION,)}, "kinds", "not_allowed"),
        ({"urgent": True}, "urgent", "not_allowed"),
        ({"amount": 100}, "amount", "not_allowed"),
        ({"nature": Nature.CLUE, "topics": ()}, "kinds", "missing"),
        (
            {"nature": Nature.CLUE, "kinds": (ClueKind.INACTION,), "topics": (), "body": None},
            "body",
            "missing",
        ),
        ({"nature": Nature.CLUE, "kinds": (ClueKind.INACTION,)}, "topics", "not_allowed"),
    ],
)
def test_an_entry_has_what_its_nature_has(instead: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        filing_of(dataclasses.replace(example.SLIP, **instead), Way.OPINION_BOX, uid(60))
    assert [(its.path, its.code) for its in invalid.value.problems] == [(path, code)]


def test_a_name_on_a_slip_needs_no_phone() -> None:
    slip = dataclasses.replace(example.SLIP, reporting=Reporting.NAMED, reporter_name="钱某")
    origin = Origin(Way.OPINION_BOX, point_id=example.POINT, source_id=example.EMPTYING)
    filing = opinion.File(filing_of(slip, Way.OPINION_BOX, uid(60)), origin)
    assert Story(opinion, opinion.Opinion()).when(filing)


def test_a_box_is_emptied_and_removed_in_the_order_of_its_days() -> None:
    story = Story(box, box.Box())
    story.when(example.PLACE)
    before = dataclasses.replace(example.EMPTY, emptied_on=TODAY - ONE_DAY)
    story.finds_wrong(before, "emptied_on", "out_of_range")
    (emptied,) = story.when(example.EMPTY)
    assert (emptied.number, emptied.entry_ids) == (1, (example.ENTRY,))
    story.refuses(example.EMPTY, "already_exists")
    empty = dataclasses.replace(example.EMPTY, emptying_id=uid(61), entries=())
    assert story.when(empty)[0].number == 0
    story.when(example.REMOVE)
    story.refuses(empty, "wrong_state")


def test_a_symposium_is_planned_ahead_and_held_when_it_was() -> None:
    story = Story(symposium, symposium.Symposium())
    past = dataclasses.replace(example.SCHEDULE_COMMAND, planned_on=TODAY - ONE_DAY)
    story.finds_wrong(symposium.Schedule(past, None), "planned_on", "out_of_range")
    story.when(example.SCHEDULE)
    ahead = dataclasses.replace(example.HOLD, held_on=TODAY + ONE_DAY)
    story.finds_wrong(ahead, "held_on", "out_of_range")
    story.when(example.HOLD)
    story.refuses(example.CANCEL, "wrong_state")
    other = Story(symposium, symposium.Symposium())
    other.when(example.SCHEDULE, example.CANCEL)


@pytest.mark.parametrize("end", [example.COMPLETE, example.DROP])
def test_a_proposal_is_told_back_once_it_is_over(end: Any) -> None:
    story = Story(proposal, proposal.Proposal())
    story.when(example.OPEN_PROPOSAL, example.PROPOSAL_STEP)
    story.refuses(example.TELL_BACK, "wrong_state")
    story.when(end, example.TELL_BACK)
    story.refuses(example.TELL_BACK, "nothing_changes")


def counted(number: int, division: str = example.DISTRICT) -> theme.Count:
    return dataclasses.replace(example.COUNT, clue_id=uid(800 + number), division=division)


def test_three_clues_on_one_body_and_kind_within_ninety_days_are_a_theme() -> None:
    story = Story(theme, theme.Theme())
    story.when(counted(1))
    story.on(TODAY + 40 * ONE_DAY).when(counted(2))
    _, raised = story.on(TODAY + 89 * ONE_DAY).when(counted(3))
    assert raised.clue_ids == (uid(801), uid(802), uid(803))
    assert (raised.first_on, raised.last_on) == (TODAY, TODAY + 89 * ONE_DAY)
    assert len(story.when(counted(4))) == 1, "it is raised once"


def test_on_the_ninety_first_day_the_first_counts_no_more() -> None:
    story = Story(theme, theme.Theme())
    story.when(counted(1), counted(2))
    assert len(story.on(TODAY + 90 * ONE_DAY).when(counted(3))) == 1
    assert story.state.status is ThemeStatus.WATCHED


def test_a_theme_that_was_concluded_begins_anew() -> None:
    story = Story(theme, theme.Theme())
    story.when(counted(1), counted(2), counted(3), example.CONCLUDE_THEME)
    assert len(story.when(counted(4))) == 1
    story.when(counted(5))
    assert len(story.when(counted(6))) == 2
    story.refuses(counted(6), "nothing_changes")


def test_what_two_districts_have_met_is_the_citys_theme() -> None:
    story = Story(theme, theme.Theme())
    story.when(counted(1), counted(2, "430203"))
    assert story.state.division == "430200"
    _, raised = story.when(counted(3, "430203"))
    assert raised.division == "430200"


def test_the_fifth_inspection_of_a_unit_in_a_year_is_told_once() -> None:
    story = Story(inspections, inspections.Inspections())
    events_ = [
        len(
            story.when(
                inspections.Count(
                    dataclasses.replace(example.INSPECT, inspection_id=uid(900 + number)),
                    example.INSPECTIONS,
                )
            )
        )
        for number in range(7)
    ]
    assert events_ == [1, 1, 1, 1, 2, 1, 1]


def test_the_speechs_totals_of_2024_are_a_baseline() -> None:
    state = records.Baseline()
    (recorded,) = records.decide_baseline(state, example.BASELINE, context())
    assert (recorded.complaints, recorded.shares[0].number) == (326, 158)
    again = records.evolve_baseline(state, recorded)
    with pytest.raises(Refused):
        records.decide_baseline(again, example.BASELINE, context())


@pytest.mark.parametrize(
    ("instead", "path"),
    [
        ({"year": 2026}, "year"),
        ({"shares": (events.BaselineShare(name="其他", number=327),)}, "shares[0].number"),
        (
            {"shares": (events.BaselineShare(name="甲", number=1),) * 2},
            "shares[1].name",
        ),
    ],
)
def test_totals_that_cannot_be_are_refused(instead: dict[str, Any], path: str) -> None:
    command = dataclasses.replace(example.BASELINE, **instead)
    with pytest.raises(Invalid) as invalid:
        records.decide_baseline(records.Baseline(), command, context())
    assert invalid.value.problems[0].path == path


def test_an_import_of_nothing_new_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        records.decide_import(
            records.Import(), records.TakeIn(example.IMPORT_COMMAND, ()), context()
        )
    assert refusal.value.reason == "all_taken_in"


def test_what_is_known_of_a_point_is_what_the_registry_said_last() -> None:
    state = known_point.KnownPoint()
    (noted,) = known_point.decide(state, example.NOTE_POINT, context())
    state = known_point.evolve(state, noted)
    moved = commands.NotePoint(
        point_id=example.POINT, standing=None, division="430203", unit_name=None
    )
    (noted,) = known_point.decide(state, moved, context())
    state = known_point.evolve(state, noted)
    assert state == known_point.KnownPoint(KnownStanding.ACTIVE, "430203", "晨光机械有限公司")
    with pytest.raises(Refused):
        known_point.decide(state, moved, context())


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda its: its.name)
def test_every_figure_can_be_set_within_its_limits_and_has_a_name_for_people(figure: Any) -> None:
    assert figure.least <= figure.default <= figure.most
    assert any("\u4e00" <= character <= "\u9fff" for character in figure.zh)
    story = Story(setting, setting.Setting(Schedule()))
    other = figure.least if figure.default != figure.least else figure.most
    one = (FigureSet(name=figure.name, value=other),)
    story.when(dataclasses.replace(example.CHANGE_SETTINGS, figures=one))
    assert getattr(story.state.schedule.on(TODAY), figure.name) == other
    assert getattr(story.state.schedule.on(TODAY - ONE_DAY), figure.name) == figure.default


def test_settings_are_changed_from_a_day_on_and_backdated_only_as_a_correction() -> None:
    story = Story(setting, setting.Setting(Schedule()))
    backdated = dataclasses.replace(example.CHANGE_SETTINGS, effective_from=TODAY - ONE_DAY)
    story.refuses(backdated, "backdated")
    story.when(dataclasses.replace(backdated, corrects="原值录入错误"))
    story.refuses(example.CHANGE_SETTINGS, "nothing_changes")
    unknown = (FigureSet(name="no_such_days", value=1),)
    story.finds_wrong(
        dataclasses.replace(example.CHANGE_SETTINGS, figures=unknown),
        "figures[0].name",
        "not_in_vocabulary",
    )


def test_working_days_of_a_year_are_those_noted_last() -> None:
    story = Story(setting, setting.Setting(Schedule()))
    story.when(example.NOTE_DAYS)
    story.refuses(example.NOTE_DAYS, "nothing_changes")
    story.when(dataclasses.replace(example.NOTE_DAYS, off=(dt.date(2027, 1, 4),)))
    assert story.state.tables[2027].off == frozenset({dt.date(2027, 1, 4)})


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1948, 12, 31), TODAY + ONE_DAY])
def test_days_that_nobody_remembers_or_knows_yet_are_refused(day: dt.date) -> None:
    placing = dataclasses.replace(example.PLACE_COMMAND, placed_on=day)
    Story(box, box.Box()).finds_wrong(box.Place(placing, None), "placed_on", "out_of_range")
    meeting = Story(symposium, symposium.Symposium())
    meeting.when(example.SCHEDULE)
    held = dataclasses.replace(example.HOLD, held_on=day)
    meeting.finds_wrong(held, "held_on", "out_of_range")
    inspected = records.NoteDown(dataclasses.replace(example.INSPECT, inspected_on=day), None)
    with pytest.raises(Invalid) as invalid:
        records.decide_inspection(records.Inspection(), inspected, context())
    assert invalid.value.problems[0].path == "inspected_on"
