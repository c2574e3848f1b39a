"""Wrong input on every command: refused with code and paths, and the log stays as it was.

What else may be wrong with a payload is tried in tests/service, where no broker is needed.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

from shared.messaging.rpc_client import RemoteError, RpcClient
from tests.system.sending import Sender, assert_invalid, assert_refused, error_of
from tests.system.situations import COMMAND_NAMES, Situation, for_every_command

pytestmark = pytest.mark.usefixtures("log_unchanged")


def test_every_command_has_a_situation_here(situations: dict[str, Situation]) -> None:
    assert sorted(situations) == COMMAND_NAMES
    for situation in situations.values():
        assert situation.payload.keys() == situation.message_type.classes.keys()


@for_every_command
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


def test_a_body_beyond_256_kib_is_refused_and_one_beyond_1_mib_is_not_even_read(
    sender: Sender, situations: dict[str, Situation]
) -> None:
    situation = situations["SubmitApplication"]
    message = sender.message(situation)
    message["payload"]["surprise"] = "甲" * 100_000
    assert_refused(sender.send_signed(message, situation.actor), "too_large")
    message["payload"]["surprise"] = "甲" * 400_000
    with pytest.raises(RemoteError) as refused:
        sender.send_signed(message, situation.actor)
    assert refused.value.exc_type == "TooLarge"


@for_every_command
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
