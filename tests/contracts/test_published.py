"""The published documents: valid by their own standards, and true of what we send and take."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from marshmallow import ValidationError, fields, validate

from shared.contracts.catalogue import CATALOGUE, Language
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
from shared.contracts.message import (
    Classification,
    MessageType,
    Part,
    Precision,
    Vocabulary,
    define,
    part,
    public,
    value,
)
from shared.contracts.publication import __main__ as publication
from shared.contracts.publication import files
from shared.contracts.publication.contract import contract_of, contracts_of
from shared.contracts.publication.field_schemas import CannotPublish, schema_of
from shared.contracts.publication.released import Released, load
from shared.contracts.publication.zh_names import zh_name
from shared.contracts.registry.fields import CreditCode, division, phone, section
from shared.contracts.stored import RecordedEvent, Trace, leaf_of_document, public_form, store
from shared.messaging.topology import public_exchange
from shared.reference.credit_code import complete
from tests.contracts.values import (
    EVENT_TYPES,
    IDS,
    MESSAGE_TYPES,
    PUBLISHED_TYPES,
    instances,
    named,
    payloads,
    texts,
)

DOCS = publication.DOCS
ASKED_TYPES = [each for each in MESSAGE_TYPES if each not in EVENT_TYPES]
MOMENTS = st.integers(1_577_836_800, 4_102_444_800).map(
    lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)
)


few = settings(max_examples=6)


def service_of(message_type: MessageType) -> str:
    """Whose it is; of what several services say alike, the first of them."""
    return next(
        service
        for service, language in CATALOGUE.items()
        for vocabulary in (language.events, language.commands, language.queries)
        if message_type in vocabulary
    )


def published(message_type: MessageType, ending: str = "") -> Draft202012Validator:
    """What somebody has who downloaded the type's file."""
    name = f"{message_type.name}.{message_type.schema_version}{ending}.json"
    return _downloaded(DOCS / "schemas" / service_of(message_type) / name)


@cache
def _downloaded(path: Path) -> Draft202012Validator:
    return validator(json.loads(path.read_text("utf-8")))


def validator(schema: Any) -> Draft202012Validator:
    """Formats are checked, which JSON Schema leaves to its user."""
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def forms(message_type: MessageType) -> st.SearchStrategy[dict[str, Any]]:
    """Public forms, as JSON gives them back, of events of a type stored as services do."""
    return st.builds(
        lambda event, at, version, position, command_id: _form(
            message_type, event, at, version, position, command_id
        ),
        instances(message_type),
        MOMENTS,
        st.integers(1, 10**6),
        st.integers(1, 10**9),
        IDS,
    )


def _form(
    message_type: MessageType,
    event: Any,
    at: dt.datetime,
    version: int,
    position: int,
    command_id: str,
) -> dict[str, Any]:
    stored = store(
        event,
        message_type,
        log=service_of(message_type),
        stream=f"stream-{command_id}",
        version=version,
        occurred_at=at,
        trace=Trace("case_handler", "someone", command_id, command_id, None),
        seal=lambda subject, context, plaintext: b"sealed " + plaintext,
    )
    form: dict[str, Any] = json.loads(
        json.dumps(public_form(RecordedEvent(position, at, stored)), ensure_ascii=False)
    )
    return form


def wrong_forms(form: dict[str, Any], message_type: MessageType) -> Iterator[dict[str, Any]]:
    """The form with one thing wrong, in every place where a reader would stumble."""
    for path in _paths(form):
        yield _changed(form, path, lambda holder, key: holder.pop(key))
        yield _changed(form, path, lambda holder, key: holder.update({key: 1.5}))
    for path in [("data",), ("data", "actor"), ("data", "data")]:
        yield _changed(form, (*path, "surprise"), lambda holder, key: holder.update({key: "!"}))
    for name, kind in message_type.classes.items():
        if kind is not Classification.PUBLIC:
            in_clear = ("data", "data", name)
            yield _changed(form, in_clear, lambda holder, key: holder.update({key: "in clear"}))
    if message_type.precision is Precision.DAY:
        yield {**form, "time": "2026-12-02T01:00:00.000000Z"}
    yield {**form, "dataschema": "urn:jiandu:registry:Other:1"}
    yield {**form, "sequence": "0"}


