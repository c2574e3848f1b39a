"""Names of accounts, for pages that tell who did something."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from services.portal.pages.asking import ask_part
from services.portal.web.visitor import current_visitor
from shared.contracts.fields import Identifier
from shared.contracts.roles import Role

_ACCOUNT_ID = Identifier().regex
"""What cannot be an account's id is none."""
_MOST = 100
_NAMING = frozenset({Role.LEADER, Role.AUDITOR})
"""Roles to which it is told who an account's is."""


def account_names(account_ids: Iterable[str], purpose: str) -> dict[str, str]:
    """Account → name, for a purpose that is kept; none while it cannot be told."""
    asked = sorted({its for its in account_ids if _ACCOUNT_ID.fullmatch(its)})[:_MOST]
    if not asked:
        return {}
    payload = {"account_ids": asked, "purpose": purpose}
    found = ask_part("portal", "NameAccounts", payload).result or {"items": []}
    return {row["account_id"]: row["display_name"] for row in found["items"]}


def namer(accounts: Iterable[str], purpose: str) -> Callable[[str], str]:
    """Who an account is, to whoever is here: a name, 本人, or only that it is somebody."""
    visitor = current_visitor()
    names = account_names(accounts, purpose) if visitor.role in _NAMING else {}

    def name(account_id: str) -> str:
        if account_id == visitor.account_id:
            return "本人"
        return names.get(account_id) or f"账号 {account_id[:8]}"

    return name
