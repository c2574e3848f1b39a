"""Of what the JSON Schemas of answers are made."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

from shared.contracts.message import Vocabulary

Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": "string"}
DIVISION: Schema = {"type": "string", "pattern": "^[1-9][0-9]{5}$"}
STREAM: Schema = {"type": "string", "pattern": "^[a-z_]+-[0-9a-z-]+$"}
ID: Schema = {"type": "string", "format": "uuid"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
POSITIVE: Schema = {"type": "integer", "minimum": 1}
VERSION = POSITIVE
SHARE: Schema = {"type": "integer", "minimum": 0, "maximum": 10_000, "description": "万分比"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
TIME: Schema = {"type": "string", "format": "date-time"}
OBJECT: Schema = {"type": "object"}


def or_null(schema: Schema) -> Schema:
    """The same, or nothing."""
    return {"anyOf": [schema, {"type": "null"}]}


def words(vocabulary: type[StrEnum]) -> Schema:
    """One word of a closed vocabulary."""
    return {"type": "string", "enum": [str(word) for word in vocabulary]}


def words_of(vocabulary: Vocabulary) -> Schema:
    """The name of one of its types."""
    return {"type": "string", "enum": [its.name for its in vocabulary]}


def each(item: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": item}


def by_word(vocabulary: type[StrEnum], its: Schema) -> Schema:
    """An object with values of this schema for some words of a closed vocabulary."""
    properties = {str(word): its for word in vocabulary}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def shape(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object with these properties, all but `optional` there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
