"""How names are compared: what looks the same to a reader is the same."""

from __future__ import annotations

import unicodedata


def spelling(name: str) -> str:
    """One spelling of a name: no spaces, nothing invisible, one width and case."""
    visible = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Zs"))
    return unicodedata.normalize("NFKC", visible).casefold()


_DIRECTION = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
"""Marks that turn the direction of what follows (UAX #9), and the one of byte order."""


def without_marks(text: str) -> str:
    """The text without marks that nobody sees or types, and that turn around how it reads."""
    return text.translate(_DIRECTION)
