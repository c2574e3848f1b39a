"""The public notice: seven whole days, objections by anyone, designation only afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import notice
from services.registry.domain.notice import Notice, NoticeStatus
from shared.contracts.days import business_date
from shared.contracts.errors import Invalid
from tests.services.registry import examples as example
from tests.services.registry.telling import NOON, Story, uid

SHANGHAI = dt.timezone(dt.timedelta(hours=8))


def shanghai(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


def published(at: dt.datetime = NOON) -> Story:
    story = Story(notice, Notice())
    story.when(example.PUBLISH, at)
    return story


@pytest.mark.parametrize(
    ("at", "first", "last"),
    [
        (shanghai(3, 2, 0), "2026-03-03", "2026-03-09"),
        (shanghai(3, 2, 23, 59, 59), "2026-03-03", "2026-03-09"),
        (shanghai(2, 26, 12), "2026-02-27", "2026-03-05"),
        (shanghai(12, 28, 12), "2026-12-29", "2027-01-04"),
    ],
)
def test_the_notice_runs_seven_whole_days_from_the_next_day(
    at: dt.datetime, first: str, last: str
) -> None:
    (event,) = Story(notice, Notice()).when(example.PUBLISH, at)
    assert (event.first_day.isoformat(), event.last_day.isoformat()) == (first, last)


NAIVE = {"min_value": dt.datetime(2000, 1, 1), "max_value": dt.datetime(2090, 1, 1)}  # noqa: DTZ001


@given(st.datetimes(**NAIVE, timezones=st.just(dt.UTC)))
def test_whatever_the_moment_nobody_is_designated_before_seven_whole_days(at: dt.datetime) -> None:
    story = published(at)
    midnight = dt.datetime.combine(
        business_date(at) + dt.timedelta(days=8), dt.time(), tzinfo=SHANGHAI
    )
    story.refuses(example.DESIGNATE, "notice_running", midnight - dt.timedelta(microseconds=1))
    assert story.when(example.DESIGNATE, midnight)


def test_the_days_are_a_setting() -> None:
    (event,) = Story(notice, Notice()).when(example.PUBLISH, NOON, notice_days=5)
    assert event.last_day == dt.date(2026, 3, 7)


def test_an_objection_is_heard_until_the_last_second_and_not_after() -> None:
    published().when(example.OBJECT, shanghai(3, 9, 23, 59, 59))
    published().refuses(example.OBJECT, "notice_ended", shanghai(3, 10))


def test_while_an_objection_is_open_its_unit_is_not_designated() -> None:
    story = published()
    story.when(example.OBJECT)
    story.refuses(example.DESIGNATE, "objection_open", example.AFTER_NOTICE)
    story.when(example.OVERRULE)
    assert story.when(example.DESIGNATE, example.AFTER_NOTICE)


def test_a_sustained_objection_takes_the_unit_off_the_notice() -> None:
    story = published()
    story.when(example.OBJECT)
    story.when(example.SUSTAIN)
    assert story.state.status is NoticeStatus.SETTLED
    assert story.state.pending == frozenset()


def test_a_batch_designates_those_without_open_objections_and_the_rest_later() -> None:
    other = uid(21)
    units = (example.UNIT, replace(example.UNIT, application_id=other))
    story = Story(notice, Notice())
    story.when(replace(example.PUBLISH, units=units))
    story.when(example.OBJECT)
    both = replace(example.DESIGNATE, application_ids=(other, example.APPLICATION))

    story.refuses(both, "objection_open", example.AFTER_NOTICE)
    story.when(replace(example.DESIGNATE, application_ids=(other,)), example.AFTER_NOTICE)
    story.when(example.OVERRULE, example.AFTER_NOTICE)
    story.when(example.DESIGNATE, example.AFTER_NOTICE)

    assert story.state.status is NoticeStatus.SETTLED


def test_nobody_is_designated_twice_or_without_notice() -> None:
    two = (example.UNIT, replace(example.UNIT, application_id=uid(21)))
    story = Story(notice, Notice())
    story.when(replace(example.PUBLISH, units=two))
    story.when(example.DESIGNATE, example.AFTER_NOTICE)
    story.refuses(example.DESIGNATE, "not_on_notice", example.AFTER_NOTICE)
    stranger = replace(example.DESIGNATE, application_ids=(uid(99),))
    story.refuses(stranger, "not_on_notice", example.AFTER_NOTICE)
    story.refuses(replace(example.OBJECT, application_id=uid(99)), "not_on_notice")


def test_an_objection_is_raised_and_decided_once() -> None:
    story = published()
    story.refuses(example.OVERRULE, "objection_unknown")
    story.when(example.OBJECT)
    story.refuses(example.OBJECT, "already_exists")
    story.when(example.OVERRULE)
    story.refuses(example.SUSTAIN, "objection_decided")


@pytest.mark.parametrize(
    ("anonymous", "name", "phone"),
    [(True, "王五", None), (True, None, "13900001234"), (False, None, None), (False, "王五", None)],
)
def test_an_objector_gives_name_and_phone_or_neither(
    anonymous: bool, name: str | None, phone: str | None
) -> None:
    command = replace(example.OBJECT, anonymous=anonymous, contact_name=name, contact_phone=phone)
    with pytest.raises(Invalid):
        published().when(command)
