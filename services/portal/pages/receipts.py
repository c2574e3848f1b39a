"""Numbers and receipt codes: with both, whoever objected learns what came of it, and nobody else.

The number is what an objection is called aloud and on the phone; its id, which begins with it, is
what it is.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator
from string import hexdigits

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are read for one another: 0 and O, 1 and I."""
_GROUPS, _IN_ONE = 4, 4
_OF_NUMBER = 8


def new_receipt() -> str:
    """A code that nobody guesses (80 bits), to be copied by hand: `K7QD-93HM-WX2P-84LT`."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _IN_ONE))
    return _grouped(drawn)


def readings(typed: str) -> Iterator[str]:
    """What a code that was typed can mean: what stands there, then one of ours written otherwise.

    Clients of the API choose codes of their own, which mean what stands there alone.
    """
    given = unicodedata.normalize("NFKC", typed).strip()
    if given:
        yield given
    bare = "".join(letter for letter in given.upper() if letter.isalnum())
    if len(bare) == _GROUPS * _IN_ONE and set(bare) <= set(_LETTERS) and _grouped(bare) != given:
        yield _grouped(bare)


def objection_number(objection_id: str) -> str:
    """The number of an objection: `0C9B-8F0E`."""
    return _grouped(objection_id[:_OF_NUMBER].upper())


def objection_named(typed: str) -> dict[str, str]:
    """What somebody who types a number means, as the registry asks for it: by number or by id."""
    given = unicodedata.normalize("NFKC", typed).strip().lower()
    bare = "".join(letter for letter in given if letter.isalnum())
    if len(bare) == _OF_NUMBER and set(bare) <= set(hexdigits):
        return {"objection_number": bare}
    return {"objection_id": given}


def _grouped(bare: str) -> str:
    return "-".join(bare[at : at + _IN_ONE] for at in range(0, len(bare), _IN_ONE))
