"""A corrected notice: the days of the unit concerned begin anew, those of the others go on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from services.registry.domain import notice
from services.registry.domain.notice import Notice
from tests.services.registry import examples as example
from tests.services.registry.telling import NOON, Story, uid

OTHER = uid(21)
SHANGHAI = dt.timezone(dt.timedelta(hours=8))


def corrected(day: int = 6) -> Story:
    """Published on 2 March with two units; the first was corrected on a later day."""
    units = (example.UNIT, replace(example.UNIT, application_id=OTHER))
    story = Story(notice, Notice())
    story.when(replace(example.PUBLISH, units=units))
    story.when(example.CORRECT_NOTICE, NOON.replace(day=day))
    return story


def march(day: int, *clock: int) -> dt.datetime:
    return dt.datetime.combine(dt.date(2026, 3, day), dt.time(*clock), SHANGHAI)


def designate(*units: str) -> object:
    return replace(example.DESIGNATE, application_ids=units)


def test_a_correction_says_what_was_wrong_and_runs_seven_whole_days_from_the_next() -> None:
    story = corrected()
    assert story.state.last_day_of(example.APPLICATION) == dt.date(2026, 3, 13)
    assert story.state.last_day_of(OTHER) == dt.date(2026, 3, 9)


def test_the_others_are_designated_when_their_own_days_are_over() -> None:
    story = corrected()
    story.refuses(designate(OTHER, example.APPLICATION), "notice_running", march(10))
    story.when(designate(OTHER), march(10))
    story.refuses(designate(example.APPLICATION), "notice_running", march(13, 23, 59, 59))
    assert story.when(designate(example.APPLICATION), march(14))


def test_objections_to_the_unit_concerned_are_heard_until_its_new_last_second() -> None:
    story = corrected()
    story.refuses(replace(example.OBJECT, application_id=OTHER), "notice_ended", march(10))
    story.when(example.OBJECT, march(13, 23, 59, 59))
    story.refuses(example.OTHER_OBJECTION, "notice_ended", march(14))


def test_a_second_correction_begins_the_days_once_more() -> None:
    story = corrected()
    (event,) = story.when(example.CORRECT_NOTICE, march(9, 23))
    assert (event.first_day, event.last_day) == (dt.date(2026, 3, 10), dt.date(2026, 3, 16))


def test_a_unit_that_is_designated_or_was_never_there_is_not_corrected() -> None:
    story = corrected()
    story.when(designate(OTHER), march(10))
    story.refuses(replace(example.CORRECT_NOTICE, application_id=OTHER), "not_on_notice", march(10))
    story.refuses(replace(example.CORRECT_NOTICE, application_id=uid(99)), "not_on_notice")


def test_the_unit_is_shown_anew_when_its_data_have_changed_and_only_then() -> None:
    story = corrected()
    (event,) = story.when(example.SHOW_ANEW)
    assert story.state.units[example.APPLICATION] == event.noticed_unit
    assert story.when(example.SHOW_ANEW) == []
