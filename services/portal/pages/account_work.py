"""What every form about somebody's account shares."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from services.portal.pages.asking import Part, ask_part
from services.portal.pages.command_form import Answer, after_of, form_page, version_of
from services.portal.pages.submitting import Submitted, new_form
from shared.contracts.errors import Invalid, NotFound

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""For passwords that are read out or copied by hand: nothing that looks like something else."""


def shown_account(account_id: str, after: Mapping[str, Any] | None = None) -> Part:
    """Raises NotFound, also for what cannot be an id at all."""
    try:
        return ask_part("portal", "ShowAccount", {"account_id": account_id}, after)
    except Invalid:
        raise NotFound("account", account_id) from None


def account_form(
    template: str,
    account_id: str,
    shown: Submitted | None,
    names: Mapping[str, str] | None = None,
    fresh: Mapping[str, str] | None = None,
    **more: Any,
) -> Answer:
    """A form about an account, which stands on the version that its page shows.

    `fresh` is what a new form holds. Raises NotFound.
    """
    part = shown_account(account_id, after_of(shown))
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part), **(fresh or {})))
    return form_page(template, part, shown, names or {}, account_id=account_id, **more)


def one_time_password() -> str:
    """Easy to read out, and far too long to guess."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
