"""The one spelling in which logins are compared."""

from __future__ import annotations

import unicodedata


def normalised(text: str) -> str:
    """Compatibility forms as one and without case: `ＡＢ` and `ab` are the same login."""
    return unicodedata.normalize("NFKC", text).casefold()
