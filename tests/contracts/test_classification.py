"""No message is defined without saying of each field who may see it."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.fields import Identifier, Text
from shared.contracts.message import (
    Classification,
    MessageType,
    Vocabulary,
    define,
    internal,
    public,
    sealed,
    value,
)
from tests.contracts.values import MESSAGE_TYPES, named


@pytest.fixture
def words() -> Vocabulary:
    return Vocabulary("invented", "event")


def _entered(words: Vocabulary) -> list[str]:
    return [its.name for its in words]


def test_a_field_without_classification_is_refused_when_its_class_is_defined(
    words: Vocabulary,
) -> None:
    with pytest.raises(TypeError, match=r"Told\.name is not classified"):

        @define(words)
        class Told:
            identifier: str = public(Identifier())
            name: str

    assert _entered(words) == []


def test_a_plain_default_is_no_classification(words: Vocabulary) -> None:
    with pytest.raises(TypeError, match="not classified"):

        @define(words)
        class Told:
            name: str = "somebody"


@pytest.mark.parametrize("under", ["missing_id", "other"])
def test_a_sealed_field_needs_a_clear_field_that_names_its_subject(
    words: Vocabulary, under: str
) -> None:
    with pytest.raises(TypeError, match=r"Told\.name is sealed under no field"):

        @define(words)
        class Told:
            person_id: str = public(Identifier())
            other: str = sealed(Text(), under="person_id")
            name: str = sealed(Text(), under=under)


def test_a_part_without_a_schema_is_refused_when_its_class_is_defined() -> None:
    with pytest.raises(TypeError, match=r"Portion\.name has no schema"):

        @value
        class Portion:
            name: str


def test_the_three_classes_are_kept_with_the_type(words: Vocabulary) -> None:
    @define(words)
    class Told:
        person_id: str = public(Identifier())
        note: str = internal(Text())
        name: str = sealed(Text(), under="person_id")

    message_type = words.type_of(Told(person_id="p", note="n", name="m"))
    assert dict(message_type.classes) == {
        "person_id": Classification.PUBLIC,
        "note": Classification.INTERNAL,
        "name": Classification.SEALED,
    }
    assert message_type.subject_of("name", {"person_id": "7"}) == "person:7"


@pytest.mark.parametrize("message_type", MESSAGE_TYPES, ids=named)
def test_every_message_of_every_service_is_classified_whole(message_type: MessageType) -> None:
    assert set(message_type.classes) == set(message_type.schema.fields)
    sealed_ones = set(message_type.of_class(Classification.SEALED))
    assert set(message_type.subjects) == sealed_ones


@pytest.mark.parametrize("service", CATALOGUE)
def test_no_two_services_or_kinds_use_one_name_for_two_things(service: str) -> None:
    language = CATALOGUE[service]
    names: list[Any] = [
        its.name for kind in (language.events, language.commands, language.queries) for its in kind
    ]
    assert len(names) == len(set(names))
