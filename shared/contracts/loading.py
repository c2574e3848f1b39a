"""Loads values by a marshmallow schema, and tells what is wrong as problems with paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError

from shared.contracts.errors import Invalid, Problem
from shared.contracts.fields import Coded


def load_with(
    schema: Schema,
    values: Mapping[str, Any],
    *,
    found: Sequence[Problem] = (),
    partial: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What a marshmallow schema makes of the values.

    `found` are problems known already, `partial` names fields that may be absent. Raises Invalid
    with every problem, each path once.
    """
    loaded: dict[str, Any] = {}
    problems = list(found)
    try:
        loaded = schema.load(values, partial=partial)
    except ValidationError as error:
        told = {problem.path for problem in found}
        problems += [its for its in _problems(error.messages) if its.path not in told]
    if problems:
        raise Invalid(problems)
    return loaded


def _problems(messages: Any, path: str = "") -> list[Problem]:
    """marshmallow's nested messages as a flat list with paths."""
    match messages:
        case dict():
            return [
                problem
                for key, inner in messages.items()
                for problem in _problems(inner, _path_of(path, key))
            ]
        case list():
            return [problem for inner in messages for problem in _problems(inner, path)]
        case Coded():
            return [Problem(path, messages.code, messages.message)]
    return [Problem(path, _MARSHMALLOW_CODES.get(messages, "invalid"), str(messages))]


def _path_of(path: str, key: Any) -> str:
    if key == "_schema":
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)


_MARSHMALLOW_CODES = {
    "Missing data for required field.": "missing",
    "Unknown field.": "unknown_field",
    "Field may not be null.": "missing",
    "Invalid input type.": "wrong_type",
}