def _paths(form: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    yield from ((key,) for key in form)
    yield from (("data", key) for key in form["data"])
    yield from (("data", "data", key) for key in form["data"]["data"])


def _changed(
    form: dict[str, Any], path: tuple[str, ...], change: Callable[[dict[str, Any], str], Any]
) -> dict[str, Any]:
    other = copy.deepcopy(form)
    holder = other
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return other


# --- the documents themselves


def test_the_published_documents_are_what_the_code_gives() -> None:
    assert files.stale(DOCS, files.wanted(CATALOGUE, load(DOCS))) == []


def test_everything_that_others_are_told_of_is_released() -> None:
    assert [each.key for each in load(DOCS).missing(contracts_of(CATALOGUE))] == []


def test_every_schema_is_json_schema_2020_12_under_a_name_of_its_own() -> None:
    names = []
    for path in sorted((DOCS / "schemas").rglob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        names.append(schema["$id"])
    assert len(names) == len(set(names)) >= len(PUBLISHED_TYPES) + len(ASKED_TYPES)


@pytest.mark.parametrize("message_type", [*PUBLISHED_TYPES, *ASKED_TYPES], ids=named)
def test_every_schema_bears_its_name_in_chinese(message_type: MessageType) -> None:
    name = published(message_type).schema["x-zh"]

    assert any("\u4e00" <= character <= "\u9fff" for character in name)


# --- true of events


@pytest.mark.parametrize("message_type", PUBLISHED_TYPES, ids=named)
@few
@given(data=st.data())
def test_every_event_as_others_get_it_is_of_its_published_schema(
    message_type: MessageType, data: st.DataObject
) -> None:
    form = data.draw(forms(message_type))

    published(message_type, ".cloudevent").validate(form)
    published(message_type).validate(form["data"])
    assert published(message_type).schema["$id"] == form["dataschema"]
    assert leaf_of_document(form["data"])


@pytest.mark.parametrize("message_type", PUBLISHED_TYPES, ids=named)
@settings(max_examples=1)
@given(data=st.data())
def test_an_event_with_one_thing_wrong_is_not_of_its_published_schema(
    message_type: MessageType, data: st.DataObject
) -> None:
    form = data.draw(forms(message_type))
    schema = published(message_type, ".cloudevent")

    passed = [wrong for wrong in wrong_forms(form, message_type) if schema.is_valid(wrong)]

    assert passed == []


@settings(max_examples=1)
@given(data=st.data())
def test_the_schema_of_one_type_does_not_take_another(data: st.DataObject) -> None:
    designated, listed = (
        next(each for each in EVENT_TYPES if each.name == name)
        for name in ("ApplicationDesignated", "ApplicationListed")
    )
    form = data.draw(forms(designated))

    assert published(designated, ".cloudevent").is_valid(form)
    assert not published(listed, ".cloudevent").is_valid(form)


# --- true of commands and queries


@pytest.mark.parametrize("message_type", ASKED_TYPES, ids=named)
@few
@given(data=st.data())
def test_every_command_and_query_we_take_is_of_its_published_schema(
    message_type: MessageType, data: st.DataObject
) -> None:
    payload = data.draw(payloads(message_type))

    published(message_type).validate(payload)
    message_type.load(payload)


@pytest.mark.parametrize("message_type", ASKED_TYPES, ids=named)
@settings(max_examples=1)
@given(data=st.data())
def test_a_payload_with_one_thing_wrong_is_not_of_its_published_schema(
    message_type: MessageType, data: st.DataObject
) -> None:
    payload, schema = data.draw(payloads(message_type)), published(message_type)
    needed = [name for name, its in message_type.schema.fields.items() if its.required]

    assert not schema.is_valid({**payload, "surprise": "!"})
    for name in payload:
        assert not schema.is_valid({**payload, name: 1.5}), name
    for name in needed:
        assert not schema.is_valid({k: v for k, v in payload.items() if k != name}), name


@pytest.mark.parametrize("message_type", ASKED_TYPES, ids=named)
def test_a_payloads_schema_marks_how_each_field_is_classified(message_type: MessageType) -> None:
    properties = published(message_type).schema["properties"]

    assert {name: its["x-jiandu-classification"] for name, its in properties.items()} == {
        name: str(kind) for name, kind in message_type.classes.items()
    }


# --- true of every field type, on both sides of each rule


class Colour(StrEnum):
    """What it looks like."""

    RED = "red"
    BLUE = "blue"


@value
class Corner:
    x: int = part(Whole(0, 9))
    note: str | None = part(Text(3, allow_none=True))


TRICKY = st.text(
    "aZ19-红𠀀 \t\n\r\x00\x0b\x1c\x1f\x7f\x85\xa0\u1680\u200b\u2028\u3000\ufeff", max_size=6
)
NEAR_UUID = st.one_of(
    IDS, IDS.map(str.upper), IDS.map(lambda text: text + "\n"), IDS.map("{%s}".__mod__)
)
NEAR_DAYS = st.one_of(
    st.dates().map(dt.date.isoformat),
    st.dates().map(lambda day: day.isoformat() + "\n"),
    st.from_regex(r"[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.dates().map(lambda day: f"{day.year}-{day.month}-{day.day}"),
)
NEAR_MOMENTS = st.one_of(
    st.datetimes().map(lambda its: its.isoformat(timespec="microseconds") + "Z"),
    st.datetimes().map(lambda its: its.isoformat(timespec="microseconds") + "Z\n"),
    st.datetimes().map(lambda its: its.isoformat(timespec="seconds") + "Z"),
    st.datetimes().map(lambda its: its.isoformat(sep=" ", timespec="microseconds") + "Z"),
)
CORNERS = st.fixed_dictionaries(
    {}, optional={"x": st.integers(-1, 11), "note": st.none() | TRICKY, "y": st.integers()}
)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.just(1.5), TRICKY, texts(), st.lists(TRICKY)
)

FIELDS: list[tuple[str, fields.Field[Any], st.SearchStrategy[Any]]] = [
    ("text", Text(5, shortest=2), TRICKY),
    ("text or null", Text(5, allow_none=True), TRICKY),
    ("division", division(), st.from_regex(r"[0-9]{5,7}\n?", fullmatch=True)),
    ("section", section(), st.sampled_from([*"ATUa", "A\n", "AB", ""])),
    ("phone", phone(), st.from_regex(r"(1[2-9]|07)[0-9]{1,2}-?[0-9]{7,9}\n?", fullmatch=True)),
    ("identifier", Identifier(), NEAR_UUID),
    ("whole", Whole(-3, 7), st.integers(-6, 10)),
    ("flag", Flag(), st.booleans()),
    ("day", Day(), NEAR_DAYS),
    ("moment", Moment(), NEAR_MOMENTS),
    ("word", OneOf(Colour), st.sampled_from(["red", "blue", "green", "RED", "red\n", ""])),
    ("word or null", OneOf(Colour, allow_none=True), st.sampled_from(["red", "green", None])),
    ("part", Part(Corner), CORNERS),
    ("list", Many(Whole(0, 3), least=1, most=3), st.lists(st.integers(0, 4), max_size=5)),
    ("distinct list", Many(Whole(0, 3), distinct=True), st.lists(st.integers(0, 3), max_size=5)),
    ("list of parts", Many(Part(Corner)), st.lists(CORNERS, max_size=3)),
]


@pytest.mark.parametrize(
    ("field", "near"), [pytest.param(*rest, id=name) for name, *rest in FIELDS]
)
@settings(max_examples=100)
@given(data=st.data())
def test_a_field_and_its_schema_agree_on_every_value(
    field: fields.Field[Any], near: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    drawn = data.draw(near | ANYTHING)

    assert validator(schema_of(field, written=False)).is_valid(drawn) == _is_taken(field, drawn)


def _is_taken(field: fields.Field[Any], drawn: Any) -> bool:
    try:
        field.deserialize(drawn)
    except ValidationError:
        return False
    return True


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_every_credit_code_is_of_its_schema_which_says_that_there_is_a_check(first: str) -> None:
    schema = schema_of(CreditCode(), written=False)

    Draft202012Validator(schema).validate(complete(first))
    assert "check character" in schema["description"]


def test_what_we_write_has_every_part_and_what_we_read_may_lack_the_empty_ones() -> None:
    written, read = (schema_of(Part(Corner), written=each) for each in (True, False))

    assert written["required"] == ["x", "note"]
    assert read["required"] == ["x"]


# --- what cannot be published as it is


class Rounded(Whole):
    """A field type that nobody has given a published form."""


@pytest.mark.parametrize(
    ("field", "says"),
    [
        (Rounded(), "the field type Rounded has no published form"),
        (fields.Integer(), "the field type Integer has no published form"),
        (Text(validate=validate.Equal("x")), "Text(validate=...) would not show"),
        (Whole(data_key="other"), "Whole(data_key=...) would not show"),
        (Many(Rounded()), "the field type Rounded has no published form"),
    ],
    ids=["a subclass", "another library's", "a validator", "another key", "within a list"],
)
def test_what_has_no_schema_is_an_error_that_names_type_and_field(
    field: fields.Field[Any], says: str
) -> None:
    vocabulary = Vocabulary("registry", "event")

    @define(vocabulary)
    class ThingHappened:
        size: Any = public(field)

    with pytest.raises(CannotPublish) as raised:
        contract_of(vocabulary, vocabulary.type_of(ThingHappened(size=1)))

    assert str(raised.value).startswith("registry ThingHappened: field size: ")
    assert says in str(raised.value)


def test_a_type_without_a_chinese_name_is_an_error_that_says_where_to_give_it_one() -> None:
    with pytest.raises(CannotPublish, match=r"event ThingHappened of registry .*zh_names\.py"):
        zh_name("registry", "event", "ThingHappened")


# --- the AsyncAPI document


@pytest.fixture(scope="module")
def asyncapi() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DOCS / "asyncapi.json").read_text("utf-8"))
    return document


def test_the_asyncapi_document_has_what_a_subscriber_s_tools_need(asyncapi: dict[str, Any]) -> None:
    """The structure that AsyncAPI 3.0.0 asks for, as far as we use it."""
    assert asyncapi["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= asyncapi["info"].keys()
    for server in asyncapi["servers"].values():
        assert {"host", "protocol"} <= server.keys()
    for channel in asyncapi["channels"].values():
        assert channel["messages"]
        assert channel["bindings"]["amqp"]["is"] in ("routingKey", "queue")
    for operation in asyncapi["operations"].values():
        assert operation["action"] in ("send", "receive")
        assert operation["channel"]["$ref"].removeprefix("#/channels/") in asyncapi["channels"]


def test_every_reference_of_the_asyncapi_document_leads_somewhere(asyncapi: dict[str, Any]) -> None:
    references = set(_references(asyncapi))

    for reference in references:
        if reference.startswith("#/"):
            found: Any = asyncapi
            for key in reference.removeprefix("#/").split("/"):
                found = found[key]
        else:
            assert (DOCS / reference).is_file(), reference
    assert len(references) > len(EVENT_TYPES)


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for inner in node.values():
            yield from _references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _references(inner)


@pytest.mark.parametrize("message_type", PUBLISHED_TYPES, ids=named)
def test_a_subscriber_finds_each_event_under_its_routing_key(
    message_type: MessageType, asyncapi: dict[str, Any]
) -> None:
    service, name = service_of(message_type), message_type.name
    channel = asyncapi["channels"][f"{service}.{name}"]
    exchange = channel["bindings"]["amqp"]["exchange"]
    message = f"{service}.{name}.{message_type.schema_version}"

    assert channel["address"] == name
    assert (exchange["name"], exchange["type"]) == (public_exchange(service), "topic")
    assert asyncapi["components"]["messages"][message]["payload"] == {
        "$ref": f"schemas/{service}/{name}.{message_type.schema_version}.cloudevent.json"
    }
    assert {
        its["action"]
        for its in asyncapi["operations"].values()
        if its["channel"]["$ref"] == f"#/channels/{service}.{name}"
    } == {"send", "receive"}


# --- the command line


@pytest.fixture
def written(tmp_path: Path) -> Path:
    publication.write(tmp_path, CATALOGUE)
    publication.release(tmp_path, CATALOGUE)
    return tmp_path


def test_check_passes_on_what_write_and_release_have_made(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publication.main(["check"], written) == 0
    assert "break no reader" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            lambda docs: (docs / "asyncapi.json").unlink(),
            "asyncapi.json is missing: run `make contracts`",
        ),
        (
            lambda docs: (docs / "schemas/registry/BatchOpened.1.json").write_text("{}"),
            "schemas/registry/BatchOpened.1.json is not what the code gives: run `make contracts`",
        ),
        (
            lambda docs: (docs / "schemas/registry/Old.1.json").write_text("{}"),
            "schemas/registry/Old.1.json belongs to nothing in the code: run `make contracts`",
        ),
    ],
    ids=["missing", "edited", "left over"],
)
def test_check_says_what_to_do_about_a_file_that_is(
    written: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], Any],
    says: str,
) -> None:
    spoil(written)

    assert publication.main(["check"], written) == 1
    assert says in capsys.readouterr().err
    assert publication.main(["write"], written) == 0
    assert publication.main(["check"], written) == 0


