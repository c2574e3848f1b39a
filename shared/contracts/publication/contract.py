"""What a type of message promises at one schema version, as plain values.

It comes from the code for the newest version, and from released.json for older ones, whose code
is gone while their events stay in the logs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.catalogue import Language
from shared.contracts.message import MessageType, Precision, Vocabulary
from shared.contracts.publication.field_schemas import (
    CannotPublish,
    JsonSchema,
    schema_of,
    summary_of,
)

EVENT, COMMAND, QUERY = "event", "command", "query"


@dataclass(frozen=True)
class FieldContract:
    """One field.

    classification: public, internal or sealed
    required: whether its sender must give it; an event has every field, null when empty
    schema: JSON Schema of its clear value
    under: of a sealed field, the field that names its subject
    """

    classification: str
    required: bool
    schema: JsonSchema
    under: str | None = None

    def to_json(self) -> dict[str, Any]:
        plain = {
            "class": self.classification,
            "required": self.required,
            "schema": self.schema,
        }
        return plain if self.under is None else {**plain, "under": self.under}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> FieldContract:
        """The inverse of `to_json`."""
        return cls(plain["class"], plain["required"], plain["schema"], plain.get("under"))


@dataclass(frozen=True)
class Contract:
    """One type of event, command or query at one schema version.

    unpublished, unpublished_with: of an event, as in MessageType
    """

    service: str
    kind: str
    name: str
    version: int
    precision: str
    description: str | None
    fields: Mapping[str, FieldContract]
    unpublished: bool = False
    unpublished_with: str | None = None

    @property
    def key(self) -> str:
        """Names it among all, such as `registry/event/PointDesignated/1`."""
        return f"{self.service}/{self.kind}/{self.name}/{self.version}"

    @property
    def urn(self) -> str:
        """Its schema's name, such as the `dataschema` of an event's public form."""
        return f"urn:jiandu:{self.service}:{self.name}:{self.version}"

    def to_json(self) -> dict[str, Any]:
        """Everything but the key, as plain JSON values."""
        kept = {"unpublished": self.unpublished, "unpublished_with": self.unpublished_with}
        return {
            "precision": self.precision,
            "description": self.description,
            **{name: its for name, its in kept.items() if its},
            "fields": {name: its.to_json() for name, its in self.fields.items()},
        }

    @classmethod
    def from_json(cls, key: str, plain: Mapping[str, Any]) -> Contract:
        """The inverse of `key` and `to_json`."""
        service, kind, name, version = key.split("/")
        return cls(
            service=service,
            kind=kind,
            name=name,
            version=int(version),
            precision=plain["precision"],
            description=plain["description"],
            fields={each: FieldContract.from_json(its) for each, its in plain["fields"].items()},
            unpublished=plain.get("unpublished", False),
            unpublished_with=plain.get("unpublished_with"),
        )


def contract_of(vocabulary: Vocabulary, message_type: MessageType) -> Contract:
    """What the code promises of a type. Raises CannotPublish, naming type and field."""
    try:
        described_fields = {
            each.name: _field_contract(vocabulary.kind, each, message_type)
            for each in dataclasses.fields(message_type.cls)
        }
    except CannotPublish as cannot:
        raise CannotPublish(f"{vocabulary.service} {message_type.name}: {cannot}") from None
    return Contract(
        service=vocabulary.service,
        kind=vocabulary.kind,
        name=message_type.name,
        version=message_type.schema_version,
        precision=str(message_type.precision),
        description=summary_of(message_type.cls),
        fields=described_fields,
        unpublished=message_type.unpublished,
        unpublished_with=message_type.unpublished_with,
    )


def contracts_of(catalogue: Mapping[str, Language]) -> list[Contract]:
    """What the code promises of every type of every service, in the order it is written in."""
    return [
        contract_of(vocabulary, message_type)
        for language in catalogue.values()
        for vocabulary in (language.events, language.commands, language.queries)
        for message_type in vocabulary
    ]


def is_day_only(contract: Contract) -> bool:
    """Whether the public form tells only the day on which the event happened."""
    return contract.precision == str(Precision.DAY)


def _field_contract(
    kind: str, field: dataclasses.Field[Any], message_type: MessageType
) -> FieldContract:
    declared, written = field.metadata["field"], kind == EVENT
    try:
        schema = schema_of(declared, written=written)
    except CannotPublish as cannot:
        raise CannotPublish(f"field {field.name}: {cannot}") from None
    return FieldContract(
        classification=str(message_type.classes[field.name]),
        required=written or declared.required,
        schema=schema,
        under=message_type.subjects.get(field.name),
    )
