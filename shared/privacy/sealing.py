"""Authenticated encryption of single values, and sealing to a receiver's public key.

Both are built on the `cryptography` library's AES-256-GCM and X25519. A ciphertext begins with
a byte that names its algorithm, so that SM4 can be added beside AES without guessing.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

AES_256_GCM = b"\x01"
X25519_HKDF_AES_256_GCM = b"\x11"
KEY_BYTES = 32
_NONCE_BYTES = 12
_PUBLIC_BYTES = 32


class CannotOpen(Exception):
    """The ciphertext is not for this key and place, or was changed."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, context: str, plaintext: bytes) -> bytes:
    """Encrypt under a shared key; `context` must be given again, unchanged, to open."""
    nonce = os.urandom(_NONCE_BYTES)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, plaintext, context.encode())


def open_sealed(key: bytes, context: str, ciphertext: bytes) -> bytes:
    """The inverse of `seal`. Raises CannotOpen."""
    if ciphertext[:1] != AES_256_GCM:
        raise CannotOpen("the ciphertext names an algorithm that is not known here")
    nonce, body = ciphertext[1 : 1 + _NONCE_BYTES], ciphertext[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, context.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen("the ciphertext does not open with this key and context") from None


def seal_to(receiver: X25519PublicKey, context: str, plaintext: bytes) -> bytes:
    """Encrypt so that only the holder of the receiver's private key can open it.

    An ephemeral X25519 key agrees with the receiver's; HKDF over the shared secret and both
    public keys gives a key that is used once.
    """
    ephemeral = X25519PrivateKey.generate()
    own = ephemeral.public_key().public_bytes_raw()
    key = _agreed_key(ephemeral.exchange(receiver), own, receiver.public_bytes_raw())
    return X25519_HKDF_AES_256_GCM + own + seal(key, context, plaintext)


def open_sealed_to(receiver: X25519PrivateKey, context: str, ciphertext: bytes) -> bytes:
    """The inverse of `seal_to`. Raises CannotOpen."""
    if ciphertext[:1] != X25519_HKDF_AES_256_GCM or len(ciphertext) <= 1 + _PUBLIC_BYTES:
        raise CannotOpen("this is not sealed to a public key")
    theirs = ciphertext[1 : 1 + _PUBLIC_BYTES]
    try:
        shared_secret = receiver.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError:
        raise CannotOpen("this is not sealed to a public key") from None
    key = _agreed_key(shared_secret, theirs, receiver.public_key().public_bytes_raw())
    return open_sealed(key, context, ciphertext[1 + _PUBLIC_BYTES :])


def _agreed_key(shared_secret: bytes, ephemeral: bytes, receiver: bytes) -> bytes:
    derive = HKDF(SHA256(), KEY_BYTES, salt=ephemeral + receiver, info=b"jiandu seal-to v1")
    return derive.derive(shared_secret)
