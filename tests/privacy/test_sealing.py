"""What is sealed opens with its key, in its place, unchanged; else it raises CannotOpen alone."""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.privacy.sealing import (
    CannotOpen,
    new_key,
    open_sealed,
    open_sealed_to,
    seal,
    seal_to,
)

SOME = settings(max_examples=100)
CONTEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
KEY = new_key()
RECEIVER = X25519PrivateKey.generate()
PLACE = "registry|application-1|ApplicationSubmitted|unit_name"

LOW_ORDER = [
    bytes(32),
    b"\x01" + bytes(31),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
]
"""The points of Curve25519 with which every key agrees on zero (RFC 7748 section 6.1)."""


@SOME
@given(st.binary(max_size=200), CONTEXTS)
def test_what_is_sealed_opens_unchanged(plaintext: bytes, context: str) -> None:
    assert open_sealed(KEY, context, seal(KEY, context, plaintext)) == plaintext
    sealed = seal_to(RECEIVER.public_key(), context, plaintext)
    assert open_sealed_to(RECEIVER, context, sealed) == plaintext


def test_the_same_value_sealed_twice_looks_different_each_time() -> None:
    assert seal(KEY, PLACE, b"x") != seal(KEY, PLACE, b"x")
    assert seal_to(RECEIVER.public_key(), PLACE, b"x") != seal_to(
        RECEIVER.public_key(), PLACE, b"x"
    )


@SOME
@given(CONTEXTS, CONTEXTS)
def test_it_opens_in_no_other_place(context: str, other: str) -> None:
    if context == other:
        other += "."
    with pytest.raises(CannotOpen):
        open_sealed(KEY, other, seal(KEY, context, b"x"))
    with pytest.raises(CannotOpen):
        open_sealed_to(RECEIVER, other, seal_to(RECEIVER.public_key(), context, b"x"))


def test_it_opens_with_no_other_key() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(new_key(), PLACE, seal(KEY, PLACE, b"x"))
    with pytest.raises(CannotOpen):
        open_sealed_to(
            X25519PrivateKey.generate(), PLACE, seal_to(RECEIVER.public_key(), PLACE, b"x")
        )


@SOME
@given(st.data())
def test_one_flipped_bit_anywhere_and_it_never_opens(data: st.DataObject) -> None:
    sealed = seal(KEY, PLACE, b"plain")
    with pytest.raises(CannotOpen):
        open_sealed(KEY, PLACE, _flipped(sealed, data))
    sealed_to = seal_to(RECEIVER.public_key(), PLACE, b"plain")
    with pytest.raises(CannotOpen):
        open_sealed_to(RECEIVER, PLACE, _flipped(sealed_to, data))


def _flipped(sealed: bytes, data: st.DataObject) -> bytes:
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_cut_at_any_place_it_never_opens() -> None:
    sealed = seal(KEY, PLACE, b"plain")
    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            open_sealed(KEY, PLACE, sealed[:length])
    sealed_to = seal_to(RECEIVER.public_key(), PLACE, b"plain")
    for length in range(len(sealed_to)):
        with pytest.raises(CannotOpen):
            open_sealed_to(RECEIVER, PLACE, sealed_to[:length])


@SOME
@given(st.sampled_from([b"", b"\x01", b"\x11", b"\x02"]), st.binary(max_size=120))
def test_rubbish_raises_cannot_open_and_nothing_else(begins: bytes, rubbish: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(KEY, PLACE, begins + rubbish)
    with pytest.raises(CannotOpen):
        open_sealed_to(RECEIVER, PLACE, begins + rubbish)


@pytest.mark.parametrize("point", LOW_ORDER, ids=lambda its: its.hex()[:8])
def test_a_sender_with_a_point_of_low_order_is_refused(point: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_sealed_to(RECEIVER, PLACE, b"\x11" + point + seal(bytes(32), PLACE, b"x"))


@pytest.mark.parametrize("point", LOW_ORDER, ids=lambda its: its.hex()[:8])
def test_nothing_is_sealed_to_a_receiver_with_a_point_of_low_order(point: bytes) -> None:
    receiver = X25519PublicKey.from_public_bytes(point)
    with pytest.raises(ValueError, match=r"(?i)shared key"):
        seal_to(receiver, PLACE, b"x")


def test_a_ciphertext_does_not_show_its_plaintext() -> None:
    plaintext = os.urandom(40)
    assert plaintext not in seal(KEY, PLACE, plaintext)
    assert plaintext not in seal_to(RECEIVER.public_key(), PLACE, plaintext)
