"""Unified social credit codes, and exactly which slips their check finds."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.reference.credit_code import (
    ALPHABET,
    BadCreditCode,
    Fault,
    check_character,
    complete,
    is_valid,
    validate,
)

PUBLIC = "91350100M000100Y43"  # goes about as the standard's example in other implementations
bodies = st.text(ALPHABET, min_size=17, max_size=17)


def fault_of(code: str) -> Fault:
    with pytest.raises(BadCreditCode) as caught:
        validate(code)
    return caught.value.fault


def test_the_well_known_example_is_valid() -> None:
    assert check_character(PUBLIC[:17]) == "3"
    assert complete(PUBLIC[:17]) == PUBLIC
    validate(PUBLIC)


def test_the_weights_and_the_check_are_those_of_the_standard() -> None:
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    for place, weight in enumerate(weights):
        one = "0" * place + "1" + "0" * (16 - place)
        assert check_character(one) == ALPHABET[31 - weight]
    assert check_character("0" * 17) == "0"  # a remainder of 0 checks as 0


def test_the_alphabet_has_31_characters_and_none_that_is_easily_mistaken() -> None:
    assert len(set(ALPHABET)) == 31
    assert not set("IOSVZ") & set(ALPHABET)


@given(bodies)
def test_a_completed_code_is_valid(body: str) -> None:
    assert is_valid(complete(body))


@given(bodies)
def test_every_other_check_character_is_refused(body: str) -> None:
    right = check_character(body)
    for wrong in set(ALPHABET) - {right}:
        assert fault_of(body + wrong) is Fault.CHECK_CHARACTER


@given(bodies)
def test_every_single_wrong_character_is_found(body: str) -> None:
    """31 is prime and no weight is 0, so a change of one value always changes the sum."""
    code = complete(body)
    for place in range(18):
        for other in set(ALPHABET) - {code[place]}:
            assert fault_of(code[:place] + other + code[place + 1 :]) is Fault.CHECK_CHARACTER


@given(bodies)
def test_every_exchange_is_found_save_of_the_first_with_the_last(body: str) -> None:
    """All weights differ, but for the first and the check character's own, which are both 1."""
    code = complete(body)
    for one, other in combinations(range(18), 2):
        changed = list(code)
        changed[one], changed[other] = changed[other], changed[one]
        harmless = code[one] == code[other] or (one, other) == (0, 17)
        assert is_valid("".join(changed)) == harmless


@given(st.text())
def test_anything_else_has_a_fault_and_raises_nothing_else(text: str) -> None:
    assume(len(text) != 18)
    assert fault_of(text) is Fault.LENGTH
    assert not is_valid(text)


@pytest.mark.parametrize("letter", [*"IOSVZ", "a", " ", "-", "９", "一", "\x00"])
@pytest.mark.parametrize("place", [0, 9, 17])
def test_a_character_that_the_standard_leaves_out_is_a_fault_of_alphabet(
    letter: str, place: int
) -> None:
    assert fault_of(PUBLIC[:place] + letter + PUBLIC[place + 1 :]) is Fault.ALPHABET


def test_a_code_in_small_letters_is_not_quietly_put_right() -> None:
    assert fault_of(PUBLIC.lower()) is Fault.ALPHABET


def test_a_check_is_worked_out_of_17_characters_only() -> None:
    for wrong in (PUBLIC, PUBLIC[:16], "I" * 17):
        with pytest.raises(BadCreditCode):
            check_character(wrong)


def test_an_error_does_not_repeat_the_code() -> None:
    with pytest.raises(BadCreditCode) as caught:
        validate(PUBLIC[:17] + "4")
    assert PUBLIC[:8] not in str(caught.value)
