"""How the portal answers questions about accounts: to administrators, within their divisions."""

from __future__ import annotations

from typing import Any

from services.portal.handlers import ACCOUNT
from services.portal.views import SOURCE
from shared.access.scope import prefix
from shared.contracts.errors import NotFound
from shared.contracts.portal import queries
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_PERSONAL = ("login", "display_name")
_TOLD = "account_id, status, registered, must_change, second_factor, identity, sealed, version"


def list_accounts(asked: Asked) -> Any:
    """Accounts none of whose roles lies outside the asker's divisions, by id."""
    cursor = after(asked.query.cursor, str)
    within = prefix(asked.actor.division)
    rows = asked.rows(
        f"SELECT {_TOLD} FROM readmodel.accounts_accounts a"  # noqa: S608 - our own columns
        " WHERE (%s::text IS NULL OR account_id > %s)"
        " AND NOT EXISTS (SELECT 1 FROM readmodel.accounts_grants g"
        "  WHERE g.account_id = a.account_id AND NOT g.revoked"
        "  AND %s <> '' AND NOT starts_with(coalesce(g.division, ''), %s))"
        " ORDER BY account_id LIMIT %s",
        cursor and cursor[0],
        cursor and cursor[0],
        within,
        within,
        fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "account_id")
    return {**found, "items": [_told(asked, row) for row in found["items"]]}


def show_account(asked: Asked) -> Any:
    rows = asked.rows(
        f"SELECT {_TOLD} FROM readmodel.accounts_accounts"  # noqa: S608 - our own columns
        " WHERE account_id = %s",
        asked.query.account_id,
    )
    within = prefix(asked.actor.division)
    if not rows:
        raise NotFound("account", asked.query.account_id)
    told = _told(asked, rows[0])
    if any(within and not (its["division"] or "").startswith(within) for its in told["grants"]):
        raise NotFound("account", asked.query.account_id)
    return {**told, "stream": ACCOUNT.stream(asked.query.account_id)}


def _told(asked: Asked, row: Row) -> Row:
    stream = ACCOUNT.stream(row["account_id"])
    asked.note_opening(f"account:{row['account_id']}")
    personal = {
        name: asked.personal(SOURCE, stream, "AccountOpened", name, row["sealed"][name])
        for name in _PERSONAL
    }
    grants = asked.rows(
        "SELECT grant_id, role, division, unit FROM readmodel.accounts_grants"
        " WHERE account_id = %s AND NOT revoked ORDER BY role, grant_id",
        row["account_id"],
    )
    plain = {name: value for name, value in row.items() if name != "sealed"}
    return {**plain, **personal, "grants": grants}


QUERIES: dict[type, QueryRoute] = {
    queries.ListAccounts: QueryRoute({Role.ADMINISTRATOR}, ("accounts",), list_accounts),
    queries.ShowAccount: QueryRoute({Role.ADMINISTRATOR}, ("accounts",), show_account),
}
