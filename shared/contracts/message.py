"""Events and commands as frozen dataclasses, each field classified, each with its schema.

One definition serves the domain (typed, immutable), the wire (marshmallow) and the log
(classification). A field without `public`, `internal` or `sealed` is refused when its class is
defined, since what was once logged in clear can never be taken back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias, TypeVar, cast, dataclass_transform

from marshmallow import RAISE, Schema, fields

from shared.contracts import canonical
from shared.contracts.errors import Invalid
from shared.contracts.fields import coded
from shared.contracts.loading import load_with

T = TypeVar("T")


class Classification(StrEnum):
    """Who may see a field: everybody, our services, or only who holds its subject's key."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SEALED = "sealed"


class Precision(StrEnum):
    """How exactly the public form tells when something happened."""

    EXACT = "exact"
    DAY = "day"


@dataclass(frozen=True)
class SealedValue:
    """A sealed field as everyone sees it who has not opened it.

    `context` is the place it was sealed for; it opens nowhere else.
    """

    subject: str
    context: str
    ciphertext: bytes


Sealable: TypeAlias = T | SealedValue
"""Clear in the hands that decide, a `SealedValue` when read back from the log."""


def _classified(kind: Classification, field: fields.Field[Any], **extra: Any) -> Any:
    field.required = not field.allow_none
    return _dataclass_field(field, {"class": kind, "field": field, **extra})


def _dataclass_field(field: fields.Field[Any], metadata: dict[str, Any]) -> Any:
    if field.allow_none:
        return dataclasses.field(metadata=metadata, default=None)
    return dataclasses.field(metadata=metadata)


def public(field: fields.Field[Any]) -> Any:
    """A field that the public form shows to everyone."""
    return _classified(Classification.PUBLIC, field)


def internal(field: fields.Field[Any]) -> Any:
    """A field for our services; the public form has a salted digest in its place."""
    return _classified(Classification.INTERNAL, field)


def sealed(field: fields.Field[Any], under: str) -> Any:
    """A field encrypted under its subject's key.

    `under` names the field that holds the subject's id: `application_id` gives the subject
    `application:<id>`, and so does `stream` where it holds `application-<id>`. In a command it
    crosses the broker sealed to the service.
    """
    return _classified(Classification.SEALED, field, under=under)


@dataclass(frozen=True)
class MessageType:
    """What is known about one type of event or command: its schema and classification."""

    name: str
    schema_version: int
    cls: type
    classes: Mapping[str, Classification]
    subjects: Mapping[str, str]
    precision: Precision = Precision.EXACT
    anonymous: bool = False
    """Whether its events keep neither who sent the command nor in what role."""
    unpublished: bool = False
    """Whether others get nothing of its events but the hashes of their leaves."""
    unpublished_with: str | None = None
    """The internal field that keeps an event in which it is not null unpublished too."""

    def is_published(self, values: Mapping[str, Any]) -> bool:
        """Whether others get the public form of an event with these clear values."""
        its = self.unpublished_with
        return not self.unpublished and (its is None or values.get(its) is None)

    @cached_property
    def schema(self) -> Schema:
        """Made at its first use: no process uses more than some of all messages."""
        return _schema_of(self.cls)

    def of_class(self, kind: Classification) -> Iterator[str]:
        return (name for name, its in self.classes.items() if its is kind)

    def subject_of(self, name: str, values: Mapping[str, Any]) -> str:
        """The subject under whose key the sealed field `name` lies."""
        under = self.subjects[name]
        if under == "stream":
            return str(values[under]).replace("-", ":", 1)
        return f"{under.removesuffix('_id')}:{values[under]}"

    def load(self, payload: Any) -> Any:
        """An instance out of plain JSON values. Raises Invalid with every problem there is."""
        if not isinstance(payload, dict):
            raise Invalid.one("", "wrong_type", "must be an object")
        return self.cls(**load_with(self.schema, payload, found=canonical.problems(payload)))

    def dump(self, instance: Any) -> dict[str, Any]:
        """Plain JSON values; the inverse of `load`."""
        plain: dict[str, Any] = self.schema.dump(instance)
        return plain

    def restore(self, values: Mapping[str, Any], handles: Mapping[str, SealedValue]) -> Any:
        """An instance read back from the log: clear fields loaded, sealed ones as handles.

        Raises Invalid when the values are not those of this schema version.
        """
        clear = load_with(self.schema, dict(values), partial=tuple(self.subjects))
        return self.cls(**clear, **handles)


def _schema_of(cls: type) -> Schema:
    declared = {f.name: f.metadata["field"] for f in dataclasses.fields(cls)}
    made: type[Schema] = Schema.from_dict(declared, name=f"{cls.__name__}Schema")
    return made(unknown=RAISE)


