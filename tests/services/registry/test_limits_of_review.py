"""Limits of opinions and of objections: at the second, over holidays, and a table that is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from services.registry.domain import application, notice
from services.registry.domain.application import Application
from services.registry.domain.context import Context
from services.registry.domain.notice import Notice
from shared.contracts.days import business_date
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import LimitName
from shared.contracts.working_days import YearTable
from tests.services.registry import examples as example
from tests.services.registry.telling import CALENDAR, NOON, Story, context

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
SECOND = dt.timedelta(seconds=1)


def midnight_after(day: str) -> dt.datetime:
    next_day = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    return dt.datetime.combine(next_day, dt.time(), SHANGHAI)


def shanghai(day: str, hour: int = 12) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), SHANGHAI)


def objected(at: dt.datetime) -> Story:
    story = Story(notice, Notice())
    story.when(example.PUBLISH, at)
    story.when(example.OBJECT, at)
    return story


def asked(at: dt.datetime) -> Story:
    story = Story(application, Application())
    for command in (example.SUBMITTED, example.PASS, example.ASK_OPINION):
        story.when(command, at)
    return story


# The working weekends 14 and 28 February and the holidays of 15 to 23 February are 2026's.
@pytest.mark.parametrize(
    ("raised", "due"),
    [
        ("2026-03-02", "2026-03-16"),
        ("2026-02-09", "2026-02-28"),
        ("2026-02-13", "2026-03-05"),
        ("2026-09-25", "2026-10-15"),
    ],
)
def test_an_objection_is_verified_in_ten_working_days_to_the_last_second(
    raised: str, due: str
) -> None:
    story = objected(shanghai(raised))
    over = midnight_after(due)
    story.refuses(example.OBJECTION_OVERDUE, "limit_running", over - SECOND)
    (event,) = story.when(example.OBJECTION_OVERDUE, over)
    assert event.due_on.isoformat() == due


@pytest.mark.parametrize(
    ("day", "due"), [("2026-02-12", "2026-02-26"), ("2026-03-02", "2026-03-09")]
)
def test_an_opinion_is_due_in_five_working_days_to_the_last_second(day: str, due: str) -> None:
    story = asked(shanghai(day))
    over = midnight_after(due)
    story.refuses(example.OPINION_OVERDUE, "limit_running", over - SECOND)
    assert story.when(example.OPINION_OVERDUE, over)
    story.refuses(example.OPINION_OVERDUE, "wrong_state", over)


@pytest.mark.parametrize(("after", "late"), [(-SECOND, False), (0 * SECOND, True)])
def test_an_answer_after_the_last_second_is_late_and_taken(after: dt.timedelta, late: bool) -> None:
    story = asked(shanghai("2026-03-02"))
    (event,) = story.when(example.ANSWER, midnight_after("2026-03-09") + after)
    assert event.late is late
    story.refuses(example.ANSWER, "opinion_answered")


def test_an_answer_to_what_is_on_record_as_overdue_is_late() -> None:
    story = asked(shanghai("2026-03-02"))
    story.when(example.OPINION_OVERDUE, midnight_after("2026-03-09"))
    (event,) = story.when(example.ANSWER, midnight_after("2026-03-10"))
    assert (event.late, event.by_body) == (True, True)


def test_nobody_waits_for_an_opinion_once_its_application_has_ended() -> None:
    """Nor does its limit run on to be overdue."""
    story = asked(shanghai("2026-03-02"))
    _, taken_back = story.when(example.TAKE_BACK, shanghai("2026-03-03"))
    assert taken_back.opinion_id == example.ASK_OPINION.opinion_id
    assert not story.state.limits
    story.refuses(example.ANSWER, "opinion_unknown", shanghai("2026-03-04"))


def test_an_opinion_that_is_taken_back_is_neither_answered_nor_overdue() -> None:
    story = asked(shanghai("2026-03-02"))
    (event,) = story.when(example.TAKE_BACK_OPINION, shanghai("2026-03-03"))
    assert event.taken_back_on.isoformat() == "2026-03-03"
    later = midnight_after("2026-03-09")
    story.refuses(example.ANSWER, "opinion_unknown", later)
    story.refuses(example.OPINION_OVERDUE, "wrong_state", later)
    story.refuses(example.TAKE_BACK_OPINION, "opinion_unknown", later)


def test_a_verification_is_extended_once_and_before_its_limit_has_passed() -> None:
    late = objected(shanghai("2026-03-02"))
    late.refuses(example.EXTEND_VERIFICATION, "limit_passed", midnight_after("2026-03-16"))

    story = objected(shanghai("2026-03-02"))
    (event,) = story.when(example.EXTEND_VERIFICATION, midnight_after("2026-03-16") - SECOND)
    assert (event.limit.working_days, event.limit.due_on.isoformat()) == (15, "2026-03-23")
    story.refuses(example.EXTEND_VERIFICATION, "extended_already", shanghai("2026-03-17"))
    story.refuses(example.OBJECTION_OVERDUE, "limit_running", midnight_after("2026-03-16"))
    assert story.when(example.OBJECTION_OVERDUE, midnight_after("2026-03-23"))


def test_what_is_decided_is_neither_extended_nor_overdue() -> None:
    story = objected(shanghai("2026-03-02"))
    story.when(example.OVERRULE)
    story.refuses(example.EXTEND_VERIFICATION, "objection_decided")
    story.refuses(example.OBJECTION_OVERDUE, "wrong_state", midnight_after("2026-03-16"))


def test_a_limit_into_a_year_without_its_table_is_provisional_and_counted_anew_with_it() -> None:
    story = objected(shanghai("2026-12-21"))
    key = (LimitName.OBJECTION_VERIFICATION, example.OBJECTION)
    limit = story.state.limits[key]
    assert (limit.provisional, limit.due_on.isoformat()) == (True, "2027-01-05")

    holidays = YearTable(2027, off=frozenset(dt.date(2027, 1, day) for day in (1, 4, 5)))
    now = shanghai("2026-12-22")
    loaded = Context(now, business_date(now), "system", calendar=CALENDAR.with_table(holidays))
    anew = replace(
        example.RECOMPUTE_LIMIT, name=LimitName.OBJECTION_VERIFICATION, about=example.OBJECTION
    )
    (event,) = notice.decide(story.state, anew, loaded)
    story.happens(event)
    assert (event.limit.provisional, event.limit.due_on.isoformat()) == (False, "2027-01-07")
    assert story.state.limits[key] == event.limit
    with pytest.raises(Refused) as refusal:
        notice.decide(story.state, anew, loaded)
    assert refusal.value.reason == "nothing_changes"


def test_a_case_keeps_the_limit_of_its_own_day() -> None:
    story = Story(notice, Notice())
    story.when(example.PUBLISH)
    (event,) = story.when(example.OBJECT, NOON, objection_days=3)
    assert event.limit.due_on == dt.date(2026, 3, 5)
    assert context(NOON).settings.objection_days == 10
    story.refuses(example.OBJECTION_OVERDUE, "limit_running", midnight_after("2026-03-05") - SECOND)
    assert story.when(example.OBJECTION_OVERDUE, midnight_after("2026-03-05"))
