"""Each field type of the published language as JSON Schema (2020-12).

A type that is not in the table at the foot of the file is an error, and so is a rule that a
schema would not show: nothing is published as less, or as anything else, than it is.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeAlias

from marshmallow import fields, missing, validate

from shared.contracts.fields import (
    Day,
    Flag,
    Identifier,
    Many,
    Moment,
    OneOf,
    Pattern,
    Text,
    Whole,
)
from shared.contracts.message import Part
from shared.contracts.moments import TIMESTAMP
from shared.contracts.registry.fields import CreditCode

JsonSchema: TypeAlias = dict[str, Any]

_WHITE = r"\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROLS = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f"
UNTIDY = f"^[{_WHITE}]|[{_WHITE}]$|[{_CONTROLS}]"
"""What no text matches: white space at an end (as Python's strip sees it), control characters.

Spelled out, since `\\s` is another set in ECMA-262 than in Python; said by what is refused, since
Python's `$` also stands before a last line feed.
"""
LINE_FEED_AT_END = r"\n$"

# Each is said as `"not": {"type": "string", "pattern": ...}`: every pattern holds for null.


class CannotPublish(Exception):
    """A part of the language has no published form yet; the text says what to do."""


def schema_of(field: fields.Field[Any], *, written: bool) -> JsonSchema:
    """The JSON Schema of a field's clear values.

    written: whether it describes what we write, where every part of an object is there (null
    when empty), or what we read, where an empty part may be left out.

    Raises CannotPublish for a field type, or a rule of a field, that this module does not know.
    """
    render = _RENDERERS.get(type(field))
    if render is None:
        raise CannotPublish(
            f"the field type {type(field).__name__} has no published form: give it one in"
            " shared/contracts/publication/field_schemas.py"
        )
    _refuse_hidden_rules(field)
    schema = render(field, written)
    return _or_null(schema) if field.allow_none else schema


def summary_of(cls: type) -> str | None:
    """A class's docstring; None for the one that `dataclass` invents, or without one."""
    own = cls.__doc__
    if not own or own.startswith(f"{cls.__name__}("):
        return None
    return inspect.cleandoc(own)


def described(schema: JsonSchema, summary: str | None) -> JsonSchema:
    """The schema with its description, when there is one."""
    return schema if summary is None else {**schema, "description": summary}


def _refuse_hidden_rules(field: fields.Field[Any]) -> None:
    """What marshmallow lets a field do and no renderer here shows."""
    hidden = {
        "validate": field.validators and not isinstance(field, Many),
        "data_key": field.data_key is not None,
        "attribute": field.attribute is not None,
        "load_default": field.load_default not in (missing, None),
        "dump_default": field.dump_default is not missing,
        "load_only": field.load_only,
        "dump_only": field.dump_only,
    }
    for name, used in hidden.items():
        if used:
            raise CannotPublish(
                f"{type(field).__name__}({name}=...) would not show in its schema: say it with a"
                " field type of its own"
            )


def _or_null(schema: JsonSchema) -> JsonSchema:
    allowed = {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        allowed["enum"] = [*schema["enum"], None]
    return allowed


def _text(field: Text, written: bool) -> JsonSchema:
    return {
        "type": "string",
        "minLength": field.shortest,
        "maxLength": field.longest,
        "not": {"type": "string", "pattern": UNTIDY},
    }


def _pattern(field: Pattern, written: bool) -> JsonSchema:
    return {
        "type": "string",
        "minLength": field.shortest,
        "maxLength": field.longest,
        **_matching(field),
    }


def _identifier(field: Identifier, written: bool) -> JsonSchema:
    return {"type": "string", "format": "uuid", **_matching(field)}


def _matching(field: Pattern) -> JsonSchema:
    """The pattern as a whole says more than that the text is tidy, but for what `$` lets pass."""
    return {
        "pattern": f"^(?:{field.regex.pattern})$",
        "not": {"type": "string", "pattern": LINE_FEED_AT_END},
        "description": field.says[0].upper() + field.says[1:],
    }


def _credit_code(field: CreditCode, written: bool) -> JsonSchema:
    return described(_text(field, written), summary_of(CreditCode))


def _whole(field: Whole, written: bool) -> JsonSchema:
    return {"type": "integer", "minimum": field.least, "maximum": field.most}


def _flag(field: Flag, written: bool) -> JsonSchema:
    return {"type": "boolean"}


def _day(field: Day, written: bool) -> JsonSchema:
    schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    return described({**schema, "maxLength": 10}, summary_of(Day))


def _moment(field: Moment, written: bool) -> JsonSchema:
    schema = {"type": "string", "format": "date-time", "pattern": f"^{TIMESTAMP}$"}
    return described({**schema, "maxLength": 27}, summary_of(Moment))


def _one_of(field: OneOf, written: bool) -> JsonSchema:
    vocabulary = field.vocabulary
    if not issubclass(vocabulary, Enum):
        raise CannotPublish(f"OneOf({vocabulary.__name__}): its words come from an Enum")
    schema = {"title": vocabulary.__name__, "type": "string", "enum": list(field.words)}
    return described(schema, summary_of(vocabulary))


def _many(field: Many, written: bool) -> JsonSchema:
    match field.validators:
        case [validate.Length() as length]:
            pass
        case _:
            raise CannotPublish("Many(validate=...) would not show in its schema")
    schema = {
        "type": "array",
        "minItems": length.min,
        "maxItems": length.max,
        "items": schema_of(field.inner, written=written),
    }
    return {**schema, "uniqueItems": True} if field.distinct else schema


def _part(field: Part, written: bool) -> JsonSchema:
    parts = {each.name: each.metadata["field"] for each in dataclasses.fields(field.cls)}
    schema = {
        "title": field.cls.__name__,
        "type": "object",
        "properties": {name: schema_of(its, written=written) for name, its in parts.items()},
        "required": [name for name, its in parts.items() if written or its.required],
        "additionalProperties": False,
    }
    return described(schema, summary_of(field.cls))


# By exact type: a subclass is another type, with rules that its parent's schema would not show.
_RENDERERS: dict[type, Callable[[Any, bool], JsonSchema]] = {
    Text: _text,
    Pattern: _pattern,
    Identifier: _identifier,
    CreditCode: _credit_code,
    Whole: _whole,
    Flag: _flag,
    Day: _day,
    Moment: _moment,
    OneOf: _one_of,
    Many: _many,
    Part: _part,
}
