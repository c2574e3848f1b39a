"""Receipt codes: drawn, read, hashed at a bounded pace, and carried by browsers unread."""

from __future__ import annotations

import base64
import datetime as dt
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.portal.receipts import receipts as module
from services.portal.receipts.codes import bare, new_code
from services.portal.receipts.receipts import Busy, Receipts

NOON = dt.datetime(2026, 11, 30, 4, tzinfo=dt.UTC).timestamp()


class _Keyring:
    """The two keys that receipts need, without a database."""

    def __init__(self, salt: bytes = b"s" * 32, key: bytes = b"k" * 32) -> None:
        self._salt, self._key = salt, key

    def receipts_key(self) -> bytes:
        return self._salt

    def browsers_key(self) -> bytes:
        return self._key


class _Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def receipts(clock: _Clock) -> Receipts:
    return Receipts(_Keyring(), clock)  # type: ignore[arg-type]


def test_a_code_has_25_digits_in_five_groups() -> None:
    drawn = {new_code() for _ in range(500)}
    assert len(drawn) == 500
    for code in drawn:
        assert [len(group) for group in code.split("-")] == [5] * 5
        assert code.replace("-", "").isdecimal()


def test_every_digit_is_drawn_at_every_place() -> None:
    columns = zip(*(bare(new_code()) for _ in range(400)), strict=True)
    assert all(set(column) == set("0123456789") for column in columns)


@given(st.integers(0, 10**25 - 1), st.sampled_from(["-", " ", "", "　", "—", ". "]), st.booleans())
@settings(deadline=None)
def test_a_code_is_read_however_it_is_written(number: int, between: str, wide: bool) -> None:
    digits = f"{number:025d}"
    groups = between.join(digits[at : at + 5] for at in range(0, 25, 5))
    typed = groups.translate({ord("0") + n: 0xFF10 + n for n in range(10)}) if wide else groups
    assert bare(f"  {typed}\n") == digits


@given(st.text(max_size=500))
@settings(deadline=None)
def test_whatever_is_typed_is_read_as_something_short(typed: str) -> None:
    assert len(bare(typed)) <= 200 * 18  # of one character, NFKC makes 18 at the most


def test_a_receipt_is_of_the_code_and_the_salt(receipts: Receipts) -> None:
    code = new_code()
    its = receipts.receipt_of(code)
    assert len(its) == 64
    assert set(its) <= set("0123456789abcdef")
    assert receipts.receipt_of(code.replace("-", " ")) == its
    assert receipts.receipt_of(new_code()) != its
    elsewhere = Receipts(_Keyring(salt=b"t" * 32))  # type: ignore[arg-type]
    assert elsewhere.receipt_of(code) != its


def test_a_form_carries_its_code_for_its_own_thing_and_time(
    receipts: Receipts, clock: _Clock
) -> None:
    code = new_code()
    carried = receipts.into_form(code, "clue-1")
    assert bare(code) not in bare(carried)
    assert receipts.from_form(carried, "clue-1") == code
    assert receipts.from_form(carried, "clue-2") is None
    assert receipts.from_cookie(carried) is None
    clock.now += 60 * 60
    assert receipts.from_form(carried, "clue-1") == code
    clock.now += 1
    assert receipts.from_form(carried, "clue-1") is None


def test_a_cookie_is_over_after_half_an_hour(receipts: Receipts, clock: _Clock) -> None:
    its = receipts.receipt_of(new_code())
    entered = receipts.entered(its)
    kept = receipts.into_cookie(entered)
    assert its not in kept
    clock.now += 30 * 60
    assert receipts.from_cookie(kept) == entered
    clock.now += 1
    assert receipts.from_cookie(kept) is None


def test_however_busily_it_is_used_it_is_over_after_two_hours(
    receipts: Receipts, clock: _Clock
) -> None:
    entered = receipts.entered(receipts.receipt_of(new_code()))
    for _ in range(8):
        clock.now += 15 * 60
        again = receipts.from_cookie(receipts.into_cookie(entered))
        assert again == entered
    clock.now += 1
    assert receipts.from_cookie(receipts.into_cookie(entered)) is None


def test_the_portals_keys_are_there_before_a_code_is(clock: _Clock) -> None:
    """A backup of keys that was made before the first code leads to it all the same."""
    used = set[str]()

    class Counting(_Keyring):
        def receipts_key(self) -> bytes:
            used.add("receipts")
            return super().receipts_key()

        def browsers_key(self) -> bytes:
            used.add("browsers")
            return super().browsers_key()

    Receipts(Counting(), clock)  # type: ignore[arg-type]
    assert used == {"receipts", "browsers"}


@given(st.text(max_size=300))
@settings(deadline=None)
def test_a_cookie_of_somebodys_own_making_is_none(made: str) -> None:
    assert Receipts(_Keyring()).from_cookie(made) is None  # type: ignore[arg-type]


@given(st.integers(0, 200), st.integers(1, 255))
@settings(deadline=None)
def test_a_changed_cookie_is_none(place: int, by: int) -> None:
    receipts = Receipts(_Keyring())  # type: ignore[arg-type]
    raw = bytearray(base64.urlsafe_b64decode(receipts.into_cookie(receipts.entered("a" * 64))))
    raw[place % len(raw)] ^= by
    assert receipts.from_cookie(base64.urlsafe_b64encode(bytes(raw)).decode()) is None


def test_two_codes_are_hashed_at_once_and_no_third(
    receipts: Receipts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes 32 MiB: a flood must not take all there is."""
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.01)
    inside, go_on = threading.Semaphore(0), threading.Event()

    class Slow(_Keyring):
        def receipts_key(self) -> bytes:
            inside.release()
            go_on.wait(20)
            return super().receipts_key()

    receipts._keyring = Slow()  # type: ignore[assignment]
    hashing = [threading.Thread(target=receipts.receipt_of, args=(new_code(),)) for _ in range(2)]
    for each in hashing:
        each.start()
    for _ in hashing:
        assert inside.acquire(timeout=20)
    with pytest.raises(Busy):
        receipts.receipt_of(new_code())
    go_on.set()
    for each in hashing:
        each.join()
    assert receipts.receipt_of(new_code())