def test_check_names_what_is_not_released_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publication.write(tmp_path, CATALOGUE)

    assert publication.main(["check"], tmp_path) == 0
    assert "Not released yet, so not held to: registry/event/" in capsys.readouterr().out


def test_wrong_use_ends_with_exit_code_2() -> None:
    with pytest.raises(SystemExit) as ended:
        publication.main(["publish"])

    assert ended.value.code == 2


def test_an_older_version_keeps_its_schema_and_its_place_in_the_asyncapi_document(
    tmp_path: Path,
) -> None:
    def language(version: int, **named_fields: Any) -> dict[str, Language]:
        vocabularies = [Vocabulary("registry", kind) for kind in ("event", "command", "query")]
        body = {"__annotations__": dict.fromkeys(named_fields, Any), **named_fields}
        define(vocabularies[0], schema_version=version)(type("BatchOpened", (), body))
        vocabularies[0].upcaster("BatchOpened", 1)(dict)
        return {"registry": Language(*vocabularies)}

    first, second = language(1, title=public(Text())), language(2, name=public(Pattern("x", "x")))
    publication.release(tmp_path, first)
    before = files.wanted(first, Released())

    publication.write(tmp_path, second)

    old = tmp_path / "schemas/registry/BatchOpened.1.cloudevent.json"
    assert old.read_text("utf-8") == before["schemas/registry/BatchOpened.1.cloudevent.json"]
    assert (tmp_path / "schemas/registry/BatchOpened.2.cloudevent.json").exists()
    channel = json.loads((tmp_path / "asyncapi.json").read_text("utf-8"))["channels"][
        "registry.BatchOpened"
    ]
    assert list(channel["messages"]) == ["registry.BatchOpened.1", "registry.BatchOpened.2"]
