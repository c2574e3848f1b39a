"""Every value that a page can meet has a Chinese word, and dates read as people write them."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from services.portal.labels import KINDS, label, label_choices
from services.portal.pages.event_words import FIELDS, field_word, value_text
from services.portal.pages.event_words_own import OWN_FIELDS
from services.portal.pages.files import file_kind
from services.portal.pages.my_applications import NEXT
from services.portal.pages.navigation import NAVIGATION
from services.portal.pages.receipts import objection_named, objection_number
from services.portal.pages.wording import (
    days_left,
    iso_date,
    limit_tone,
    limit_words,
    notice_title,
    zh_date,
    zh_number,
    zh_share,
    zh_time,
)
from shared.contracts.assessment import vocabulary as assessment
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.clues import vocabulary as clues
from shared.contracts.erasure import vocabulary as erasure
from shared.contracts.fields import Many
from shared.contracts.figures import Basis
from shared.contracts.keeping import vocabulary as keeping
from shared.contracts.media import MediaType
from shared.contracts.message import Part
from shared.contracts.registry import vocabulary
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role

_VOCABULARIES = {
    its
    for words in (vocabulary, clues, erasure, keeping, assessment)
    for _, its in inspect.getmembers(words, inspect.isclass)
    if issubclass(its, StrEnum) and its is not StrEnum
}


def test_every_vocabulary_has_words() -> None:
    assert set(KINDS.values()) - {Role, Basis} == _VOCABULARIES


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_has_a_word_and_no_two_the_same(kind: str) -> None:
    words = [word for _, word in label_choices(kind)]
    assert [value for value, _ in label_choices(kind)] == [str(value) for value in KINDS[kind]]
    assert all(words)
    assert len(set(words)) == len(words)


def test_an_applicant_is_told_what_to_expect_in_every_status() -> None:
    assert set(NEXT) == set(ApplicationStatus) - {ApplicationStatus.ABSENT}


@pytest.mark.parametrize("service", CATALOGUE)
def test_every_field_of_an_event_has_a_name_that_auditors_read(service: str) -> None:
    named = {name for event in CATALOGUE[service].events for name in _names(event.schema.fields)}
    assert named <= set(FIELDS), "give them words in services/portal/pages/event_words.py"


def test_what_an_event_says_reads_as_people_say_it() -> None:
    fields = CATALOGUE["registry"].events.find("NoticePublished").schema.fields
    unit = {"unit_name": "示例村", "unit_kind": "village_community"}
    assert value_text("units", fields["units"], [unit, unit]).count("\n") == 1
    assert "单位类型 村（社区）" in value_text("units", fields["units"], [unit])
    assert value_text("first_day", fields["first_day"], "2026-03-02") == "2026年3月2日"
    rejected = CATALOGUE["registry"].events.find("ApplicationRejected").schema.fields
    assert value_text("grounds", rejected["grounds"], ["tax_arrears", "wage_arrears"]) == (
        "欠税、拖欠工资"
    )
    assert value_text("gone", None, None) == "—"
    assert value_text("of_an_older_version", None, "text") == "text"


def _names(fields: Mapping[str, Any]) -> set[str]:
    """The fields and those of the records in them."""
    named = set(fields)
    for field in fields.values():
        its = field.inner if isinstance(field, Many) else field
        if isinstance(its, Part):
            named |= _names(its.inner.fields)
    return named


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


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2026, 2, 28), "还剩 7 天（从2026年3月2日算起）"),
        (dt.date(2026, 3, 1), "还剩 7 天（从明天算起）"),
        (dt.date(2026, 3, 2), "还剩 7 天（含今天）"),
        (dt.date(2026, 3, 8), "今天截止"),
        (dt.date(2026, 3, 9), "已结束"),
    ],
)
def test_of_a_notice_the_day_of_publication_is_none_of_its_days(today: dt.date, words: str) -> None:
    assert days_left("2026-03-08", today, "2026-03-02") == words


def test_two_notices_of_one_day_are_told_apart_by_whom_they_are_about() -> None:
    def told(*names: str) -> str:
        units = [{"unit_name": name} for name in names]
        return notice_title({"published_on": "2026-03-01", "units": units})

    assert told("甲厂", "乙店", "丙村") == "2026年3月1日公示（甲厂等 3 个单位）"
    assert told("丁社") == "2026年3月1日公示（丁社）"


def test_a_files_bytes_are_no_size_of_a_unit_and_its_kind_has_a_word() -> None:
    fields = CATALOGUE["registry"].events.find("DocumentAttached").schema.fields
    assert field_word("DocumentAttached", "size") == "文件大小"
    assert field_word("ApplicationSubmitted", "size") == "规模"
    assert value_text("size", fields["size"], 1_500_000) == "1.4 MB"
    assert value_text("media_type", fields["media_type"], "application/pdf") == "PDF 文件"
    assert all(file_kind(its) for its in MediaType)


def test_what_is_called_by_a_word_of_its_own_is_there() -> None:
    events = {event.name: event.schema.fields for its in CATALOGUE.values() for event in its.events}
    for name, words in OWN_FIELDS.items():
        assert set(words) <= set(events[name]), name


def test_an_objection_has_a_number_for_the_phone_and_is_found_by_it() -> None:
    objection_id = "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"
    assert objection_number(objection_id) == "0C9B-8F0E"
    for typed in ("0C9B-8F0E", " 0c9b 8f0e ", "０Ｃ９Ｂ８Ｆ０Ｅ"):
        assert objection_named(typed) == {"objection_number": "0c9b8f0e"}
    assert objection_named(f" {objection_id.upper()} ") == {"objection_id": objection_id}


@pytest.mark.parametrize(
    ("today", "words", "tone"),
    [
        (dt.date(2026, 3, 5), "还剩 4 天（含今天）", "going"),
        (dt.date(2026, 3, 6), "还剩 3 天（含今天）", "waiting"),
        (dt.date(2026, 3, 8), "今天截止", "waiting"),
        (dt.date(2026, 3, 9), "已逾期 1 天", "bad"),
        (dt.date(2026, 4, 8), "已逾期 31 天", "bad"),
    ],
)
def test_a_limit_says_how_near_it_is(today: dt.date, words: str, tone: str) -> None:
    assert limit_words("2026-03-08", today) == words
    assert limit_tone("2026-03-08", today) == tone
    late = today > dt.date(2026, 3, 8)
    provisional = "暂定期限已过，待重新计算" if late else words
    assert limit_words("2026-03-08", today, True) == provisional


def test_numbers_and_shares() -> None:
    assert (zh_number(1234567), zh_number(0), zh_number(None)) == ("1,234,567", "0", "—")
    assert (zh_share(4847), zh_share(5), zh_share(None)) == ("48.47%", "0.05%", "—")


_NOT_SAID = {
    "口令": "密码",
    "市场主体": "经营主体",
    "选聘": "遴选",
    "覆盖面": "覆盖情况",
    "分布情况": "覆盖情况",
    "办理经过": "办理过程",
    "事件历史": "事件记录",
    "开立账号": "开设账号",
}
"""What was once said beside the word that we use."""
_ROOT = Path(__file__).parents[3]
_TAKEN = {"figures_sheet.py"}
"""What reads people's own sheets takes the old words, too."""
_READ = [
    *(path for name in ("services", "shared", "examples") for path in (_ROOT / name).rglob("*")),
    *_ROOT.glob("README*.md"),
    _ROOT / "docs/glossary.md",
]


@pytest.mark.parametrize("word", _NOT_SAID)
def test_one_thing_has_one_word(word: str) -> None:
    kinds = {".py", ".html", ".md", ".json"}
    found = [
        str(path.relative_to(_ROOT))
        for path in _READ
        if path.suffix in kinds
        and path.name not in _TAKEN
        and word in path.read_text(encoding="utf-8")
    ]
    assert not found, f"say {_NOT_SAID[word]}"
