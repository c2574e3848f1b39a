"""Every code that says what is wrong with a field has a sentence for whoever typed it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.contracts.errors import Problem
from shared.contracts.loading import _MARSHMALLOW_CODES
from shared.contracts.reasons import Reason
from shared.contracts.zh import REFUSALS
from shared.contracts.zh_fields import CODES, field_sentence

PROJECT = Path(__file__).parents[3]
_CODE_AT = {"coded": 0, "Problem": 1, "FieldProblem": 1, "one": 1}
"""Where each of the makers of problems takes the code."""


def _codes() -> Iterator[str]:
    """Codes in calls that make problems, anywhere in the product."""
    for room in ("shared", "services"):
        for path in (PROJECT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _code_of(node)


def _code_of(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    place = _CODE_AT.get(name)
    if place is None or len(call.args) <= place:
        return
    given = call.args[place]
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value


def test_codes_are_found_where_they_are_made() -> None:
    assert {"bad_credit_code", "bad_length", "unknown_division", "bad_cursor"} <= set(_codes())


@pytest.mark.parametrize("code", sorted({*_codes(), *_MARSHMALLOW_CODES.values(), "invalid"}))
def test_every_code_has_a_sentence(code: str) -> None:
    assert code in CODES
    told = field_sentence(Problem("x", code, "english"))
    assert told.endswith("。")


@pytest.mark.parametrize("reason", list(Reason))
def test_a_field_refused_by_the_rules_says_the_reasons_sentence(reason: Reason) -> None:
    assert field_sentence(Problem("x", str(reason), "english")) == REFUSALS[reason]
