"""A signed context is for one message, one service, one minute, and the roles its issuer has."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization import PublicFormat as Public
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.access.actor import SYSTEM, Actor, Issuer, KnownIssuer, Verifier, digest
from shared.contracts.envelope import Envelope
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role

KEY, OPERATORS_KEY, STRANGERS_KEY = (Ed25519PrivateKey.generate() for _ in range(3))
PEOPLE = frozenset(Role) - {Role.SYSTEM, Role.OPERATOR}
VERIFIER = Verifier(
    "registry",
    {
        "portal": KnownIssuer(KEY.public_key(), PEOPLE),
        "cli": KnownIssuer(OPERATORS_KEY.public_key(), frozenset({Role.OPERATOR})),
    },
)
ANNA = Actor("officer-1", Role.OFFICER, "430200", None)
MESSAGE = {
    "id": "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11",
    "type": "PassFormalCheck",
    "schema_version": 1,
    "payload": {"application_id": "1"},
    "correlation_id": None,
    "causation_id": None,
    "expected_version": 3,
    "after": None,
    "reply_key": "A" * 43 + "=",
}


def claims(**instead: Any) -> dict[str, Any]:
    now = int(time.time())
    right = {
        "iss": "portal",
        "aud": "registry",
        "sub": "officer-1",
        "role": "officer",
        "division": "430200",
        "unit": None,
        "bind": digest(MESSAGE),
        "iat": now,
        "exp": now + 60,
    }
    return {name: its for name, its in {**right, **instead}.items() if its is not ABSENT}


ABSENT = object()


def signed(key: Any = KEY, algorithm: str = "EdDSA", kid: Any = "portal", **instead: Any) -> str:
    return jwt.encode(claims(**instead), key, algorithm, headers={"kid": kid})


def reason(context: Any, bound_to: str | None = None) -> str:
    with pytest.raises(Refused) as refusal:
        VERIFIER.verify(context, digest(MESSAGE) if bound_to is None else bound_to)
    assert refusal.value.fields == ("actor",)
    return refusal.value.reason


def test_what_an_issuer_signs_is_who_the_service_sees() -> None:
    context = Issuer("portal", KEY).sign(ANNA, "registry", digest(MESSAGE))
    assert VERIFIER.verify(context, digest({**MESSAGE, "actor": context})) == ANNA
    assert VERIFIER.verify(signed(), digest(MESSAGE)) == ANNA


@pytest.mark.parametrize("context", [None, "", 5, [], {}, b"bytes", True])
def test_without_a_context_the_actor_is_missing(context: Any) -> None:
    assert reason(context) == Reason.ACTOR_MISSING


@pytest.mark.parametrize("since", [6, 60, 10**6])
def test_a_context_past_its_time_has_expired(since: int) -> None:
    now = int(time.time())
    assert reason(signed(iat=now - since - 60, exp=now - since)) == Reason.ACTOR_EXPIRED


def test_a_clock_that_is_a_little_behind_is_forgiven() -> None:
    now = int(time.time())
    assert VERIFIER.verify(signed(iat=now - 61, exp=now - 1), digest(MESSAGE)) == ANNA


FORGED: dict[str, Callable[[], Any]] = {
    "for another service": lambda: signed(aud="clues"),
    "for no service": lambda: signed(aud=ABSENT),
    "signed by a stranger's key": lambda: signed(key=STRANGERS_KEY),
    "signed by another known issuer's key": lambda: signed(key=OPERATORS_KEY),
    "naming another issuer than its key id": lambda: signed(iss="cli"),
    "of an unknown key id": lambda: signed(kid="stranger", iss="stranger"),
    "without a key id": lambda: jwt.encode(claims(), KEY, "EdDSA"),
    "without an issuer": lambda: signed(iss=ABSENT),
    "without a subject": lambda: signed(sub=ABSENT),
    "without a role": lambda: signed(role=ABSENT),
    "without an end": lambda: signed(exp=ABSENT),
    "without a beginning": lambda: signed(iat=ABSENT),
    "without a message": lambda: signed(bind=ABSENT),
    "from the future": lambda: signed(iat=int(time.time()) + 3_600, exp=int(time.time()) + 3_660),
    "with an end that is no time": lambda: signed(exp="tomorrow"),
    "for another message": lambda: signed(bind="0" * 64),
    "for a role that is none": lambda: signed(role="emperor"),
    "for a list of roles": lambda: signed(role=["officer"]),
    "for the system's own hand": lambda: signed(role="system"),
    "for the system, whoever signs": lambda: signed(
        OPERATORS_KEY, kid="cli", iss="cli", role="system"
    ),
    "for a role its issuer may not speak for": lambda: signed(role="operator"),
    "for a person, by the operators' issuer": lambda: signed(OPERATORS_KEY, kid="cli", iss="cli"),
    "with a division that is no code": lambda: signed(division=430200),
    "with a unit that is no id": lambda: signed(unit={"id": "1"}),
    "cut short": lambda: signed()[:-4],
    "without a signature": lambda: signed().rsplit(".", 1)[0] + ".",
    "in two parts": lambda: signed().rsplit(".", 1)[0],
    "with a payload put in afterwards": lambda: _with_payload(signed(), role="leader"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_context_is_forged_when_it_is(case: str) -> None:
    assert reason(FORGED[case]()) == Reason.ACTOR_FORGED


def _with_payload(token: str, **instead: Any) -> str:
    header, _, signature = token.split(".")
    return f"{header}.{_b64(json.dumps(claims(**instead)).encode())}.{signature}"


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, 5])
def test_no_algorithm_is_no_signature(algorithm: Any) -> None:
    header = _b64(json.dumps({"alg": algorithm, "kid": "portal", "typ": "JWT"}).encode())
    payload = _b64(json.dumps(claims()).encode())
    for signature in ("", _b64(b"x" * 64)):
        assert reason(f"{header}.{payload}.{signature}") == Reason.ACTOR_FORGED


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_the_public_key_is_not_taken_for_a_shared_secret(algorithm: str) -> None:
    header = _b64(json.dumps({"alg": algorithm, "kid": "portal"}).encode())
    payload = _b64(json.dumps(claims()).encode())
    public = KEY.public_key()
    for secret in (
        public.public_bytes(Encoding.PEM, Public.SubjectPublicKeyInfo),
        public.public_bytes(Encoding.DER, Public.SubjectPublicKeyInfo),
        public.public_bytes_raw(),
    ):
        name = algorithm.replace("HS", "sha")
        mac = hmac.new(secret, f"{header}.{payload}".encode(), getattr(hashlib, name)).digest()
        assert reason(f"{header}.{payload}.{_b64(mac)}") == Reason.ACTOR_FORGED


@pytest.mark.parametrize(
    "header",
    [
        b"[]",
        b"null",
        b"5",
        b"{",
        b"\xff",
        b'{"alg":"EdDSA","kid":["portal"]}',
        b'{"alg":"EdDSA","kid":5}',
        b'{"alg":"EdDSA","kid":"portal","crit":["b64"],"b64":false}',
        b"[" * 2_000,
        b"1" * 2_900,
    ],
    ids=lambda its: repr(its[:30]),
)
def test_a_header_that_is_none_of_ours_is_forged(header: bytes) -> None:
    assert reason(f"{_b64(header)}.{_b64(b'{}')}.{_b64(b'x')}") == Reason.ACTOR_FORGED


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=80) | st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}"))
def test_rubbish_is_forged_and_nothing_worse(rubbish: str) -> None:
    assert reason(rubbish) == Reason.ACTOR_FORGED


@pytest.mark.parametrize("length", [5_000, 10**6])
def test_a_context_without_end_is_not_even_read(length: int) -> None:
    assert reason("x" * length) == Reason.ACTOR_FORGED
    assert reason(_b64(b"[" * length) + ".x.x") == Reason.ACTOR_FORGED
    assert reason(signed(unit="u" * length)) == Reason.ACTOR_FORGED


CHANGES: dict[str, Any] = {
    "id": "1c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11",
    "type": "FailFormalCheck",
    "schema_version": 2,
    "payload": {"application_id": "2"},
    "correlation_id": "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11",
    "causation_id": "something",
    "expected_version": 4,
    "after": {"stream": "application-1", "version": 1},
    "reply_key": "B" * 43 + "=",
}


@pytest.mark.parametrize("attribute", CHANGES)
def test_a_message_changed_after_signing_is_forged(attribute: str) -> None:
    context = signed()
    assert VERIFIER.verify(context, digest(MESSAGE)) == ANNA
    changed = digest({**MESSAGE, attribute: CHANGES[attribute]})
    assert reason(context, changed) == Reason.ACTOR_FORGED


@pytest.mark.parametrize("attribute", MESSAGE)
def test_a_message_that_lost_an_attribute_after_signing_is_forged(attribute: str) -> None:
    without = {name: its for name, its in MESSAGE.items() if name != attribute}
    assert reason(signed(), digest(without)) == Reason.ACTOR_FORGED


def test_a_message_that_got_an_attribute_after_signing_is_forged() -> None:
    assert reason(signed(), digest({**MESSAGE, "more": 1})) == Reason.ACTOR_FORGED


def test_the_tests_change_every_attribute_that_a_message_has() -> None:
    named = set(Envelope.__dataclass_fields__) - {"actor"}
    assert named == set(CHANGES) == set(MESSAGE)


@pytest.mark.parametrize("role", sorted(PEOPLE))
def test_every_role_of_a_person_can_be_signed_for(role: Role) -> None:
    actor = Actor("somebody", role, None, "unit-1")
    context = Issuer("portal", KEY).sign(actor, "registry", digest(MESSAGE))
    assert VERIFIER.verify(context, digest(MESSAGE)) == actor


def test_even_our_own_issuer_cannot_sign_for_the_system() -> None:
    everything = Verifier("registry", {"portal": KnownIssuer(KEY.public_key(), frozenset(Role))})
    context = Issuer("portal", KEY).sign(SYSTEM, "registry", digest(MESSAGE))
    with pytest.raises(Refused) as refusal:
        everything.verify(context, digest(MESSAGE))
    assert refusal.value.reason == Reason.ACTOR_FORGED


def test_issuers_are_read_from_their_files(tmp_path: Path) -> None:
    private = tmp_path / "portal.pem"
    private.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    pem = KEY.public_key().public_bytes(Encoding.PEM, Public.SubjectPublicKeyInfo).decode()
    issuers = tmp_path / "issuers.json"
    issuers.write_text(json.dumps({"portal": {"public_key": pem, "roles": ["officer"]}}))

    context = Issuer.from_file("portal", private).sign(ANNA, "registry", digest(MESSAGE))
    assert Verifier.from_file("registry", issuers).verify(context, digest(MESSAGE)) == ANNA
