"""What an auditor writes for himself: RFC 6962 and C2SP notes, from their texts alone.

Nothing here imports the code that it checks.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True)
class Head:
    """A tree head that was signed."""

    origin: str
    size: int
    root: bytes


def open_checkpoint(note: str, vkey: str) -> Head:
    """The head in a signed note (C2SP signed-note and tlog-checkpoint).

    Raises InvalidSignature, or AssertionError when the note is not of the key's log.
    """
    name, key_id, encoded = vkey.split("+", 2)
    raw = base64.b64decode(encoded)
    assert raw[0] == 1, "not Ed25519"
    assert hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() == key_id
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    (line,) = signatures.splitlines()
    assert line.startswith(f"— {name} ")
    signature = base64.b64decode(line.rpartition(" ")[2])
    assert signature[:4].hex() == key_id
    Ed25519PublicKey.from_public_bytes(raw[1:]).verify(signature[4:], text.encode())
    origin, size, root = text.splitlines()[:3]
    return Head(origin, int(size), base64.b64decode(root))


def root_from_proof(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2)."""
    number, last, node = index, size - 1, leaf
    for sibling in proof:
        assert last > 0, "the proof is too long"
        if number % 2 == 1 or number == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while number % 2 == 0 and number > 0:
                number, last = number >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        number, last = number >> 1, last >> 1
    assert last == 0, "the proof is too short"
    return node
