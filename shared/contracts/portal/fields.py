"""Field types that only accounts have."""

from __future__ import annotations

from typing import Any

from shared.contracts.fields import OneOf, Pattern, Text
from shared.contracts.roles import Role

LOGIN_SAYS = "must be 3 to 40 letters, digits or . _ - @"


def login(**kwargs: Any) -> Pattern:
    """What a person types to say who they are; case does not matter."""
    return Pattern(r"[A-Za-z0-9._@-]{3,40}", LOGIN_SAYS, longest=40, shortest=3, **kwargs)


def recovery_hashes(**kwargs: Any) -> Pattern:
    """SHA-256 digests of recovery codes, 1 to 20, a space between; see `services.portal.accounts.
    totp`."""
    says = "must be 1 to 20 SHA-256 digests in lower-case hexadecimal, a space between"
    return Pattern(r"[0-9a-f]{64}( [0-9a-f]{64}){0,19}", says, longest=20 * 65 - 1, **kwargs)


def account_role(**kwargs: Any) -> OneOf:
    """A role that is spoken of with accounts; a reporter has a code, and none (decision 021)."""
    return OneOf(Role, without=(Role.REPORTER,), **kwargs)


def password(**kwargs: Any) -> Text:
    """A password in clear, on its way to be hashed; see `services.portal.accounts.passwords`."""
    return Text(200, **kwargs)
