"""The JSON Schema documents of a contract, each complete in itself.

An event has two: its `data` in the public form (the leaf document), named as `dataschema` names
it, and the whole public form, a CloudEvent. A command or query has one, of its payload as an edge
takes it, before it seals what is to be sealed.

References stay within a document, and none has other keywords beside it, so that tools which
know only draft-07, as AsyncAPI's do, read the same in it.
"""

from __future__ import annotations

from typing import Any

from shared.contracts.canonical import WITHHELD
from shared.contracts.fields import Day, Identifier
from shared.contracts.message import Classification
from shared.contracts.publication.contract import EVENT, Contract, FieldContract, is_day_only
from shared.contracts.publication.field_schemas import JsonSchema, schema_of
from shared.contracts.publication.zh_names import zh_name

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WITHHELD_REF = {"$ref": "#/$defs/withheld"}


def documents_of(contract: Contract) -> dict[str, JsonSchema]:
    """A contract's documents by their path under docs/contracts.

    An event that is not published has none. Raises CannotPublish when the type has no Chinese
    name.
    """
    if contract.kind != EVENT:
        return {schema_path(contract): payload_schema(contract)}
    if contract.unpublished:
        return {}
    return {
        schema_path(contract): data_schema(contract),
        cloudevent_path(contract): cloudevent_schema(contract),
    }


def schema_path(contract: Contract) -> str:
    return f"schemas/{contract.service}/{contract.name}.{contract.version}.json"


def cloudevent_path(contract: Contract) -> str:
    return f"schemas/{contract.service}/{contract.name}.{contract.version}.cloudevent.json"


def data_schema(contract: Contract) -> JsonSchema:
    """The `data` of an event's public form: its leaf document."""
    return {
        **_head(contract, contract.urn),
        **leaf_document_schema(contract),
        "$defs": {"withheld": withheld_schema()},
    }


def cloudevent_schema(contract: Contract) -> JsonSchema:
    """An event's whole public form. CloudEvents may gain attributes, so others are allowed."""
    return {
        **_head(contract, f"{contract.urn}:cloudevent"),
        **cloudevent_frame(contract),
        "$defs": {"data": leaf_document_schema(contract), "withheld": withheld_schema()},
    }


def payload_schema(contract: Contract) -> JsonSchema:
    """The payload of a command or query, each field marked with its classification."""
    return {
        **_head(contract, contract.urn),
        "type": "object",
        "properties": {
            name: {**field.schema, **_marks(field)} for name, field in contract.fields.items()
        },
        "required": [name for name, field in contract.fields.items() if field.required],
        "additionalProperties": False,
    }


def cloudevent_frame(contract: Contract) -> JsonSchema:
    """A CloudEvent around `#/$defs/data`; `time` is there unless only the day is public."""
    properties: JsonSchema = {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1, "description": "Stream and version."},
        "source": {"const": f"/jiandu/{contract.service}"},
        "type": {"const": f"jiandu.{contract.service}.{contract.name}"},
        "subject": {"type": "string", "minLength": 1, "description": "The event's stream."},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"const": contract.urn},
        "sequence": {
            "type": "string",
            "pattern": "^[1-9][0-9]*$",
            "description": "The position in the log of the source, gapless from 1.",
        },
        "sequencetype": {"const": "Integer"},
        "data": {"$ref": "#/$defs/data"},
    }
    if is_day_only(contract):
        # `false` and not left out: an attribute `time` of its own would tell what is withheld.
        return {
            "type": "object",
            "properties": {**properties, "time": False},
            "required": list(properties),
        }
    properties["time"] = _moment()
    return {"type": "object", "properties": properties, "required": list(properties)}


def leaf_document_schema(contract: Contract) -> JsonSchema:
    """What an event's leaf is the hash of: envelope and fields, a digest for each withheld one."""
    fields = {
        name: field.schema if _is_public(field) else _WITHHELD_REF
        for name, field in contract.fields.items()
    }
    properties: JsonSchema = {
        "actor": _closed({"id": _WITHHELD_REF, "role": {"type": "string", "minLength": 1}}),
        "causation_id": _WITHHELD_REF,
        "command_id": _WITHHELD_REF
        if is_day_only(contract)
        else schema_of(Identifier(), written=True),
        "correlation_id": _WITHHELD_REF,
        "data": _closed(fields),
        "log": {"const": contract.service},
        "occurred_at": _WITHHELD_REF if is_day_only(contract) else _moment(),
        "occurred_on": schema_of(Day(), written=True),
        "schema_version": {"const": contract.version},
        "stream": {"type": "string", "minLength": 1},
        "type": {"const": contract.name},
        "version": {
            "type": "integer",
            "minimum": 1,
            "description": "The place in the stream, from 1 without gaps.",
        },
    }
    return _closed(properties)


def withheld_schema() -> JsonSchema:
    """What stands in a leaf document for a value that is not public."""
    return {
        "description": "A SHA-256 digest in place of a value that is not public.",
        **_closed({WITHHELD: {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}}),
    }


def _head(contract: Contract, identifier: str) -> dict[str, Any]:
    head = {
        "$schema": DIALECT,
        "$id": identifier,
        "title": contract.name,
        "x-zh": zh_name(contract.service, contract.kind, contract.name),
    }
    if contract.description is not None:
        head["description"] = contract.description
    return head


def _marks(field: FieldContract) -> dict[str, str]:
    marks = {"x-jiandu-classification": field.classification}
    if field.under is not None:
        marks["x-jiandu-sealed-under"] = field.under
    return marks


def _is_public(field: FieldContract) -> bool:
    return field.classification == str(Classification.PUBLIC)


def _closed(properties: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _moment() -> JsonSchema:
    return {
        "type": "string",
        "format": "date-time",
        "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$",
        "description": "UTC, to the microsecond.",
    }
