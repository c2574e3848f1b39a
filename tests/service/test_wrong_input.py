"""Wrong input on every command: refused with code and paths, and the log stays as it was.

Tried where no process needs to run: a payload is read before anything of the log is.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from services.registry.definition import DEFINITION
from services.registry.handlers import ROUTES
from shared.access.actor import Actor
from shared.contracts.envelope import answer_error, answer_ok
from shared.contracts.errors import JianduError
from shared.contracts.message import MessageType
from shared.contracts.roles import Role
from tests.service.test_refusals import EXAMPLES
from tests.service.town import CITY, Town
from tests.system.sending import Answer, Sender, assert_invalid, error_of, sealed_fields
from tests.system.situations import Situation, for_every_command

WRONG_TYPES: tuple[Any, ...] = ({"x": 1}, "", -1, [[]], {"sealed": "AAAA"})
"""None of them is a value of any field."""

WRONG_TYPE_CODES = (
    "wrong_type", "not_in_vocabulary", "bad_format", "bad_length", "out_of_range", "invalid",
    "not_sealed",
)  # fmt: skip


class Direct:
    """Calls of the registry in this process, answered as over the broker."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def call(
        self, service: str, method: str, /, *args: Any, deadline: float | None = None, **kwargs: Any
    ) -> Answer:
        assert service == "registry"
        if method == "keys":
            receiving = self._town.keyring.receiving_key().public_key().public_bytes_raw()
            return answer_ok({"receiving": base64.b64encode(receiving).decode()})
        assert method == "command"
        (message,) = json.loads(json.dumps(args))
        try:
            return answer_ok(self._town.commands.execute(message))
        except JianduError as error:
            return answer_error(error)


@pytest.fixture
def sender(town: Town) -> Sender:
    return Sender(Direct(town), town.issuer)


@pytest.fixture(scope="module")
def situations() -> dict[str, Situation]:
    """Every command that somebody may send, filled in, and somebody who may."""
    sent = [kind for kind in DEFINITION.commands if set(ROUTES[kind.cls].roles) != {Role.SYSTEM}]
    return {kind.name: _situation(kind) for kind in sent}


def _situation(kind: MessageType) -> Situation:
    role = min(set(ROUTES[kind.cls].roles) - {Role.SYSTEM})
    payload = kind.dump(EXAMPLES[kind.cls])
    return Situation(kind, Actor("somebody", role, CITY), payload, stream="", version=0)


@pytest.fixture(autouse=True)
def log_unchanged(town: Town) -> Iterator[None]:
    before = town.counted()
    yield
    assert town.counted() == before


@for_every_command
def test_a_value_of_the_wrong_type_is_invalid_at_its_field(
    sender: Sender, situation: Situation
) -> None:
    for field in situation.payload:
        for value in WRONG_TYPES:
            message = sender.with_field(situation, field, value)
            error = error_of(sender.send_signed(message, situation.actor))
            assert error["kind"] == "invalid", error
            told = {(its["path"].removeprefix(field), its["code"]) for its in error["problems"]}
            assert all(_is_wrong_there(*its) for its in told), error


def _is_wrong_there(place: str, code: str) -> bool:
    """At the field itself, at a list's only item, or told of what an object lacks."""
    if place.startswith("."):
        return code in ("missing", "unknown_field")
    return place in ("", "[0]") and code in WRONG_TYPE_CODES


@for_every_command
def test_a_required_field_that_is_missing_or_null_is_invalid_at_its_path(
    sender: Sender, situation: Situation
) -> None:
    for field, its in situation.message_type.schema.fields.items():
        missing, null = sender.message(situation), sender.with_field(situation, field, None)
        del missing["payload"][field]
        if its.required:
            assert_invalid(sender.send_signed(missing, situation.actor), field, "missing")
            assert_invalid(sender.send_signed(null, situation.actor), field, "missing")


@for_every_command
def test_an_unknown_part_of_the_envelope_is_invalid(sender: Sender, situation: Situation) -> None:
    message = {**sender.message(situation), "surprise": 1}
    assert_invalid(sender.send_signed(message, situation.actor), "surprise", "unknown_field")


@for_every_command
def test_a_value_far_too_large_is_invalid_at_its_field(
    sender: Sender, situation: Situation
) -> None:
    for field, value in situation.payload.items():
        message = sender.with_field(situation, field, _huge(value))
        error = error_of(sender.send_signed(message, situation.actor))
        assert error["kind"] == "invalid", (field, error)
        paths = {problem["path"].removeprefix("payload.") for problem in error["problems"]}
        assert paths == {field}, error


def _huge(value: Any) -> Any:
    match value:
        case int():
            return 2**53
        case list():
            return value * 501 if value else ["tax_arrears"] * 501
    return "甲" * 5_000


