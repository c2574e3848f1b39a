"""Keys of this installation, made once: the master key, the console's and portal's signatures."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.files import write_json
from deploy.local.passwords import once
from deploy.local.place import Place

ROLES = (
    "applicant",
    "officer",
    "reviewer",
    "leader",
    "auditor",
    "operator",
    "administrator",
    "point",
    "enforcement_body",
    "partner",
    "public",
)
"""Every role a person acts in; the console may take each, to set up and to mend.

The portal alone speaks for reporters, who show it the code of their case.
"""

_REPORTERS = ("reporter",)


@dataclass(frozen=True)
class Keys:
    """Files of one run folder."""

    master: Path
    """32 random bytes, base64; wraps all keys of the services."""
    console: Path
    """Ed25519 private key, PEM PKCS8; signs the actor of commands given on the command line."""
    portal: Path
    """The same for the portal, which signs for whoever is signed in there."""
    issuers: Path
    """JSON: whose signatures services accept, for which roles."""


def make_keys(place: Place) -> Keys:
    """Make what is missing; what is there is never replaced, or data sealed with it is lost."""
    keys = Keys(
        master=place.secrets / "master.key",
        console=place.secrets / "console.key",
        portal=place.secrets / "portal.key",
        issuers=place.root / "issuers.json",
    )
    once(keys.master, lambda: base64.b64encode(secrets.token_bytes(32)))
    issuers = {
        name: {"public_key": _public_key(once(path, _private_key)), "roles": [*ROLES, *also]}
        for name, path, also in (("console", keys.console, ()), ("portal", keys.portal, _REPORTERS))
    }
    write_json(keys.issuers, issuers, mode=0o644)
    return keys


def _private_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _public_key(private: bytes) -> str:
    key = serialization.load_pem_private_key(private, password=None).public_key()
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()
