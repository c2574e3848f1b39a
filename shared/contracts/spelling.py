"""How names are compared: what looks the same to a reader is the same."""

from __future__ import annotations

import unicodedata


def spelling(name: str) -> str:
    """One spelling of a name: no spaces, nothing invisible, one width and case."""
    visible = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Zs"))
    return unicodedata.normalize("NFKC", visible).casefold()
