"""Ciphertext of evidence: opens as it was, and not at all once anything of it was touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.privacy.evidence.cipher import CHUNK_BYTES, decrypt, encrypt, encrypted_size
from shared.privacy.evidence.pieces import cut
from shared.privacy.sealing import CannotOpen, new_key

FILE, OTHER = "7d0f3c52-9b1e-4c55-8d1a-0f2f6f3f9a10", "7d0f3c52-9b1e-4c55-8d1a-0f2f6f3f9a11"
KEY = new_key()
WHOLE = bytes(range(256)) * (3 * CHUNK_BYTES // 256) + b"the end"
SEALED_CHUNK = encrypted_size(CHUNK_BYTES)


def encrypted(raw: bytes, file_id: str = FILE) -> bytes:
    return b"".join(encrypt(KEY, file_id, [raw]))


def opened(ciphertext: bytes, file_id: str = FILE, key: bytes = KEY) -> bytes:
    return b"".join(decrypt(key, file_id, [ciphertext]))


@settings(deadline=None, max_examples=60)
@given(
    size=st.one_of(st.integers(0, 300), st.integers(CHUNK_BYTES - 2, 2 * CHUNK_BYTES + 2)),
    piece=st.integers(1, 3 * CHUNK_BYTES),
)
def test_a_file_opens_as_it_was_however_it_comes_in(size: int, piece: int) -> None:
    raw = (WHOLE * 2)[:size]
    ciphertext = b"".join(encrypt(KEY, FILE, cut([raw], piece)))
    assert len(ciphertext) == (encrypted_size(size) if size else encrypted_size(1) - 1)
    assert b"".join(decrypt(KEY, FILE, cut([ciphertext], piece))) == raw


@settings(deadline=None, max_examples=60)
@given(at=st.integers(0, len(encrypted(WHOLE)) - 1), flip=st.integers(1, 255))
def test_a_changed_byte_is_seen(at: int, flip: int) -> None:
    ciphertext = bytearray(encrypted(WHOLE))
    ciphertext[at] ^= flip
    with pytest.raises(CannotOpen):
        opened(bytes(ciphertext))


@settings(deadline=None, max_examples=60)
@given(kept=st.integers(0, len(encrypted(WHOLE)) - 1))
def test_what_was_cut_off_is_seen(kept: int) -> None:
    with pytest.raises(CannotOpen):
        opened(encrypted(WHOLE)[:kept])


def test_chunks_that_were_moved_doubled_left_out_or_appended_are_seen() -> None:
    first, second, third, end = cut([encrypted(WHOLE)], SEALED_CHUNK)
    for tampered in (
        second + first + third + end,
        first + first + second + third + end,
        first + third + end,
        first + second + third,
        first + second + third + end + end,
    ):
        with pytest.raises(CannotOpen):
            opened(tampered)


def test_another_file_and_another_key_open_nothing() -> None:
    ciphertext = encrypted(b"x" * 100)
    with pytest.raises(CannotOpen):
        opened(ciphertext, OTHER)
    with pytest.raises(CannotOpen):
        opened(ciphertext, key=new_key())
