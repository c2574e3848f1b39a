"""Field types that only accounts have."""

from __future__ import annotations

from typing import Any

from shared.contracts.fields import Pattern, Text

LOGIN_SAYS = "must be 3 to 40 letters, digits or . _ - @"


def login(**kwargs: Any) -> Pattern:
    """What a person types to say who they are; case does not matter."""
    return Pattern(r"[A-Za-z0-9._@-]{3,40}", LOGIN_SAYS, longest=40, shortest=3, **kwargs)


def password(**kwargs: Any) -> Text:
    """A password in clear, on its way to be hashed; see `services.portal.accounts.passwords`."""
    return Text(200, **kwargs)
