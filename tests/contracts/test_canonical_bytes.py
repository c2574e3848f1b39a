"""The canonical bytes are those an auditor gets from the standard library alone."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import canonical
from shared.contracts.canonical import MAX_INTEGER, WITHHELD
from shared.contracts.stored import instant, timestamp

_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)))
_KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8).filter(
    lambda key: key != WITHHELD
)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def by_the_standard_library(value: Any) -> bytes:
    """As docs/audit-format.md tells an auditor to do it."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


@given(_VALUES)
def test_every_value_that_passes_the_check_has_the_standard_librarys_bytes(value: Any) -> None:
    canonical.check(value)

    assert canonical.encode(value) == by_the_standard_library(value)


def test_every_character_is_written_as_the_standard_library_writes_it() -> None:
    surrogates = range(0xD800, 0xE000)
    text = "".join(chr(code) for code in range(1, 0x110000) if code not in surrogates)

    assert canonical.encode(text) == by_the_standard_library(text)


def test_a_forged_row_with_a_huge_integer_still_has_bytes_to_be_judged_by() -> None:
    assert canonical.encode([2**70]) == b"[1180591620717411303424]"


@given(st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=8))])))
def test_an_instant_is_read_back_from_its_one_spelling(moment: dt.datetime) -> None:
    try:
        in_utc = moment.astimezone(dt.UTC)
    except OverflowError:
        return  # the first hours of the year 1 in Asia/Shanghai lie before all years

    assert timestamp(moment) == in_utc.strftime(f"{in_utc.year:04}-%m-%dT%H:%M:%S.%fZ")
    assert instant(timestamp(moment)) == moment


@pytest.mark.parametrize(
    "spelling",
    [
        "2026-01-05T04:00:00Z",
        "2026-01-05T04:00:00.000Z",
        "2026-01-05 04:00:00.000000Z",
        "2026-01-05T04:00:00.000000z",
        "2026-01-05T04:00:00,000000Z",
        "2026-01-05T04:00:00.0+08:00",
        "2026-01-05T04:00:00.+08:00Z",
        "2026-W02-1T04:00:00.000000Z",
        "20260105T04:00:00.00000000Z",
    ],
)
def test_any_other_spelling_of_an_instant_is_refused(spelling: str) -> None:
    with pytest.raises(ValueError, match=r"timestamp of ours|isoformat"):
        instant(spelling)
