"""Other government systems receive the public forms, and check for themselves what they got."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature

from deploy.local.processes import wait_until
from shared.contracts.registry.vocabulary import UnitKind
from shared.service.client import ServiceClient
from tests.system.bureau import DISTRICT, OTHER_DISTRICT, Bureau
from tests.system.installation import PATIENCE, Installation
from tests.system.outsiders import Outsider, outsider
from tests.system.transparency import Head, open_checkpoint, root_from_proof

REQUIRED_OF_CLOUDEVENTS = ("id", "source", "specversion", "type")


@dataclass(frozen=True)
class Told:
    """What was done while both outsiders listened: positions and types of the events."""

    nameko: Outsider
    pika: Outsider
    events: dict[int, dict[str, Any]]

    def of_type(self, name: str) -> list[int]:
        return [position for position, event in self.events.items() if event["type"] == name]


@pytest.fixture(scope="module")
def told(system: Installation, bureau: Bureau) -> Iterator[Told]:
    """Two units become points, while stock nameko and plain pika listen."""
    with (
        outsider("nameko_listener.py", system.amqp_url) as nameko,
        outsider("pika_consumer.py", system.amqp_url) as pika,
    ):
        start = bureau.client.ask("registry", "head")
        units = [(UnitKind.ENTERPRISE, DISTRICT), (UnitKind.CHAMBER, OTHER_DISTRICT)]
        _, notice_id, listed = bureau.on_notice(units)
        bureau.let_notice_end()
        bureau.designate(notice_id, listed)
        bureau.read("ListPoints", {})  # by now the relay has numbered it all
        feed = bureau.client.ask("registry", "feed", start, 1_000)
        yield Told(nameko, pika, {event["position"]: event for event in feed})


@pytest.fixture(scope="module")
def head(client: ServiceClient, told: Told) -> Head:
    """A signed checkpoint over all of it, its signature verified with the published key."""
    vkey = client.ask("registry", "keys")["checkpoint"]
    newest = max(told.events)

    def signed() -> Head | None:
        note = client.ask("registry", "checkpoint")
        return None if note is None else open_checkpoint(note, vkey)

    assert wait_until(lambda: (signed() or Head("", 0, b"")).size >= newest, PATIENCE)
    verified = signed()
    assert verified is not None
    return verified


def test_a_stock_nameko_event_handler_receives_every_designation(told: Told) -> None:
    designated = told.of_type("PointDesignated")
    assert len(designated) == 2
    for position, event in told.nameko.wait_for(designated).items():
        assert event["form"]["type"] == "jiandu.registry.PointDesignated"
        internal = told.events[position]
        assert event["form"]["data"]["data"] == internal["public"]
        assert event["ours"] == [], "it must not stand on our code"


def test_a_plain_pika_consumer_receives_every_public_event(told: Told) -> None:
    for position, event in told.pika.wait_for(sorted(told.events)).items():
        form = event["form"]
        assert all(form[name] for name in REQUIRED_OF_CLOUDEVENTS)
        assert form["specversion"] == "1.0"
        assert form["type"] == f"jiandu.registry.{told.events[position]['type']}"
        assert event["ours"] == [], "it must not stand on our code"


def test_both_get_the_same_form_of_the_same_event(told: Told) -> None:
    designated = told.of_type("PointDesignated")
    assert told.nameko.wait_for(designated) == told.pika.wait_for(designated)


def test_no_public_form_has_an_internal_or_personal_value(told: Told) -> None:
    submitted = told.of_type("ApplicationSubmitted")
    for event in told.pika.wait_for(submitted).values():
        text = json.dumps(event["form"], ensure_ascii=False)
        for secret in ("测试单位", "工业路", "李一", "13900001234", "市工商联", "applicant-1"):
            assert secret not in text


def test_each_leaf_recomputed_from_the_form_alone_is_under_the_signed_root(
    client: ServiceClient, told: Told, head: Head
) -> None:
    assert head.origin == "jiandu/registry"
    received = {
        **told.pika.wait_for(sorted(told.events)),
        **told.nameko.wait_for(told.of_type("PointDesignated")),
    }
    for position, event in received.items():
        proof = client.ask("registry", "proof", position, head.size)["proof"]
        path = [bytes.fromhex(node) for node in proof]
        leaf = bytes.fromhex(event["leaf"])
        assert root_from_proof(leaf, position - 1, head.size, path) == head.root


def test_a_changed_form_is_not_under_the_root_and_a_changed_checkpoint_not_signed(
    client: ServiceClient, told: Told, head: Head
) -> None:
    position = min(told.events)
    proof = client.ask("registry", "proof", position, head.size)["proof"]
    path = [bytes.fromhex(node) for node in proof]
    other = bytes.fromhex(told.pika.wait_for([position + 1])[position + 1]["leaf"])
    assert root_from_proof(other, position - 1, head.size, path) != head.root
    note = client.ask("registry", "checkpoint")
    vkey = client.ask("registry", "keys")["checkpoint"]
    size = note.splitlines()[1]
    with pytest.raises(InvalidSignature):
        open_checkpoint(note.replace(f"\n{size}\n", f"\n{int(size) + 1}\n"), vkey)