class Vocabulary:
    """The messages of one service of one kind, by type and schema version, with upcasters."""

    def __init__(self, service: str, kind: str) -> None:
        self.service, self.kind = service, kind
        self._types: dict[str, MessageType] = {}
        self._by_class: dict[type, MessageType] = {}
        self._upcasters: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}

    def __iter__(self) -> Iterator[MessageType]:
        return iter(self._types.values())

    def enter(self, message_type: MessageType) -> None:
        """Add a type; `define` does it."""
        self._types[message_type.name] = message_type
        self._by_class[message_type.cls] = message_type

    def include(self, other: Vocabulary) -> None:
        """Add what several services say alike, with its upcasters."""
        for message_type in other:
            self.enter(message_type)
        self._upcasters.update(other._upcasters)

    def upcaster(
        self, name: str, from_version: int
    ) -> Callable[
        [Callable[[dict[str, Any]], dict[str, Any]]], Callable[[dict[str, Any]], dict[str, Any]]
    ]:
        """Decorator: turn clear values of `from_version` into those of the next version."""

        def enter(
            function: Callable[[dict[str, Any]], dict[str, Any]],
        ) -> Callable[[dict[str, Any]], dict[str, Any]]:
            self._upcasters[name, from_version] = function
            return function

        return enter

    def find(self, name: Any) -> MessageType:
        """The type of that name. Raises Invalid at path `type`."""
        found = self._types.get(name) if isinstance(name, str) else None
        if found is None:
            raise Invalid.one("type", "unknown_type", f"{self.service} has no such {self.kind}")
        return found

    def type_of(self, instance: Any) -> MessageType:
        return self._by_class[type(instance)]

    def is_published(self, name: str, values: Mapping[str, Any]) -> bool:
        """As the type of that name says; of a type that is not known, nothing is."""
        found = self._types.get(name)
        return found is not None and found.is_published(values)

    def upcast(self, name: str, version: int, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the newest version has them.

        Raises Invalid at `schema_version` when the version is newer than this reader, or no
        chain of upcasters leads from it.
        """
        newest = self.find(name).schema_version
        if version > newest:
            raise Invalid.one("schema_version", "too_new", f"{name} is known up to {newest}")
        current = dict(values)
        for step in range(version, newest):
            if (name, step) not in self._upcasters:
                raise Invalid.one("schema_version", "too_old", f"{name} {step} is read no more")
            current = self._upcasters[name, step](current)
        return current


@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(public, internal, sealed)
)
def define(
    vocabulary: Vocabulary,
    schema_version: int = 1,
    precision: Precision = Precision.EXACT,
    anonymous: bool = False,
    unpublished: bool = False,
    unpublished_with: str | None = None,
) -> Callable[[type[T]], type[T]]:
    """Decorator: make the class a frozen dataclass and enter it in the vocabulary.

    unpublished, unpublished_with: as in MessageType

    Raises TypeError for a field that is not classified, for a sealed one whose subject is not
    told by another field of the message in clear, and for `unpublished_with` of no internal field.
    """

    def enter(cls: type[T]) -> type[T]:
        made: Any = dataclass(frozen=True, kw_only=True)(cls)
        described = dataclasses.fields(made)
        for field in described:
            if "class" not in field.metadata:
                raise TypeError(f"{cls.__name__}.{field.name} is not classified")
        clear = {f.name for f in described if f.metadata["class"] is not Classification.SEALED}
        for field in described:
            under = field.metadata.get("under")
            if under is not None and under not in clear:
                raise TypeError(f"{cls.__name__}.{field.name} is sealed under no field of it")
        classes = {f.name: f.metadata["class"] for f in described}
        kept_by = unpublished_with
        if kept_by is not None and classes.get(kept_by) is not Classification.INTERNAL:
            raise TypeError(f"{cls.__name__} is kept unpublished by no internal field of it")
        vocabulary.enter(
            MessageType(
                name=cls.__name__,
                schema_version=schema_version,
                cls=made,
                classes=classes,
                subjects={f.name: f.metadata["under"] for f in described if "under" in f.metadata},
                precision=precision,
                anonymous=anonymous,
                unpublished=unpublished,
                unpublished_with=unpublished_with,
            )
        )
        return cast(type[T], made)

    return enter


def part(field: fields.Field[Any]) -> Any:
    """A field of a `value` class."""
    field.required = not field.allow_none
    return _dataclass_field(field, {"field": field})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(part,))
def value(cls: type[T]) -> type[T]:
    """A part of a message that has no life of its own; classified by the field that holds it.

    Its fields are declared with `part(...)`. Raises TypeError for one that is not.
    """
    made: Any = dataclass(frozen=True, kw_only=True)(cls)
    for field in dataclasses.fields(made):
        if "field" not in field.metadata:
            raise TypeError(f"{cls.__name__}.{field.name} has no schema")
    return cast(type[T], made)


class Part(fields.Field[Any]):
    """A field that holds an instance of a `value` class."""

    def __init__(self, cls: type, **kwargs: Any) -> None:
        self.cls, self.inner = cls, _schema_of(cls)
        super().__init__(**kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, dict):
            raise coded("wrong_type", "must be an object")
        return self.cls(**self.inner.load(value))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else self.inner.dump(value)
