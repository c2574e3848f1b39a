"""Commands of those who may not: forged, expired, borrowed, of the wrong role or division."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from shared.access.actor import Actor, Issuer, digest
from shared.contracts.roles import Role
from tests.system.bureau import OTHER_DISTRICT
from tests.system.installation import Installation
from tests.system.sending import OF_THE_SCHEME, Sender, assert_out_of_reach, assert_refused, context
from tests.system.situations import Situation, for_every_command

pytestmark = pytest.mark.usefixtures("log_unchanged")

OTHER_CITY = "430300"

OF_EVERYONE = ("ObjectToNotice",)
"""Anyone may object, in any role and from anywhere (rules.md, selection: objection)."""
OF_THEIR_OWN = (
    "SubmitSupplement", "WithdrawApplication", "AttachDocument", "WithdrawDocument",
    "DeclareInterests",
)  # fmt: skip
"""About what the sender has filed, or says of itself, wherever it belongs to."""


@pytest.fixture(params=["SubmitApplication", "DesignatePoints", "ObjectToNotice"])
def situation(request: pytest.FixtureRequest, situations: dict[str, Situation]) -> Situation:
    """Some commands: a signature is looked at before the type of what was signed."""
    return situations[request.param]


@pytest.fixture(scope="module")
def console_key(system: Installation) -> Ed25519PrivateKey:
    path = system.place.secrets / "console.key"
    key = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def test_a_command_that_nobody_signed_is_refused(sender: Sender, situation: Situation) -> None:
    message = sender.message(situation)
    assert_refused(sender.send(message), "actor_missing", "actor")
    nothings: tuple[object, ...] = (None, "", 5, {}, [])
    for nothing in nothings:
        assert_refused(sender.send({**message, "actor": nothing}), "actor_missing", "actor")


def test_a_forged_signature_is_refused(sender: Sender, situation: Situation) -> None:
    message = sender.message(situation)
    signed = sender.signed(message, situation.actor)["actor"]
    head, claims, signature = signed.split(".")
    for forged in (
        f"{head}.{claims}.{'A' * len(signature)}",
        f"{head}.{claims}.",
        f"{head}.{_with_claim(claims, role='leader', sub='somebody-else')}.{signature}",
        f"{_b64({'alg': 'none', 'kid': 'console'})}.{claims}.",
        "no.context.atall",
        "x" * 10_000,
    ):
        assert_refused(sender.send({**message, "actor": forged}), "actor_forged", "actor")


def test_a_signature_with_another_key_or_by_an_unknown_issuer_is_refused(
    sender: Sender, situation: Situation
) -> None:
    message, key = sender.message(situation), Ed25519PrivateKey.generate()
    for name in ("console", "stranger"):
        signed = sender.signed(message, situation.actor, Issuer(name, key))
        assert_refused(sender.send(signed), "actor_forged", "actor")


def test_a_context_signed_for_another_message_is_refused(
    sender: Sender, situation: Situation
) -> None:
    message = sender.message(situation)
    signed = sender.signed(message, situation.actor)["actor"]
    others = (
        sender.message(situation),
        {**message, "expected_version": situation.version},
        {**message, "payload": {**message["payload"], "surprise": 1}},
        {**message, "correlation_id": message["id"]},
    )
    for other in others:
        assert_refused(sender.send({**other, "actor": signed}), "actor_forged", "actor")


def test_a_context_signed_for_another_service_is_refused(
    sender: Sender, situation: Situation, system: Installation
) -> None:
    message = sender.message(situation)
    elsewhere = system.issuer.sign(situation.actor, "assessment", digest(message))
    assert_refused(sender.send({**message, "actor": elsewhere}), "actor_forged", "actor")


def test_an_expired_context_is_refused(
    sender: Sender, situation: Situation, console_key: Ed25519PrivateKey
) -> None:
    message, past = sender.message(situation), int(time.time()) - 3_600
    expired = context(console_key, message, situation.actor, iat=past, exp=past + 60)
    assert_refused(sender.send({**message, "actor": expired}), "actor_expired", "actor")


def test_nobody_speaks_for_the_system_itself(
    sender: Sender, situation: Situation, console_key: Ed25519PrivateKey
) -> None:
    message = sender.message(situation)
    itself = context(console_key, message, situation.actor, role="system")
    assert_refused(sender.send({**message, "actor": itself}), "actor_forged", "actor")


@for_every_command
def test_the_wrong_role_is_refused(sender: Sender, situation: Situation) -> None:
    if situation.message_type.name in OF_EVERYONE:
        return
    for role in (Role.AUDITOR, Role.OPERATOR):
        actor = replace(situation.actor, role=role)
        answer = sender.send_signed(sender.message(situation), actor)
        assert_refused(answer, "wrong_role", "actor")


@pytest.mark.parametrize("division", [OTHER_CITY, OTHER_DISTRICT])
@for_every_command
def test_an_actor_of_another_city_or_district_is_refused(
    sender: Sender, situation: Situation, division: str
) -> None:
    name = situation.message_type.name
    if name in OF_EVERYONE + OF_THEIR_OWN or (division == OTHER_CITY and name in OF_THE_SCHEME):
        return
    actor = replace(situation.actor, division=division)
    assert_out_of_reach(sender.send_signed(sender.message(situation, actor=actor), actor), name)


@for_every_command
def test_what_is_the_senders_own_is_out_of_reach_of_anybody_else(
    sender: Sender, situation: Situation
) -> None:
    if situation.message_type.name not in OF_THEIR_OWN:
        return
    actor = replace(situation.actor, id="somebody-else", division=OTHER_CITY)
    answer = sender.send_signed(sender.message(situation, actor=actor), actor)
    assert_out_of_reach(answer, situation.message_type.name)


@for_every_command
def test_nothing_of_a_payload_is_told_to_those_who_may_not_send_the_command(
    sender: Sender, situation: Situation
) -> None:
    message = {**sender.message(situation), "payload": {"surprise": "x"}}
    stranger = Issuer("stranger", Ed25519PrivateKey.generate())
    answer = sender.send(sender.signed(message, situation.actor, stranger))
    assert_refused(answer, "actor_forged", "actor")
    if situation.message_type.name not in OF_EVERYONE:
        answer = sender.send_signed(message, Actor("auditor-1", Role.AUDITOR))
        assert_refused(answer, "wrong_role", "actor")


def _b64(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _with_claim(claims: str, **changed: str) -> str:
    padded = claims + "=" * (-len(claims) % 4)
    return _b64({**json.loads(base64.urlsafe_b64decode(padded)), **changed})
