"""How the portal answers questions about accounts, within the asker's divisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from services.portal.handlers import ACCOUNT
from services.portal.views import SOURCE
from shared.contracts.errors import NotFound
from shared.contracts.portal import queries
from shared.contracts.roles import Role
from shared.contracts.scope import above, prefix
from shared.projections.model import Row
from shared.service.finding import fitting, says
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_PERSONAL = ("login", "display_name")
_TOLD = (
    "account_id, status, registered, must_change, second_factor, identity, sealed, version,"
    " coalesce((SELECT jsonb_agg(jsonb_build_object('grant_id', grant_id, 'role', role,"
    "   'division', division, 'unit', unit) ORDER BY role, grant_id)"
    "  FROM readmodel.accounts_grants g WHERE g.account_id = a.account_id AND NOT g.revoked),"
    " '[]') AS grants"
)

# As `Account.divisions`: where its roles are held; without any, where it was opened.
_BELONGS = (
    "NOT EXISTS (SELECT FROM (SELECT division FROM readmodel.accounts_grants g"
    "   WHERE g.account_id = a.account_id AND NOT g.revoked"
    "  UNION ALL SELECT a.opened_in WHERE NOT EXISTS (SELECT FROM readmodel.accounts_grants g"
    "   WHERE g.account_id = a.account_id AND NOT g.revoked)) belongs"
    " WHERE %s <> '' AND NOT starts_with(coalesce(belongs.division, ''), %s))"
)


def list_accounts(asked: Asked) -> Any:
    """Accounts that belong to the asker's divisions alone, the latest first."""
    key = after(asked.query.cursor, dt.datetime, str) or [None, None]
    words, most = asked.query.words, fetch(asked.query.limit)
    fits = None if words is None else partial(_says, asked, words)
    rows = fitting(partial(_accounts, asked), key, _KEY, fits, most)
    found = page(rows, asked.query.limit, *_KEY)
    return {**found, "items": [_told(asked, row) for row in found["items"]]}


_KEY = ("opened_at", "account_id")


def _accounts(asked: Asked, key: Sequence[Any], most: int) -> list[Row]:
    """So many of them behind a key."""
    within = prefix(asked.actor.division)
    return asked.rows(
        f"SELECT {_TOLD}, opened_at FROM readmodel.accounts_accounts a"  # noqa: S608 - our own columns
        " WHERE (%s::text IS NULL OR (opened_at, account_id) < (%s::timestamptz, %s))"
        f" AND {_BELONGS} ORDER BY opened_at DESC, account_id DESC LIMIT %s",
        *(key[1], *key, within, within, most),
    )


def _says(asked: Asked, words: str, row: Row) -> bool:
    stream = ACCOUNT.stream(row["account_id"])
    opened = [
        asked.clear(SOURCE, stream, "AccountOpened", name, row["sealed"][name])
        for name in _PERSONAL
    ]
    return says(words, *opened, *(grant["unit"] for grant in row["grants"]))


def show_account(asked: Asked) -> Any:
    within = prefix(asked.actor.division)
    rows = asked.rows(
        f"SELECT {_TOLD} FROM readmodel.accounts_accounts a"  # noqa: S608 - our own columns
        f" WHERE account_id = %s AND {_BELONGS}",
        *(asked.query.account_id, within, within),
    )
    if not rows:
        raise NotFound(ACCOUNT.prefix, asked.query.account_id)
    return {**_told(asked, rows[0]), "stream": ACCOUNT.stream(asked.query.account_id)}


def _told(asked: Asked, row: Row) -> Row:
    stream = ACCOUNT.stream(row["account_id"])
    asked.note_opening(f"account:{row['account_id']}")
    personal = {
        name: asked.personal(SOURCE, stream, "AccountOpened", name, row["sealed"][name])
        for name in _PERSONAL
    }
    plain = {name: value for name, value in row.items() if name not in _NOT_TOLD}
    return {**plain, **personal}


_NOT_TOLD = frozenset({"sealed", "opened_at"})


