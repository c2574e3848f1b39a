"""A command happens once, however often it is sent, and its id belongs to it alone."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from shared.messaging.rpc_client import RpcClient
from tests.system.bureau import OFFICER, REVIEWER, Bureau, review_check
from tests.system.conftest import Stock
from tests.system.installation import Installation
from tests.system.sending import Answer, Sender, assert_refused
from tests.system.situations import KIND, Situation, for_every_command
from tests.system.watch import LogWatch

Done = dict[str, tuple[str, Answer]]
"""What became of each command: its id and its result."""


@pytest.fixture(scope="module")
def done(sender: Sender, situations: dict[str, Situation], stock: Stock) -> Done:
    """Every command carried out once."""
    stock.clear()
    carried_out = {}
    moved: Counter[str] = Counter()  # by how many events, of a stream that several are about
    for name, situation in situations.items():
        expected = situation.version + moved[situation.stream]
        message = {**sender.message(situation), "expected_version": expected}
        answer = sender.send_signed(message, situation.actor)
        moved[situation.stream] += 1
        carried_out[name] = (str(message["id"]), answer)
    return carried_out


@for_every_command
def test_a_command_without_fault_is_carried_out_and_tells_its_stream_and_version(
    done: Done, situation: Situation
) -> None:
    _, answer = done[situation.message_type.name]
    result = answer["ok"]
    assert result["stream"] == situation.stream
    assert result["version"] > situation.version
    assert result["events"]


@pytest.mark.usefixtures("log_unchanged")
@for_every_command
def test_the_same_command_again_gives_the_first_result_and_leaves_nothing(
    sender: Sender, done: Done, situation: Situation
) -> None:
    identifier, first = done[situation.message_type.name]
    for _ in range(3):
        again = sender.message(situation, identifier)  # sealed anew: other bytes, same command
        assert sender.send_signed(again, situation.actor) == first


@pytest.mark.usefixtures("log_unchanged")
@for_every_command
def test_a_used_id_with_another_payload_or_actor_is_refused_and_leaves_nothing(
    sender: Sender, done: Done, situation: Situation
) -> None:
    identifier, _ = done[situation.message_type.name]
    other_actor = replace(situation.actor, id="somebody-else")
    message = sender.message(situation, identifier, other_actor)
    answer = sender.send_signed(message, other_actor)
    assert_refused(answer, "command_id_reused", "command_id")
    message = sender.message(replace(situation, payload=_changed(situation)), identifier)
    answer = sender.send_signed(message, situation.actor)
    assert_refused(answer, "command_id_reused", "command_id")


def _changed(situation: Situation) -> dict[str, object]:
    """The payload with its first id, day or year another, which keeps it well formed."""
    payload = dict(situation.payload)
    first = next(iter(payload))
    value = payload[first]
    if isinstance(value, int):
        return {**payload, first: value + 1}
    return {**payload, first: value[:-1] + ("2" if value.endswith("1") else "1")}


def test_a_repeated_command_gives_its_first_result_after_the_state_has_moved_on(
    sender: Sender, bureau: Bureau, situations: dict[str, Situation], watch: LogWatch
) -> None:
    batch_id = bureau.open_batch()
    application_id = bureau.apply(batch_id, KIND)
    passing = replace(
        situations["PassFormalCheck"],
        payload={"application_id": application_id},
        stream=f"application-{application_id}",
    )
    message = sender.message(passing)
    first = sender.send_signed(message, OFFICER)
    bureau.send(REVIEWER, "RecordReviewCheck", review_check(application_id))
    with watch.unchanged():
        assert sender.send_signed(message, OFFICER) == first
        anew = sender.message(passing)
        assert_refused(sender.send_signed(anew, OFFICER), "wrong_state")


def test_a_command_sent_again_while_the_first_is_under_way_happens_once(
    system: Installation, bureau: Bureau, situations: dict[str, Situation]
) -> None:
    def send(message: dict[str, object]) -> Answer:
        with RpcClient(system.amqp_url, 30.0) as rpc:
            answer: Answer = rpc.call("registry", "command", message)
            return answer

    application_id = bureau.apply(bureau.open_batch(), KIND)
    passing = replace(situations["PassFormalCheck"], payload={"application_id": application_id})
    with RpcClient(system.amqp_url, 30.0) as rpc:
        sender = Sender(rpc, system.issuer)
        message = sender.signed(sender.message(passing), OFFICER)
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(send, [message] * 8))
    assert answers == [answers[0]] * 8
    assert answers[0]["ok"]["version"] == 2
