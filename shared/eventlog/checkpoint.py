"""Signed tree heads: C2SP tlog-checkpoint inside C2SP signed-note, so others' tools read them.

    example.com/log            origin, the log's identity
    20852163                   size, in leaves
    CsUYapGGPo4dkM...jxq2I=    root, base64
    time 2026-03-01T00:00:00Z  extension lines, opaque, optional

    — example.com/log Az3gr... key name, base64(key id || signature over the text above)

A verifier key is one line of text, `name+key id+base64(algorithm || public key)`. Errors are
ValueErrors of this module; their text never shows more than names of keys.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.eventlog.merkle import HASH_BYTES

MAX_SIZE = 2**63 - 1
MAX_NOTE_CHARACTERS = 1_000_000
MAX_SIGNATURES = 100
KEY_ID_BYTES = 4

PublicKey = Ed25519PublicKey
PrivateKey = Ed25519PrivateKey
Verifiers = Mapping[str, PublicKey | Sequence[PublicKey]]
"""Trusted keys by key name; several of one name while a key is being replaced."""

_SIGNATURE_START = "— "
_CONTROL = re.compile(r"[\x00-\x1f]")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_KEY_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)


class NoteError(ValueError):
    """A note, checkpoint or verifier key that is not to be relied on."""


class Malformed(NoteError):
    """The text does not have the form that the specification asks for."""


class NotTrusted(NoteError):
    """No trusted key has signed the note, or it is another log's."""


class BadSignature(NoteError):
    """A signature claims to be a trusted key's and does not fit: the whole note is refused."""


class Algorithm(Protocol):
    """A way of signing; `prefix` names it in key ids and verifier keys.

    C2SP gives Ed25519 the byte 0x01. SM2 with SM3 has none, so it would take 0xff followed by
    a name of its own, and a place in `ALGORITHMS`; nothing else here would change.
    """

    @property
    def prefix(self) -> bytes: ...

    def encode(self, key: PublicKey) -> bytes: ...

    def decode(self, encoded: bytes) -> PublicKey:
        """Raises ValueError when the bytes are no key."""
        ...

    def sign(self, key: PrivateKey, text: bytes) -> bytes: ...

    def fits(self, key: PublicKey, signature: bytes, text: bytes) -> bool: ...


class Ed25519:
    """Ed25519 (RFC 8032) over the note's text."""

    prefix = b"\x01"

    def encode(self, key: PublicKey) -> bytes:
        return key.public_bytes_raw()

    def decode(self, encoded: bytes) -> PublicKey:
        return Ed25519PublicKey.from_public_bytes(encoded)

    def sign(self, key: PrivateKey, text: bytes) -> bytes:
        return key.sign(text)

    def fits(self, key: PublicKey, signature: bytes, text: bytes) -> bool:
        try:
            key.verify(signature, text)
        except InvalidSignature:
            return False
        return True


ALGORITHMS: Mapping[type, Algorithm] = {Ed25519PublicKey: Ed25519()}
"""By the type of public key that each signs for."""