def _holders(role: Role) -> Callable[[Asked], Any]:
    """Open accounts that hold the role where the asker's bureau is, or everywhere; by id."""

    def answer(asked: Asked) -> Any:
        cursor = after(asked.query.cursor, str)
        rows = asked.rows(
            "SELECT account_id, sealed FROM readmodel.accounts_accounts a"
            " WHERE status = 'open' AND (%s::text IS NULL OR account_id > %s) AND EXISTS ("
            "  SELECT FROM readmodel.accounts_grants g WHERE g.account_id = a.account_id"
            "  AND g.role = %s AND NOT g.revoked"
            "  AND (g.division IS NULL OR starts_with(g.division, %s)))"
            " ORDER BY account_id LIMIT %s",
            *(cursor and cursor[0], cursor and cursor[0], str(role)),
            *(prefix(asked.actor.division), fetch(asked.query.limit)),
        )
        found = page(rows, asked.query.limit, "account_id")
        return {**found, "items": [_named(asked, row) for row in found["items"]]}

    return answer


def _named(asked: Asked, row: Row) -> Row:
    identifier = row["account_id"]
    asked.note_opening(f"account:{identifier}", getattr(asked.query, "purpose", None))
    stream, kept = ACCOUNT.stream(identifier), row["sealed"]["display_name"]
    name = asked.personal(SOURCE, stream, "AccountOpened", "display_name", kept)
    return {"account_id": identifier, "display_name": name}


def list_bodies(asked: Asked) -> Any:
    """`{unit, role}` of open accounts whose divisions reach the one asked about, by name.

    Two districts' bodies may bear one name, and only an account that reaches it can answer.
    """
    unit, role = after(asked.query.cursor, str, str) or [None, None]
    sought = asked.query.role
    rows = asked.rows(
        "SELECT DISTINCT g.unit, g.role FROM readmodel.accounts_grants g"
        " JOIN readmodel.accounts_accounts a USING (account_id)"
        " WHERE a.status = 'open' AND NOT g.revoked AND g.unit IS NOT NULL"
        " AND g.role = ANY (%(roles)s)"
        " AND (g.division IS NULL OR g.division = ANY (%(above)s))"
        " AND (%(unit)s::text IS NULL OR (g.unit, g.role) > (%(unit)s, %(role)s))"
        " ORDER BY g.unit, g.role LIMIT %(most)s",
        roles=[str(its) for its in _BODIES if sought in (None, its)],
        above=above(asked.query.division),
        unit=unit,
        role=role,
        most=fetch(asked.query.limit),
    )
    return page(rows, asked.query.limit, "unit", "role")


def name_accounts(asked: Asked) -> Any:
    """`{"items": [{account_id, display_name}]}` of those that are accounts, as they were asked."""
    rows = asked.rows(
        "SELECT account_id, sealed FROM readmodel.accounts_accounts WHERE account_id = ANY (%s)",
        list(asked.query.account_ids),
    )
    return {"items": [_named(asked, row) for row in rows]}


def list_points_with_accounts(asked: Asked) -> Any:
    """Items `{point_id}`: only that somebody acts for it, and not who.

    Wherever the role is held: a point may have moved since, or the account be the whole city's.
    """
    cursor = after(asked.query.cursor, str)
    rows = asked.rows(
        "SELECT DISTINCT g.unit AS point_id FROM readmodel.accounts_grants g"
        " JOIN readmodel.accounts_accounts a USING (account_id)"
        " WHERE a.status = 'open' AND g.role = 'point' AND NOT g.revoked AND g.unit IS NOT NULL"
        " AND (%s::text IS NULL OR g.unit > %s) ORDER BY g.unit LIMIT %s",
        *(cursor and cursor[0], cursor and cursor[0]),
        fetch(asked.query.limit),
    )
    return page(rows, asked.query.limit, "point_id")


_BUREAU = {Role.OFFICER, Role.REVIEWER, Role.LEADER}
_BODIES = (Role.ENFORCEMENT_BODY, Role.PARTNER)

QUERIES: dict[type, QueryRoute] = {
    queries.ListAccounts: QueryRoute({Role.ADMINISTRATOR}, ("accounts",), list_accounts),
    queries.ListBodies: QueryRoute(_BUREAU, ("accounts",), list_bodies),
    queries.NameAccounts: QueryRoute({Role.AUDITOR, Role.LEADER}, ("accounts",), name_accounts),
    queries.ListPointsWithAccounts: QueryRoute(
        _BUREAU | {Role.ADMINISTRATOR}, ("accounts",), list_points_with_accounts
    ),
    queries.ListReviewers: QueryRoute(_BUREAU, ("accounts",), _holders(Role.REVIEWER)),
    queries.ListOfficers: QueryRoute(
        {Role.OFFICER, Role.LEADER}, ("accounts",), _holders(Role.OFFICER)
    ),
    queries.ShowAccount: QueryRoute({Role.ADMINISTRATOR}, ("accounts",), show_account),
}
