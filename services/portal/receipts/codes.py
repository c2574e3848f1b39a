"""Receipt codes of 25 digits in five groups: read over the phone, and typed anywhere."""

from __future__ import annotations

import secrets
import unicodedata

_DIGITS, _IN_ONE = 25, 5
"""83 bits: nobody guesses one."""


def new_code() -> str:
    """A code that nobody guesses: `01234-56789-01234-56789-01234`."""
    drawn = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    return "-".join(drawn[at : at + _IN_ONE] for at in range(0, _DIGITS, _IN_ONE))


def bare(typed: str) -> str:
    """What counts of a code: its digits, in whatever width and with whatever between them.

    Of what is no code, what is left without spaces and signs: it is tried like one, so that how
    long an answer takes and what it says tell nothing.
    """
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST])
    return "".join(letter for letter in plain if letter.isalnum())


_LONGEST = 200
"""Characters of what is typed that are looked at."""
