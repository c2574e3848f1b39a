"""Of what the JSON Schemas of answers are made."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": "string"}
ID: Schema = {"type": "string", "format": "uuid"}
WHOLE: Schema = {"type": "integer"}
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


def each(item: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": item}


def counts() -> Schema:
    """A number for each name."""
    return {"type": "object", "additionalProperties": WHOLE}


def shape(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object with these properties, all but `optional` there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
