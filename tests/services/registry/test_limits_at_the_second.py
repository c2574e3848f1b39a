"""Limits at the second: Spring Festival, working weekends, the year's end, a year without table.

Notice days are calendar days and know none of this; objection and supplement limits are working
days (rules.md sections 1 and 4). Expected days are read off the State Council's notice for 2026.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from services.registry.domain import limits, notice
from services.registry.domain.context import Context
from services.registry.domain.settings import Settings
from shared.contracts.days import ONE_DAY, SHANGHAI, business_date, start_of_day
from shared.contracts.errors import Refused
from shared.contracts.limits import TimeLimit, time_limit
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import LimitName
from shared.contracts.working_days import WorkingDays, YearTable
from shared.service.working_calendar import calendar
from tests.services.registry import examples as example
from tests.services.registry.telling import Story, context

SECOND = dt.timedelta(seconds=1)
MICROSECOND = dt.timedelta(microseconds=1)
D = dt.date
FIGURES = Settings()
NEW_YEAR_2027 = YearTable(2027, off=frozenset({D(2027, 1, 1), D(2027, 1, 4)}))


def at(text: str) -> dt.datetime:
    """An instant of a clock in Shanghai."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("published", "last_day"),
    [
        ("2026-02-12T00:00:00", D(2026, 2, 19)),
        ("2026-02-12T23:59:59", D(2026, 2, 19)),
        ("2026-02-13T00:00:00", D(2026, 2, 20)),
        ("2026-12-28T09:00:00", D(2027, 1, 4)),
        ("2026-12-31T23:59:59", D(2027, 1, 7)),
        ("2028-02-24T12:00:00", D(2028, 3, 2)),
    ],
)
def test_a_notice_runs_its_calendar_days_to_their_last_second(
    published: str, last_day: dt.date
) -> None:
    """Through the festival and over the year's end, never provisional."""
    story = Story(notice, notice.Notice())
    (event,) = story.when(example.PUBLISH, at(published))
    assert event.last_day == last_day

    end = start_of_day(last_day + ONE_DAY)
    assert Story(notice, story.state).when(example.OBJECT, end - MICROSECOND)
    story.refuses(example.OBJECT, "notice_ended", end)
    story.refuses(example.DESIGNATE, "notice_running", end - MICROSECOND)
    assert story.when(example.DESIGNATE, end)


@pytest.mark.parametrize(
    ("opened", "days", "last_day"),
    [
        # Spring Festival 2026: 14 and 28 February are worked, 15 to 23 February are off.
        ("2026-02-12T23:59:59", FIGURES.supplement_days, D(2026, 2, 26)),
        ("2026-02-13T00:00:00", FIGURES.supplement_days, D(2026, 2, 27)),
        ("2026-02-14T10:00:00", FIGURES.supplement_days, D(2026, 2, 28)),
        ("2026-02-20T10:00:00", FIGURES.supplement_days, D(2026, 2, 28)),
        ("2026-02-13T00:00:00", FIGURES.objection_days, D(2026, 3, 5)),
        # National Day: 20 September and 10 October are worked, 1 to 7 October are off.
        ("2026-09-18T17:00:00", 1, D(2026, 9, 20)),
        ("2026-09-30T17:00:00", FIGURES.supplement_days, D(2026, 10, 13)),
        ("2026-09-30T17:00:00", FIGURES.objection_days, D(2026, 10, 20)),
        ("2026-05-08T09:00:00", 1, D(2026, 5, 9)),
        ("2026-01-03T09:00:00", 1, D(2026, 1, 4)),
    ],
)
def test_a_limit_in_working_days_passes_with_the_last_second_of_its_last_day(
    opened: str, days: int, last_day: dt.date
) -> None:
    limit = context_of(opened).limit(days)
    assert (limit.due_on, limit.provisional) == (last_day, False)

    end = start_of_day(last_day + ONE_DAY)
    assert not limit.has_passed(business_date(end - SECOND))
    assert not limit.has_passed(business_date(end - MICROSECOND))
    assert limit.has_passed(business_date(end))


@pytest.mark.parametrize(
    ("opened", "days", "provisionally", "for_certain"),
    [
        ("2026-12-24T09:00:00", 5, D(2026, 12, 31), None),
        ("2026-12-25T09:00:00", 5, D(2027, 1, 4), D(2027, 1, 5)),
        ("2026-12-30T09:00:00", 3, D(2027, 1, 5), D(2027, 1, 6)),
        ("2026-12-31T23:59:59", 1, D(2027, 1, 4), D(2027, 1, 5)),
        ("2026-12-21T09:00:00", 10, D(2027, 1, 5), D(2027, 1, 6)),
    ],
)
def test_a_limit_over_the_years_end_is_provisional_until_the_years_table_is_there(
    opened: str, days: int, provisionally: dt.date, for_certain: dt.date | None
) -> None:
    limit = context_of(opened).limit(days)
    reaches_over = for_certain is not None
    assert (limit.due_on, limit.provisional) == (provisionally, reaches_over)

    assert limit.has_passed(provisionally + 99 * ONE_DAY) is not reaches_over
    anew = limit.counted_anew(calendar([NEW_YEAR_2027]))
    assert (anew.due_on, anew.provisional) == (for_certain or provisionally, False)
    assert (anew.counted_from, anew.working_days) == (limit.counted_from, limit.working_days)


def test_a_limit_that_runs_is_counted_anew_and_says_so() -> None:
    running = Running(time_limit(calendar(), D(2026, 12, 30), 3))
    known = calendar([NEW_YEAR_2027])
    (event,) = limits.recompute(running, RECOMPUTE, context_with(known))
    assert (event.name, event.limit.due_on, event.limit.provisional) == (
        LimitName.MEETING_TASK,
        D(2027, 1, 6),
        False,
    )
    running = Running(event.limit)
    with pytest.raises(Refused) as refusal:
        limits.recompute(running, RECOMPUTE, context_with(known))
    assert refusal.value.reason == "nothing_changes"


def test_a_limit_that_does_not_run_is_not_counted_anew() -> None:
    running = Running(time_limit(calendar(), D(2026, 12, 30), 3))
    running.limits = limits.closed(running.limits, [LimitName.MEETING_TASK])
    with pytest.raises(Refused) as refusal:
        limits.recompute(running, RECOMPUTE, context_with(calendar([NEW_YEAR_2027])))
    assert refusal.value.reason == "wrong_state"


RECOMPUTE = commands.RecomputeLimit(
    stream=example.RECOMPUTE_LIMIT.stream, name=LimitName.MEETING_TASK, about=None
)


class Running:
    """An aggregate of which one limit runs."""

    def __init__(self, limit: TimeLimit) -> None:
        self.limits: limits.Limits = limits.opened({}, LimitName.MEETING_TASK, limit)


def context_of(moment: str) -> Context:
    return context(at(moment))


def context_with(known: WorkingDays) -> Context:
    return replace(context(), calendar=known)
