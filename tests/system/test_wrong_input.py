"""Wrong input on every command: refused with code and paths, and the log stays as it was."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import pytest

from shared.messaging.rpc_client import RemoteError, RpcClient
from tests.system.bureau import Payload
from tests.system.sending import (
    Sender,
    assert_invalid,
    assert_refused,
    error_of,
    sealed_fields,
)
from tests.system.situations import COMMAND_NAMES, Situation

pytestmark = pytest.mark.usefixtures("log_unchanged")

WRONG_TYPES: tuple[Any, ...] = ({"x": 1}, "", -1, [[]], {"sealed": "AAAA"})
"""None of them is a value of any field."""

WRONG_TYPE_CODES = (
    "wrong_type", "not_in_vocabulary", "bad_format", "bad_length", "out_of_range", "invalid",
    "not_sealed",
)  # fmt: skip


@pytest.fixture(params=COMMAND_NAMES)
def situation(request: pytest.FixtureRequest, situations: dict[str, Situation]) -> Situation:
    return situations[request.param]


def test_every_command_has_a_situation_here(situations: dict[str, Situation]) -> None:
    assert sorted(situations) == COMMAND_NAMES
    for situation in situations.values():
        assert situation.payload.keys() == situation.message_type.classes.keys()


def test_a_value_of_the_wrong_type_is_invalid_at_its_field(
    sender: Sender, situation: Situation
) -> None:
    for field in situation.payload:
        for value in WRONG_TYPES:
            message = sender.with_field(situation, field, value)
            answer = sender.send_signed(message, situation.actor)
            assert_invalid(answer, _first_of(answer, field), *WRONG_TYPE_CODES)


def _first_of(answer: Payload, field: str) -> str:
    """The field's path, or that of its only item where the list is right and the item wrong."""
    path: str = error_of(answer)["problems"][0]["path"]
    assert path in (field, f"{field}[0]"), path
    return path


def test_a_required_field_that_is_missing_or_null_is_invalid_at_its_path(
    sender: Sender, situation: Situation
) -> None:
    for field, its in situation.message_type.schema.fields.items():
        missing, null = sender.message(situation), sender.with_field(situation, field, None)
        del missing["payload"][field]
        if its.required:
            assert_invalid(sender.send_signed(missing, situation.actor), field, "missing")
            assert_invalid(sender.send_signed(null, situation.actor), field, "missing")


def test_an_unknown_field_is_invalid_and_all_problems_are_told_at_once(
    sender: Sender, situation: Situation
) -> None:
    message = sender.message(situation)
    message["payload"]["surprise"] = "x"
    assert_invalid(sender.send_signed(message, situation.actor), "surprise", "unknown_field")
    first = next(iter(situation.payload))
    message["payload"][first] = {"x": 1}
    problems = error_of(sender.send_signed(message, situation.actor))["problems"]
    assert {problem["path"] for problem in problems} == {first, "surprise"}


def test_an_unknown_part_of_the_envelope_is_invalid(sender: Sender, situation: Situation) -> None:
    message = {**sender.message(situation), "surprise": 1}
    assert_invalid(sender.send_signed(message, situation.actor), "surprise", "unknown_field")


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


def test_a_body_beyond_256_kib_is_refused_and_one_beyond_1_mib_is_not_even_read(
    sender: Sender, situation: Situation
) -> None:
    message = sender.message(situation)
    message["payload"]["surprise"] = "甲" * 100_000
    assert_refused(sender.send_signed(message, situation.actor), "too_large")
    message["payload"]["surprise"] = "甲" * 400_000
    with pytest.raises(RemoteError) as refused:
        sender.send_signed(message, situation.actor)
    assert refused.value.exc_type == "TooLarge"


def test_a_payload_that_is_no_object_is_invalid(sender: Sender, situation: Situation) -> None:
    for payload in ([], [situation.payload], "text", 5, True):
        message = {**sender.message(situation), "payload": payload}
        assert_invalid(sender.send_signed(message, situation.actor), "", "wrong_type")
    message = {**sender.message(situation), "payload": None}
    assert_invalid(sender.send_signed(message, situation.actor), "payload", "missing")


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


def test_personal_data_in_clear_is_invalid_at_its_field_and_not_repeated(
    sender: Sender, situation: Situation
) -> None:
    for field in sealed_fields(situation):
        message = sender.message(situation)
        message["payload"][field] = "张三13900009999"
        answer = sender.send_signed(message, situation.actor)
        assert_invalid(answer, field, "not_sealed")
        assert "张三" not in str(answer)


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
def test_a_schema_version_that_nobody_knows_is_invalid(
    sender: Sender, situation: Situation, version: int, code: str
) -> None:
    message = {**sender.message(situation), "schema_version": version}
    assert_invalid(sender.send_signed(message, situation.actor), "schema_version", code)


def test_an_unknown_type_is_invalid(sender: Sender, situation: Situation) -> None:
    name = situation.message_type.name
    for wrong in ("PointDesignated", "ListPoints", name.lower(), f"{name} ".strip() + "2"):
        message = {**sender.message(situation), "type": wrong}
        assert_invalid(sender.send_signed(message, situation.actor), "type", "unknown_type")


@pytest.mark.parametrize("part", ["id", "type", "schema_version", "payload"])
def test_an_envelope_without_one_of_its_parts_is_invalid(
    sender: Sender, situation: Situation, part: str
) -> None:
    message = sender.message(situation)
    del message[part]
    assert_invalid(sender.send_signed(message, situation.actor), part, "missing")


@pytest.mark.parametrize(
    "identifier", ["", "5", 5, None, "0C9B8F0E-7F3D-4F4E-9A53-2F6D3C1B7A11", "' OR 1=1 --"]
)
def test_a_command_id_in_another_spelling_is_invalid(
    sender: Sender, situation: Situation, identifier: Any
) -> None:
    message = {**sender.message(situation), "id": identifier}
    error = error_of(sender.send_signed(message, situation.actor))
    assert [problem["path"] for problem in error["problems"]] == ["id"]


def test_a_stale_expected_version_is_a_conflict_that_tells_both_versions(
    sender: Sender, situation: Situation
) -> None:
    for expected in (situation.version + 1, max(situation.version - 1, 77)):
        message = {**sender.message(situation), "expected_version": expected}
        error = error_of(sender.send_signed(message, situation.actor))
        told = {name: error.get(name) for name in ("kind", "stream", "expected", "actual")}
        assert told == {
            "kind": "conflict",
            "stream": situation.stream,
            "expected": expected,
            "actual": situation.version,
        }


def test_items_of_a_list_are_named_by_their_place(
    sender: Sender, situations: dict[str, Situation]
) -> None:
    situation = situations["RecordDistrictFigures"]
    figures = copy.deepcopy(situation.payload["figures"])
    figures[1]["market_entities"] = "40000"
    del figures[0]["division"]
    message = sender.with_field(situation, "figures", figures)
    error = error_of(sender.send_signed(message, situation.actor))
    told = {(problem["path"], problem["code"]) for problem in error["problems"]}
    assert told == {
        ("figures[1].market_entities", "wrong_type"),
        ("figures[0].division", "missing"),
    }


@pytest.mark.parametrize("message", [None, [], "text", 5, {}, [[]]])
def test_a_message_that_is_no_envelope_is_invalid(rpc: RpcClient, message: Any) -> None:
    assert rpc.call("registry", "command", message)["error"]["kind"] == "invalid"
