"""The signed actor context that every command and query carries.

Whoever lets people in (the portal, the operator's command line) signs, with Ed25519, who acts,
in which role and for which division, for one message only: its id and a digest of its payload
are part of what is signed. So what lies on the broker can be neither reused nor altered.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from shared.contracts.canonical import encode
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role

LIFETIME = dt.timedelta(seconds=60)
_LEEWAY_SECONDS = 5
_ALGORITHM = "EdDSA"
_LONGEST = 4_096
"""Characters of a context; one of ours has about 500. Longer ones are not even parsed."""


@dataclass(frozen=True)
class Actor:
    """Who acts. `division` is the six-digit code the role is held for; None: the whole city.

    `unit` is what the actor acts for, such as a point's id; None for the bureau's own people.
    """

    id: str
    role: Role
    division: str | None = None
    unit: str | None = None


SYSTEM = Actor("system", Role.SYSTEM)
"""The service itself: reactions and the timekeeper. Never accepted from a signed context."""


def transit_binding(message_id: str, actor: Actor) -> str:
    """What personal data in a message is sealed for: this message, by this actor alone."""
    return f"{message_id}|{actor.id}|{actor.role}"


def digest(message: Mapping[str, Any]) -> str:
    """What binds a context to one message, as hex SHA-256 over all of it but the context."""
    signed = {name: value for name, value in message.items() if name != "actor"}
    return hashlib.sha256(encode(signed)).hexdigest()


class Issuer:
    """Signs contexts. `name` is how the services know the public half of `key`."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._name, self._key = name, key

    @classmethod
    def from_file(cls, name: str, path: Path) -> Issuer:
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{path} is not an Ed25519 private key")
        return cls(name, key)

    def sign(self, actor: Actor, audience: str, bound_to: str) -> str:
        """A context for the service `audience` and the message with digest `bound_to`.

        It expires by the machine's clock, not by business time, which may be moved.
        """
        issued = int(time.time())
        claims = {
            "iss": self._name,
            "aud": audience,
            "sub": actor.id,
            "role": str(actor.role),
            "division": actor.division,
            "unit": actor.unit,
            "bind": bound_to,
            "iat": issued,
            "exp": issued + int(LIFETIME.total_seconds()),
        }
        return jwt.encode(claims, self._key, _ALGORITHM, headers={"kid": self._name})


@dataclass(frozen=True)
class KnownIssuer:
    """An issuer's public key, and the roles it may speak for."""

    key: Ed25519PublicKey
    roles: frozenset[Role]


class Verifier:
    """Checks contexts made for the service `audience` by one of the known issuers."""

    def __init__(self, audience: str, issuers: Mapping[str, KnownIssuer]) -> None:
        self._audience, self._issuers = audience, issuers

    @classmethod
    def from_file(cls, audience: str, path: Path) -> Verifier:
        """Issuers from JSON: `{name: {"public_key": PEM, "roles": [...]}}`."""
        issuers = {}
        for name, described in json.loads(path.read_text(encoding="utf-8")).items():
            key = load_pem_public_key(described["public_key"].encode())
            if not isinstance(key, Ed25519PublicKey):
                raise ValueError(f"{path}: the key of {name} is not an Ed25519 public key")
            issuers[name] = KnownIssuer(key, frozenset(Role(role) for role in described["roles"]))
        return cls(audience, issuers)

    def verify(self, context: Any, bound_to: str) -> Actor:
        """The actor of a context.

        Raises Refused with ACTOR_MISSING, ACTOR_EXPIRED or ACTOR_FORGED.
        """
        if not isinstance(context, str) or not context:
            raise Refused(Reason.ACTOR_MISSING, "sign the message as an actor", ["actor"])
        if len(context) > _LONGEST:
            raise _forged(f"a signed context has at most {_LONGEST} characters")
        try:
            issuer = self._issuers[jwt.get_unverified_header(context)["kid"]]
            claims = jwt.decode(
                context,
                issuer.key,
                algorithms=[_ALGORITHM],
                audience=self._audience,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["iss", "aud", "sub", "exp", "iat"]},
            )
            actor = _actor(claims)
            lifetime = claims["exp"] - claims["iat"]
        except jwt.ExpiredSignatureError:
            raise Refused(
                Reason.ACTOR_EXPIRED, "the signed context has expired: sign again", ["actor"]
            ) from None
        except (jwt.InvalidTokenError, LookupError, ValueError, TypeError, RecursionError):
            raise _forged(
                "the signed context was not made for this service by a known issuer"
            ) from None
        if claims["iss"] != jwt.get_unverified_header(context)["kid"]:
            raise _forged("the context names another issuer than the one that signed it")
        if lifetime > LIFETIME.total_seconds() or actor.id in ("", SYSTEM.id):
            raise _forged("the context is for longer, or for another kind of actor, than is signed")
        if claims.get("bind") != bound_to:
            raise _forged("the context was signed for another message")
        if actor.role not in issuer.roles:
            raise _forged(f"this issuer may not speak for the role {actor.role}")
        return actor


def _actor(claims: Mapping[str, Any]) -> Actor:
    role = Role(claims["role"])
    if role is Role.SYSTEM:
        raise ValueError("nobody signs for the system")
    division, unit = claims.get("division"), claims.get("unit")
    if not isinstance(division, str | None) or not isinstance(unit, str | None):
        raise TypeError("a division and a unit are codes, or absent")
    return Actor(str(claims["sub"]), role, division, unit)


def _forged(message: str) -> Refused:
    return Refused(Reason.ACTOR_FORGED, message, ["actor"])
