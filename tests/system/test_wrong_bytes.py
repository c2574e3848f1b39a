"""Requests that no client of ours would send, put on the broker with another AMQP library."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.messaging.raw_amqp import RawCaller, pika_channel
from tests.system.bureau import Bureau
from tests.system.installation import Installation
from tests.system.sending import Sender
from tests.system.situations import Situation, for_every_command

pytestmark = pytest.mark.usefixtures("log_unchanged")

ROUTE = "registry.command"


@pytest.fixture
def raw(system: Installation) -> Iterator[RawCaller]:
    with pika_channel(system.amqp_url) as channel:
        yield RawCaller(channel)


@pytest.fixture
def good(sender: Sender, situations: dict[str, Situation]) -> bytes:
    """The body of a request that would be carried out, whatever its command."""
    return body_of(sender, situations["SubmitApplication"])


def body_of(sender: Sender, situation: Situation) -> bytes:
    message = sender.signed(sender.message(situation), situation.actor)
    return json.dumps({"args": [message], "kwargs": {}}, ensure_ascii=False).encode()


def refusal_of(raw: RawCaller, body: bytes, **properties: object) -> str:
    """The kind of error with which the registry answers a request it could not read."""
    answer = raw.ask(ROUTE, body, **properties)
    assert answer["result"] is None
    return str(answer["error"]["exc_type"])


def test_a_body_that_is_not_utf_8_is_answered_as_malformed(raw: RawCaller, good: bytes) -> None:
    assert refusal_of(raw, good.replace(b'"payload"', b'"payl\xffoad"')) == "MalformedRequest"
    assert refusal_of(raw, good.decode().encode("utf-16")) == "MalformedRequest"
    assert refusal_of(raw, b"\xff\xfe\x00" * 100) == "MalformedRequest"


def test_a_lone_surrogate_is_answered_as_malformed(raw: RawCaller, good: bytes) -> None:
    for surrogate in (rb"\ud800", rb"\udc00\ud800"):
        body = good.replace(b'"payload": {', b'"payload": {"x": "' + surrogate + b'", ')
        assert body != good
        assert refusal_of(raw, body) == "MalformedRequest"


def test_a_request_cut_short_is_answered_as_malformed(raw: RawCaller, good: bytes) -> None:
    for body in (good[:-1], good[: len(good) // 2], b""):
        assert refusal_of(raw, body) == "MalformedRequest"


def test_a_request_nested_a_hundred_thousand_deep_is_answered_as_malformed(
    raw: RawCaller, good: bytes
) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    body = good.replace(b'"payload": {', b'"payload": {"x": ' + deep + b", ")
    assert refusal_of(raw, body) == "MalformedRequest"


def test_a_request_of_another_shape_or_content_type_is_answered(
    raw: RawCaller, good: bytes
) -> None:
    message = json.loads(good)["args"][0]
    for shape in (message, [message], {"args": message, "kwargs": {}}, {"args": [message]}):
        assert refusal_of(raw, json.dumps(shape).encode()) == "MalformedRequest"
    for arguments in ([], [message, message]):
        body = json.dumps({"args": arguments, "kwargs": {}}).encode()
        assert refusal_of(raw, body) == "IncorrectSignature"
    assert refusal_of(raw, good, content_type="application/x-python-serialize") == (
        "MalformedRequest"
    )
    assert refusal_of(raw, good, headers={"compression": "application/x-gzip"}) == (
        "MalformedRequest"
    )


@for_every_command
def test_a_request_past_its_deadline_or_without_anyone_to_answer_is_not_carried_out(
    raw: RawCaller, sender: Sender, situation: Situation
) -> None:
    good = body_of(sender, situation)
    raw.send(ROUTE, good, headers={"jiandu.deadline": int(time.time() * 1_000) - 1})
    raw.send(ROUTE, good, reply=False)
    # Requests are taken in order: once this one is answered, those two have had their turn.
    assert raw.ask("registry.head", b'{"args": [], "kwargs": {}}')["error"] is None


def test_a_method_that_is_not_there_is_answered(raw: RawCaller, bureau: Bureau) -> None:
    answer = raw.ask("registry.__init__", b'{"args": [], "kwargs": {}}')
    assert answer["error"]["exc_type"] == "MethodNotFound"
    assert bureau.client.ask("registry", "head") > 0
