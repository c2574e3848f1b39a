"""Invariant 7: personal data crosses the broker sealed, for one field of one command."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts.clues.queries import QUERIES
from shared.contracts.errors import Invalid
from shared.contracts.message import Classification, MessageType
from shared.contracts.registry.commands import COMMANDS
from shared.privacy.sealing import seal_to
from shared.privacy.transit import open_fields, open_payload, seal_fields, seal_payload
from tests.contracts.values import named, payloads

RECEIVER = X25519PrivateKey.generate()
COMMAND, OTHER_COMMAND = "command-1", "command-2"
SUBMIT = COMMANDS.find("SubmitApplication")
SEALING = [its for its in COMMANDS if its.subjects]
SOME = settings(max_examples=5, suppress_health_check=list(HealthCheck))
PAYLOAD: dict[str, Any] = {
    "application_id": "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11",
    "unit_name": "晨光机械有限公司",
    "credit_code": None,
    "address": "天元区工业路8号",
    "contact_name": "李一",
    "contact_phone": "13900001234",
}


def sealed_for(command_id: str, payload: dict[str, Any]) -> dict[str, Any]:
    return seal_fields(SUBMIT, payload, RECEIVER.public_key(), command_id)


def refused(payload: Any, command_id: str = COMMAND) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        open_fields(SUBMIT, payload, RECEIVER, command_id)
    return {its.path: its.code for its in refusal.value.problems}


@pytest.mark.parametrize("message_type", SEALING, ids=named)
@SOME
@given(data=st.data())
def test_every_command_arrives_as_it_was_sent(
    message_type: MessageType, data: st.DataObject
) -> None:
    payload = data.draw(payloads(message_type))
    on_the_way = seal_fields(message_type, payload, RECEIVER.public_key(), COMMAND)
    for name in message_type.of_class(Classification.SEALED):
        assert payload[name] is None or set(on_the_way[name]) == {"sealed"}
    off_the_wire = json.loads(json.dumps(on_the_way))
    assert open_fields(message_type, off_the_wire, RECEIVER, COMMAND) == payload


def test_no_sealed_value_is_readable_on_the_way() -> None:
    on_the_wire = json.dumps(sealed_for(COMMAND, PAYLOAD), ensure_ascii=False)
    for name in SUBMIT.of_class(Classification.SEALED):
        assert PAYLOAD[name] is None or PAYLOAD[name] not in on_the_wire


def test_moved_to_another_command_nothing_opens() -> None:
    moved = sealed_for(COMMAND, PAYLOAD)
    told = refused(moved, OTHER_COMMAND)
    assert told == dict.fromkeys(
        ("unit_name", "address", "contact_name", "contact_phone"), told["address"]
    )
    assert told["address"] == "not_sealed"


def test_moved_to_another_field_it_does_not_open() -> None:
    moved = sealed_for(COMMAND, PAYLOAD)
    moved["address"], moved["unit_name"] = moved["unit_name"], moved["address"]
    assert refused(moved) == {"address": "not_sealed", "unit_name": "not_sealed"}


def test_moved_to_another_type_with_the_same_field_it_does_not_open() -> None:
    fail, check = COMMANDS.find("FailFormalCheck"), COMMANDS.find("ConcludeReview")
    payload = {"application_id": PAYLOAD["application_id"], "reasons": "缺少材料"}
    moved = seal_fields(fail, payload, RECEIVER.public_key(), COMMAND)
    with pytest.raises(Invalid):
        open_fields(check, moved, RECEIVER, COMMAND)


def test_sealed_to_another_service_it_does_not_open_here() -> None:
    elsewhere = X25519PrivateKey.generate().public_key()
    moved = seal_fields(SUBMIT, {"address": "x"}, elsewhere, COMMAND)
    assert refused(moved) == {"address": "not_sealed"}


_CLEAR: list[Any] = [
    "天元区工业路8号",
    "",
    5,
    True,
    [],
    {},
    {"sealed": "天元区工业路8号"},
    {"sealed": ""},
    {"sealed": None},
    {"sealed": 5},
    {"sealed": ["AAAA"]},
    {"sealed": "AAAA"},
    {"sealed": "\ud800"},
    {"sealed": "AAAA", "also": 1},
    {"SEALED": "AAAA"},
]


@pytest.mark.parametrize("clear", _CLEAR)
def test_personal_data_in_clear_or_damaged_is_refused_and_not_repeated(clear: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        open_fields(SUBMIT, {"address": clear}, RECEIVER, COMMAND)
    assert refusal.value.detail()["problems"][0]["code"] == "not_sealed"
    assert "工业路" not in str(refusal.value.to_wire())


def test_every_field_sent_in_clear_is_named_at_once() -> None:
    assert set(refused(PAYLOAD)) == {"unit_name", "address", "contact_name", "contact_phone"}


@pytest.mark.parametrize("plaintext", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5_000])
def test_a_sealed_value_that_is_no_json_is_refused_as_damaged(plaintext: bytes) -> None:
    context = f"SubmitApplication.address|{COMMAND}"
    ciphertext = seal_to(RECEIVER.public_key(), context, plaintext)
    damaged = {"address": {"sealed": base64.b64encode(ciphertext).decode()}}
    assert refused(damaged) == {"address": "not_sealed"}


@pytest.mark.parametrize("payload", [None, [], "x", 5])
def test_what_is_no_object_is_left_for_the_schema_to_refuse(payload: Any) -> None:
    assert open_fields(SUBMIT, payload, RECEIVER, COMMAND) == payload


@pytest.mark.parametrize("message_type", list(QUERIES), ids=named)
@SOME
@given(data=st.data())
def test_every_query_arrives_as_it_was_asked_and_is_not_readable_on_the_way(
    message_type: MessageType, data: st.DataObject
) -> None:
    payload = data.draw(payloads(message_type))
    on_the_way = seal_payload(message_type, payload, RECEIVER.public_key(), COMMAND)
    assert set(on_the_way) == {"sealed"}
    off_the_wire = json.loads(json.dumps(on_the_way))
    assert open_payload(message_type, off_the_wire, RECEIVER, COMMAND) == payload
    with pytest.raises(Invalid) as refusal:
        open_payload(message_type, off_the_wire, RECEIVER, OTHER_COMMAND)
    assert {its.code for its in refusal.value.problems} == {"not_sealed"}


def test_what_is_sent_in_clear_as_a_whole_is_for_the_schema_to_judge() -> None:
    for payload in (PAYLOAD, None, [], {"sealed": "x", "more": 1}):
        assert open_payload(SUBMIT, payload, RECEIVER, COMMAND) == payload
    with pytest.raises(Invalid):
        open_payload(SUBMIT, {"sealed": 7}, RECEIVER, COMMAND)
