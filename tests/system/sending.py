"""Sending to the registry as an attacker would: any message, signed or not, byte by byte."""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from shared.access.actor import Actor, Issuer, digest, transit_binding
from shared.contracts.message import Classification
from shared.privacy.sealing import seal_to
from shared.privacy.transit import seal_fields
from shared.service.client import Rpc
from tests.system.situations import Situation

Message = dict[str, Any]
Answer = dict[str, Any]


class Sender:
    """Makes messages of situations, spoils them as told, and sends them."""

    def __init__(self, rpc: Rpc, issuer: Issuer) -> None:
        self._rpc, self._issuer = rpc, issuer
        keys = rpc.call("registry", "keys")["ok"]
        self._receiver = X25519PublicKey.from_public_bytes(base64.b64decode(keys["receiving"]))

    def message(
        self, situation: Situation, command_id: str | None = None, actor: Actor | None = None
    ) -> Message:
        """The situation's command as it should be, personal data sealed, not yet signed."""
        identifier = command_id or str(uuid.uuid4())
        kind = situation.message_type
        return {
            "id": identifier,
            "type": kind.name,
            "schema_version": kind.schema_version,
            "payload": seal_fields(
                kind,
                situation.payload,
                self._receiver,
                transit_binding(identifier, actor or situation.actor),
            ),
        }

    def with_field(self, situation: Situation, field: str, value: Any) -> Message:
        """The command with one field's value replaced, and sealed if the field is personal."""
        message = self.message(situation)
        kind = situation.message_type
        changed = seal_fields(
            kind,
            {field: value},
            self._receiver,
            transit_binding(message["id"], situation.actor),
        )
        return {**message, "payload": {**message["payload"], **changed}}

    def with_sealed_bytes(self, situation: Situation, field: str, plaintext: bytes) -> Message:
        """The command with a personal field that holds any bytes at all."""
        message = self.message(situation)
        bound = transit_binding(message["id"], situation.actor)
        context = f"{situation.message_type.name}.{field}|{bound}"
        sealed = base64.b64encode(seal_to(self._receiver, context, plaintext)).decode()
        return {**message, "payload": {**message["payload"], field: {"sealed": sealed}}}

    def signed(self, message: Message, actor: Actor, issuer: Issuer | None = None) -> Message:
        """The message with an actor context made for it."""
        context = (issuer or self._issuer).sign(actor, "registry", digest(message))
        return {**message, "actor": context}

    def send(self, message: Any) -> Answer:
        """What the registry answers, as it comes."""
        answer: Answer = self._rpc.call("registry", "command", message)
        return answer

    def send_signed(self, message: Message, actor: Actor) -> Answer:
        return self.send(self.signed(message, actor))

    def send_good(self, situation: Situation) -> Answer:
        return self.send_signed(self.message(situation), situation.actor)


def sealed_fields(situation: Situation) -> list[str]:
    """Personal fields that the situation's payload fills."""
    kind = situation.message_type
    named = kind.of_class(Classification.SEALED)
    return [name for name in named if situation.payload.get(name) is not None]


def context(key: Ed25519PrivateKey, message: Message, actor: Actor, **changed: Any) -> str:
    """A context as `Issuer.sign` makes it, with any of its claims changed."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": "console",
        "aud": "registry",
        "sub": actor.id,
        "role": str(actor.role),
        "division": actor.division,
        "unit": actor.unit,
        "bind": digest(message),
        "iat": now,
        "exp": now + 60,
        **changed,
    }
    return jwt.encode(claims, key, "EdDSA", headers={"kid": claims["iss"]})


def error_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    assert "error" in answer, f"it was carried out: {answer}"
    error: dict[str, Any] = answer["error"]
    return error


def assert_invalid(answer: Mapping[str, Any], path: str, *codes: str) -> None:
    """The answer calls the message invalid at this path, and at no other."""
    error = error_of(answer)
    assert error["kind"] == "invalid", error
    assert {problem["path"] for problem in error["problems"]} == {path}, error
    if codes:
        assert {problem["code"] for problem in error["problems"]} <= set(codes), error


def assert_refused(answer: Mapping[str, Any], reason: str, *fields: str) -> None:
    """The answer refuses the message for this reason, about these fields."""
    error = error_of(answer)
    assert (error["kind"], error.get("reason")) == ("refused", reason), error
    assert tuple(error["fields"]) == fields, error


OF_THE_SCHEME = ("ChangeSettings", "SetSizeLimits", "LoadWorkingDays")
"""Settings: of the city, whichever it is, and of no district."""
_NAME_A_DIVISION = (
    "OpenBatch", "SubmitApplication", "RecordDistrictFigures", "SetCertificatePrefix",
    "AppointResponsibleLeader", "RegisterPartnerBody", "RecordCoordinationMeeting",
    *OF_THE_SCHEME,
)  # fmt: skip
"""Commands that make something in a division they name; the others are about what is there."""


def assert_out_of_reach(answer: Mapping[str, Any], command: str) -> None:
    """Another division's: nothing can be made there, and what is there is as if it were not."""
    if command.startswith(_NAME_A_DIVISION):
        assert_refused(answer, "out_of_scope")
    else:
        assert error_of(answer)["kind"] == "not_found"