@for_every_command
def test_a_payload_that_is_no_object_is_invalid(sender: Sender, situation: Situation) -> None:
    for payload in ([], [situation.payload], "text", 5, True):
        message = {**sender.message(situation), "payload": payload}
        assert_invalid(sender.send_signed(message, situation.actor), "", "wrong_type")
    message = {**sender.message(situation), "payload": None}
    assert_invalid(sender.send_signed(message, situation.actor), "payload", "missing")


@for_every_command
def test_a_payload_nested_too_deep_is_invalid(sender: Sender, situation: Situation) -> None:
    field = next(iter(situation.payload))
    for depth in (20, 200):
        message = sender.message(situation)
        message["payload"][field] = _nested(depth)
        error = error_of(sender.send_signed(message, situation.actor))
        assert [problem["code"] for problem in error["problems"]] == ["too_deep"]
        assert error["problems"][0]["path"].startswith(f"payload.{field}")


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@for_every_command
def test_personal_data_in_clear_is_invalid_at_its_field_and_not_repeated(
    sender: Sender, situation: Situation
) -> None:
    for field in sealed_fields(situation):
        message = sender.message(situation)
        message["payload"][field] = "张三13900009999"
        answer = sender.send_signed(message, situation.actor)
        assert_invalid(answer, field, "not_sealed")
        assert "张三" not in str(answer)


@for_every_command
def test_personal_data_sealed_for_another_command_or_field_does_not_open(
    sender: Sender, situation: Situation
) -> None:
    fields = sealed_fields(situation)
    for field in fields:
        message, other = sender.message(situation), sender.message(situation)
        message["payload"][field] = other["payload"][field]
        assert_invalid(sender.send_signed(message, situation.actor), field, "not_sealed")
    for field, source in pairwise(fields):
        message = sender.message(situation)
        message["payload"][field] = message["payload"][source]
        assert_invalid(sender.send_signed(message, situation.actor), field, "not_sealed")


@for_every_command
def test_whatever_is_sealed_is_held_to_the_same_rules(sender: Sender, situation: Situation) -> None:
    hostile = {
        b'"\\ud800 is no character"': "bad_text",
        b'"\\u0000"': "bad_text",
        b'"\xff\xfe"': "not_sealed",
        b"{not json": "not_sealed",
        b"": "not_sealed",
        b"NaN": "wrong_type",
        b"1" * 10_000: "not_sealed",
        b"[" * 50_000 + b"]" * 50_000: "not_sealed",
        b'{"a":' * 900 + b"1" + b"}" * 900: "too_deep",
    }
    for field in sealed_fields(situation):
        for plaintext, code in hostile.items():
            message = sender.with_sealed_bytes(situation, field, plaintext)
            error = error_of(sender.send_signed(message, situation.actor))
            assert error["kind"] == "invalid", (field, plaintext[:20], error)
            codes = {problem["code"] for problem in error["problems"]}
            assert code in codes <= {code, "wrong_type"}, error
            assert all(problem["path"].startswith(field) for problem in error["problems"])


@pytest.mark.parametrize(("version", "code"), [(0, "out_of_range"), (99, "too_new")])
@for_every_command
def test_a_schema_version_that_nobody_knows_is_invalid(
    sender: Sender, situation: Situation, version: int, code: str
) -> None:
    message = {**sender.message(situation), "schema_version": version}
    assert_invalid(sender.send_signed(message, situation.actor), "schema_version", code)


@for_every_command
def test_an_unknown_type_is_invalid(sender: Sender, situation: Situation) -> None:
    name = situation.message_type.name
    for wrong in ("PointDesignated", "ListPoints", name.lower(), f"{name} ".strip() + "2"):
        message = {**sender.message(situation), "type": wrong}
        assert_invalid(sender.send_signed(message, situation.actor), "type", "unknown_type")


@pytest.mark.parametrize("part", ["id", "type", "schema_version", "payload"])
@for_every_command
def test_an_envelope_without_one_of_its_parts_is_invalid(
    sender: Sender, situation: Situation, part: str
) -> None:
    message = sender.message(situation)
    del message[part]
    assert_invalid(sender.send_signed(message, situation.actor), part, "missing")


@pytest.mark.parametrize(
    "identifier", ["", "5", 5, None, "0C9B8F0E-7F3D-4F4E-9A53-2F6D3C1B7A11", "' OR 1=1 --"]
)
@for_every_command
def test_a_command_id_in_another_spelling_is_invalid(
    sender: Sender, situation: Situation, identifier: Any
) -> None:
    message = {**sender.message(situation), "id": identifier}
    error = error_of(sender.send_signed(message, situation.actor))
    assert [problem["path"] for problem in error["problems"]] == ["id"]
