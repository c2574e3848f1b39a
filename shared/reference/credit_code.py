"""Unified social credit codes (GB 32100-2015): 18 characters, the last one a check character.

The check is a weighted sum modulo the prime 31, with weights 3^(i-1) mod 31. It finds every
single wrong character and every exchange of two, save the first with the last: both have
weight 1.
"""

from __future__ import annotations

from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, S, V, Z, which are easily taken for other characters."""

LENGTH = 18

_MODULUS = len(ALPHABET)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, _MODULUS) for place in range(LENGTH - 1))


class Fault(StrEnum):
    """What is wrong with a code."""

    LENGTH = "length"
    ALPHABET = "alphabet"
    CHECK_CHARACTER = "check_character"


class BadCreditCode(ValueError):
    """Not a credit code; `fault` says in what. Its text does not repeat the code."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


def check_character(first17: str) -> str:
    """The check character of a code's first 17. Raises BadCreditCode (length, alphabet)."""
    _check_form(first17, LENGTH - 1)
    total = sum(
        _VALUES[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True)
    )
    return ALPHABET[-total % _MODULUS]


def complete(first17: str) -> str:
    """The whole code from its first 17 characters. Raises BadCreditCode (length, alphabet)."""
    return first17 + check_character(first17)


def validate(code: str) -> None:
    """Raise BadCreditCode unless `code` is of the form of the standard and its check fits."""
    _check_form(code, LENGTH)
    if complete(code[:-1]) != code:
        raise BadCreditCode(Fault.CHECK_CHARACTER, "the check character does not fit")


def is_valid(code: str) -> bool:
    """Whether `validate` lets the code pass."""
    try:
        validate(code)
    except BadCreditCode:
        return False
    return True


def _check_form(text: str, length: int) -> None:
    if len(text) != length:
        raise BadCreditCode(Fault.LENGTH, f"{len(text)} characters and not {length}")
    if not all(character in _VALUES for character in text):
        raise BadCreditCode(Fault.ALPHABET, f"a character is not one of {ALPHABET}")
