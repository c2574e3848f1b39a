"""Canonical JSON: RFC 8785 on our subset, and nothing outside the subset gets in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts import canonical
from shared.contracts.canonical import MAX_DEPTH, MAX_INTEGER
from shared.contracts.errors import Invalid

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=6).filter(
    lambda key: key != canonical.WITHHELD
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def rfc8785(value: Any) -> str:
    """RFC 8785 sections 3.2.1 to 3.2.3, written out for values without floats."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return '"' + "".join(map(_escaped, value)) + '"'
        case list():
            return "[" + ",".join(map(rfc8785, value)) + "]"
    by_utf16 = sorted(value.items(), key=lambda entry: entry[0].encode("utf-16-be"))
    return "{" + ",".join(f"{rfc8785(key)}:{rfc8785(its)}" for key, its in by_utf16) + "}"


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 else character


@settings(max_examples=50)
@given(VALUES)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    canonical.check(value)
    assert canonical.encode(value) == rfc8785(value).encode()


@settings(max_examples=50)
@given(VALUES)
def test_canonical_bytes_read_back_as_the_same_value(value: Any) -> None:
    assert json.loads(canonical.encode(value)) == value


def test_the_strings_of_the_rfcs_own_example_come_out_as_it_prints_them() -> None:
    """RFC 8785 section 3.2.2, its sample without the numbers that are no integers."""
    value = {
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
        "literals": [None, True, False],
    }
    printed = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical.encode(value) == printed.encode()


@pytest.mark.parametrize(
    ("value", "path", "code"),
    [
        ({"a": 1.0}, "a", "wrong_type"),
        ({"a": float("nan")}, "a", "wrong_type"),
        ({"a": [1, 2**53]}, "a[1]", "number_too_large"),
        ({"a": [1, -(2**53)]}, "a[1]", "number_too_large"),
        ({"a": {"b": "x\x00"}}, "a.b", "bad_text"),
        ({"a": {"b": "\ud800"}}, "a.b", "bad_text"),
        ({"a": {"\u00e9": 1}}, "a", "bad_key"),
        ({"a": {"\n": 1}}, "a", "bad_key"),
        ({"a": b"bytes"}, "a", "wrong_type"),
    ],
)
def test_what_is_outside_the_subset_is_refused_where_it_lies(
    value: Any, path: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        canonical.check(value)
    assert [(its.path, its.code) for its in refusal.value.problems] == [(path, code)]


def test_every_wrong_value_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        canonical.check({"a": 0.5, "b": ["\x00", {"withheld": 1}], "c": 2**60, "d": "fine"})
    assert [its.path for its in refusal.value.problems] == ["a", "b[0]", "b[1]", "c"]


@pytest.mark.parametrize("value", [{"withheld": "sha256:00"}, [{"x": {"withheld": None}}]])
def test_no_clear_value_can_be_taken_for_a_withheld_one(value: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        canonical.check(value)
    assert refusal.value.problems[0].code == "bad_key"


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_ends_at_its_limit_and_not_at_the_interpreters() -> None:
    canonical.check(_nested(MAX_DEPTH))
    for depth in (MAX_DEPTH + 1, 900):
        with pytest.raises(Invalid) as refusal:
            canonical.check(_nested(depth))
        assert [its.code for its in refusal.value.problems] == ["too_deep"]
