"""Every value that a page can meet has a Chinese word, and dates read as people write them."""

from __future__ import annotations

import datetime as dt
import inspect
from enum import StrEnum

import pytest

from services.portal.labels import KINDS, label, label_choices
from services.portal.pages.navigation import NAVIGATION
from services.portal.pages.wording import days_left, iso_date, zh_date, zh_number, zh_share, zh_time
from shared.contracts.registry import vocabulary
from shared.contracts.roles import Role

_VOCABULARIES = {
    its
    for _, its in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(its, StrEnum) and its is not StrEnum
}


def test_every_vocabulary_of_the_registry_has_words() -> None:
    assert set(KINDS.values()) - {Role} == _VOCABULARIES


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_has_a_word_and_no_two_the_same(kind: str) -> None:
    words = [word for _, word in label_choices(kind)]
    assert [value for value, _ in label_choices(kind)] == [str(value) for value in KINDS[kind]]
    assert all(words)
    assert len(set(words)) == len(words)


def test_nothing_is_a_dash_and_nonsense_is_an_error() -> None:
    assert label(None, "size") == "—"
    with pytest.raises(ValueError, match="giant"):
        label("giant", "size")


def test_every_role_that_a_visitor_can_have_has_its_navigation() -> None:
    assert set(NAVIGATION) == set(Role) - {Role.SYSTEM}


def test_a_day_comes_as_a_day_as_in_json_or_as_an_instant_in_shanghai() -> None:
    assert zh_date(dt.date(2026, 3, 8)) == "2026年3月8日"
    assert zh_date("2026-03-08") == "2026年3月8日"
    assert zh_date("2026-03-08T17:30:00+00:00") == "2026年3月9日"
    assert iso_date(dt.datetime(2026, 3, 8, 17, 30, tzinfo=dt.UTC)) == "2026-03-09"
    assert zh_time("2026-03-08T17:05:00+00:00") == "2026年3月9日 01:05"
    assert zh_date(None) == zh_time(None) == "—"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2026, 3, 1), "还剩 8 天（含今天）"),
        (dt.date(2026, 3, 7), "还剩 2 天（含今天）"),
        (dt.date(2026, 3, 8), "今天截止"),
        (dt.date(2026, 3, 9), "已结束"),
    ],
)
def test_days_left_count_today(today: dt.date, words: str) -> None:
    assert days_left("2026-03-08", today) == words


def test_numbers_and_shares() -> None:
    assert (zh_number(1234567), zh_number(0), zh_number(None)) == ("1,234,567", "0", "—")
    assert (zh_share(4847), zh_share(5), zh_share(None)) == ("48.47%", "0.05%", "—")