@dataclass(frozen=True)
class Checkpoint:
    """A log's tree head: `root` is the RFC 6962 root over the first `size` leaves.

    Raises Malformed for a size below 0 or beyond 2^63-1, a root that is not 32 bytes, and lines
    that are empty or hold control characters.
    """

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MAX_SIZE:
            raise Malformed(f"{self.size} is not the size of a log")
        if len(self.root) != HASH_BYTES:
            raise Malformed(f"a root has {HASH_BYTES} bytes, not {len(self.root)}")
        for line in (self.origin, *self.extension):
            if not line or _CONTROL.search(line):
                raise Malformed("a line of a checkpoint is text, and not empty")

    def body(self) -> str:
        """The text that is signed, with its final newline."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, self.size, root, *self.extension))

    @classmethod
    def parse(cls, body: str) -> Checkpoint:
        """The inverse of `body`. Raises Malformed for any other spelling."""
        if not body.endswith("\n"):
            raise Malformed("a checkpoint ends in a newline")
        lines = body[:-1].split("\n")
        if len(lines) < 3:
            raise Malformed("a checkpoint has an origin, a size and a root")
        origin, size, root, *extension = lines
        if not _SIZE.fullmatch(size):
            raise Malformed("the size is not a plain decimal number")
        return cls(origin, int(size), _decode_base64(root), tuple(extension))


def sign(checkpoint: Checkpoint, key_name: str, private_key: PrivateKey) -> str:
    """The checkpoint as a signed note. Raises Malformed for a bad key name.

    The key name should be the checkpoint's origin (tlog-checkpoint, section Signatures).
    """
    return sign_note(checkpoint.body(), key_name, private_key)


def verify(note: str, verifiers: Verifiers, origin: str | None = None) -> Checkpoint:
    """The checkpoint in a note that a trusted key has signed.

    A key is trusted for any origin, so give the keys of one log, and its `origin` where it is
    known. Raises Malformed, NotTrusted or BadSignature.
    """
    checkpoint = Checkpoint.parse(open_note(note, verifiers))
    if origin is not None and checkpoint.origin != origin:
        raise NotTrusted(f"the checkpoint is not of the log {origin}")
    return checkpoint


def sign_note(text: str, key_name: str, private_key: PrivateKey) -> str:
    """A signed note of any text that ends in a newline. Raises Malformed."""
    _check_name(key_name)
    _check_characters(text)
    if not text.endswith("\n"):
        raise Malformed("a note's text ends in a newline")
    public_key = private_key.public_key()
    signature = _algorithm(public_key).sign(private_key, text.encode())
    encoded = base64.b64encode(key_id(key_name, public_key) + signature).decode()
    return f"{text}\n{_SIGNATURE_START}{key_name} {encoded}\n"


def open_note(note: str, verifiers: Verifiers) -> str:
    """The text of a note that a trusted key has signed.

    Signatures by other keys are ignored, as the specification asks. Raises Malformed; NotTrusted
    when no trusted key has signed; BadSignature when one seems to have and has not.
    """
    text, signatures = _split(note)
    trusted = _by_name_and_id(verifiers)
    signed_by: set[tuple[str, bytes]] = set()
    for name, blob in signatures:
        signer = (name, blob[:KEY_ID_BYTES])
        key = trusted.get(signer)
        if key is None:
            continue
        if signer in signed_by:
            raise Malformed(f"{name} has signed twice")
        if not _algorithm(key).fits(key, blob[KEY_ID_BYTES:], text.encode()):
            raise BadSignature(f"the signature of {name} does not fit the text")
        signed_by.add(signer)
    if not signed_by:
        raise NotTrusted("no trusted key has signed")
    return text


def key_id(name: str, public_key: PublicKey) -> bytes:
    """The four bytes that, with the name, say which key signed: a hint and no proof."""
    algorithm = _algorithm(public_key)
    named = name.encode() + b"\n" + algorithm.prefix + algorithm.encode(public_key)
    return hashlib.sha256(named).digest()[:KEY_ID_BYTES]


def encode_verifier_key(name: str, public_key: PublicKey) -> str:
    """The line of text that tells others by which key to verify. Raises Malformed."""
    _check_name(name)
    algorithm = _algorithm(public_key)
    encoded = base64.b64encode(algorithm.prefix + algorithm.encode(public_key)).decode()
    return f"{name}+{key_id(name, public_key).hex()}+{encoded}"


def decode_verifier_key(line: str) -> tuple[str, PublicKey]:
    """Name and key of a verifier key. Raises Malformed, also when the key id does not fit."""
    parts = line.split("+", 2)  # base64 may hold a plus itself
    if len(parts) != 3:
        raise Malformed("a verifier key is name+id+key")
    name, identifier, encoded = parts
    _check_name(name)
    key = _decode_key(_decode_base64(encoded))
    if not _KEY_ID.fullmatch(identifier) or key_id(name, key).hex() != identifier:
        raise Malformed(f"the id of the verifier key of {name} does not fit the key")
    return name, key


def trust(lines: Iterable[str]) -> dict[str, tuple[PublicKey, ...]]:
    """Verifier keys ready for `verify`. Raises Malformed."""
    trusted: dict[str, tuple[PublicKey, ...]] = {}
    for name, key in map(decode_verifier_key, lines):
        trusted[name] = (*trusted.get(name, ()), key)
    return trusted


def _split(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    if len(note) > MAX_NOTE_CHARACTERS:
        raise Malformed("the note is too long")
    _check_characters(note)
    at = note.rfind("\n\n")
    if at < 0 or not note.endswith("\n"):
        raise Malformed("a note is a text, a blank line and signatures, each ending in a newline")
    lines = note[at + 2 :].split("\n")[:-1]
    if not 1 <= len(lines) <= MAX_SIGNATURES:
        raise Malformed(f"a note has 1 to {MAX_SIGNATURES} signatures")
    return note[: at + 1], [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    parts = line.removeprefix(_SIGNATURE_START).split(" ")
    if not line.startswith(_SIGNATURE_START) or len(parts) != 2:
        raise Malformed("a signature is a dash, a key name and base64, a space between each")
    name, encoded = parts
    _check_name(name)
    blob = _decode_base64(encoded)
    if len(blob) <= KEY_ID_BYTES:
        raise Malformed(f"the signature of {name} is too short")
    return name, blob


def _by_name_and_id(verifiers: Verifiers) -> dict[tuple[str, bytes], PublicKey]:
    trusted: dict[tuple[str, bytes], PublicKey] = {}
    for name, keys in verifiers.items():
        for key in keys if isinstance(keys, Sequence) else (keys,):
            trusted[name, key_id(name, key)] = key
    return trusted


def _algorithm(public_key: PublicKey) -> Algorithm:
    for key_type, algorithm in ALGORITHMS.items():
        if isinstance(public_key, key_type):
            return algorithm
    raise TypeError(f"nothing signs by a {type(public_key).__name__}")


def _decode_key(encoded: bytes) -> PublicKey:
    for algorithm in ALGORITHMS.values():
        if encoded.startswith(algorithm.prefix):
            try:
                return algorithm.decode(encoded.removeprefix(algorithm.prefix))
            except ValueError:
                raise Malformed("the verifier key holds no public key") from None
    raise Malformed("the verifier key is of an unknown algorithm")


def _decode_base64(text: str) -> bytes:
    """Standard base64 in its one spelling: padded, no stray bits, nothing between."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("that is not base64") from None
    if base64.b64encode(decoded).decode() != text:
        raise Malformed("that is not the one way to write these bytes in base64")
    return decoded


def _check_name(name: str) -> None:
    if not name or "+" in name or any(map(str.isspace, name)) or _CONTROL.search(name):
        raise Malformed("a key name is not empty and has no space, plus or control character")
    _check_characters(name)


def _check_characters(text: str) -> None:
    """No control character but the newline, and nothing that UTF-8 cannot hold."""
    if _CONTROL.search(text.replace("\n", "")):
        raise Malformed("a note has no control characters")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Malformed("a note is valid UTF-8") from None
