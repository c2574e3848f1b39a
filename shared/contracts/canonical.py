"""Canonical JSON (RFC 8785) for values that are held to a subset on which it is easy.

With ASCII keys, no floats, integers within +-(2^53-1), no U+0000 and no lone surrogates, plain
`json.dumps` with sorted keys and no spaces *is* RFC 8785. So an auditor needs nothing but the
standard library to recompute a leaf. PostgreSQL's jsonb holds the same subset unchanged.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from shared.contracts.errors import Invalid, Problem

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 16
WITHHELD = "withheld"
"""Key of the object that stands in a leaf for a withheld value; no clear value may use it."""


MAX_PROBLEMS = 50
LONGEST_KEY = 100


def is_heavier(value: Any, most: int) -> bool:
    """Whether the value has more than `most` bytes as JSON, found without making them.

    For values of whoever sent them: it takes no more memory than they do and no recursion.
    """
    weight, waiting = 0, [value]
    while waiting:
        item = waiting.pop()
        match item:
            case str():
                weight += len(item.encode("utf-8", "surrogatepass")) + 2
            case list() | tuple():
                weight += 2 + len(item)
                waiting += item
            case dict():
                weight += 2 + 2 * len(item)
                waiting += item.keys()
                waiting += item.values()
            case _:
                weight += 1
        if weight > most:
            return True
    return False


def check(value: Any, path: str = "") -> None:
    """Raise Invalid unless `value` is of the subset and cannot be taken for a withheld value."""
    found = problems(value, path)
    if found:
        raise Invalid(found[:MAX_PROBLEMS])


def problems(value: Any, path: str = "", depth: int = 0) -> list[Problem]:
    """Everything for which `check` would refuse the value."""
    if depth > MAX_DEPTH:
        return [Problem(path, "too_deep", f"is nested more than {MAX_DEPTH} deep")]
    match value:
        case None | bool():
            return []
        case int():
            return (
                []
                if abs(value) <= MAX_INTEGER
                else [Problem(path, "number_too_large", "is beyond 2^53-1")]
            )
        case str():
            return _text_problems(value, path)
        case list() | tuple():
            return [
                problem
                for index, item in enumerate(value)
                for problem in problems(item, f"{path}[{index}]", depth + 1)
            ]
        case dict():
            return [
                problem
                for key, item in value.items()
                for problem in _entry_problems(key, item, path, depth)
            ]
    return [Problem(path, "wrong_type", f"{type(value).__name__} has no place in a log")]


def check_text(value: str, path: str = "") -> None:
    """Raise Invalid when the text has U+0000 or a lone surrogate (broken UTF-8)."""
    found = _text_problems(value, path)
    if found:
        raise Invalid(found)


def _text_problems(value: str, path: str) -> list[Problem]:
    if "\x00" in value:
        return [Problem(path, "bad_text", "contains the character U+0000")]
    try:
        value.encode()
    except UnicodeEncodeError:
        return [Problem(path, "bad_text", "is not valid Unicode (lone surrogate)")]
    return []


def _entry_problems(key: Any, item: Any, path: str, depth: int) -> list[Problem]:
    # A key that is refused is not repeated: its text may be anything.
    if not isinstance(key, str) or not key.isascii() or not key.isprintable():
        return [Problem(path, "bad_key", "has a key that is not printable ASCII")]
    if len(key) > LONGEST_KEY:
        return [Problem(path, "bad_key", f"has a key of more than {LONGEST_KEY} characters")]
    if key == WITHHELD:
        return [Problem(path, "bad_key", f"the key {WITHHELD!r} is reserved")]
    return problems(item, f"{path}.{key}" if path else key, depth + 1)


def encode(value: Any) -> bytes:
    """The canonical bytes of a value that `check` has passed.

    orjson writes, of the subset, what `json.dumps` writes byte for byte, in a fraction of the
    time; every append, publication and verification waits for it. What only `json.dumps` can
    write (a huge integer in a forged row, which verification must outlive) it still does.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        ).encode()
