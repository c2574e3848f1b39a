"""Who is signed in: a row a session, found by a token that only its holder has."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass, field

import psycopg
from psycopg.rows import TupleRow, dict_row
from psycopg_pool import ConnectionPool

from services.portal.domain.account import Account, AccountStatus

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)

Connections = ConnectionPool[psycopg.Connection[TupleRow]]


@dataclass(frozen=True)
class Session:
    """`epoch` is the account's when the session was made; `kind` is `browser` or `api`.

    id_token: what the OpenID provider said, sealed under the account's key; None for a password
    """

    session_id: str
    account_id: str
    epoch: int
    grant_id: str | None
    csrf: str = field(repr=False)
    kind: str
    made_at: dt.datetime
    seen_at: dt.datetime
    id_token: bytes | None = field(default=None, repr=False)

    def stands(self, account: Account) -> bool:
        """Whether the account, as it is now, still carries the session.

        Not once it was closed, its password changed, everyone signed out, or the role revoked
        that is acted in during this session.
        """
        return (
            account.status is AccountStatus.OPEN
            and account.epoch == self.epoch
            and (self.grant_id is None or self.grant_id in account.grants)
        )


_FOUND = (
    "session_id::text, account_id::text, epoch, grant_id::text, csrf, kind, id_token,"
    " made_at, seen_at"
)


class Sessions:
    """The session table of the portal's database. All times are real time."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def begin(
        self,
        account: Account,
        grant_id: str | None,
        kind: str,
        id_token: bytes | None = None,
        since: dt.datetime | None = None,
    ) -> tuple[str, Session]:
        """A new session and its token, which is kept nowhere but with its holder.

        `since`: when the session that it goes on from was made; its 12 hours are not begun anew.
        """
        token = secrets.token_urlsafe(32)
        with self._connections.connection() as connection:
            connection.execute(
                "DELETE FROM portal.session WHERE seen_at < now() - %s OR made_at < now() - %s",
                (IDLE, LONGEST),
            )
            connection.execute(
                "INSERT INTO portal.session (token_hash, session_id, account_id, epoch, grant_id,"
                "  csrf, kind, id_token, made_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, coalesce(%s, now()))",
                (
                    *(_hash(token), uuid.uuid4(), account.account_id, account.epoch, grant_id),
                    *(secrets.token_urlsafe(24), kind, id_token, since),
                ),
            )
        session = self.find(token)
        assert session is not None
        return token, session

    def find(self, token: str, *, seen: bool = True) -> Session | None:
        """The session of a token, unless it has lain idle or lived too long; it is seen now.

        Not `seen`: a page asks by itself, and nobody may be sitting before it.
        Whoever lets somebody in by it also asks whether it `stands`.
        """
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            row = cursor.execute(
                f"SELECT {_FOUND} FROM portal.session WHERE token_hash = %s"  # noqa: S608 - ours
                " AND seen_at > now() - %s AND made_at > now() - %s",
                (_hash(token), IDLE, LONGEST),
            ).fetchone()
            if row is not None and seen:
                # Once a minute is often enough to tell who is idle.
                cursor.execute(
                    "UPDATE portal.session SET seen_at = now()"
                    " WHERE token_hash = %s AND seen_at < now() - interval '1 minute'",
                    (_hash(token),),
                )
        return None if row is None else Session(**row)

    def of(self, account_id: str) -> list[Session]:
        """The account's sessions that have not run out, newest first."""
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            rows = cursor.execute(
                f"SELECT {_FOUND} FROM portal.session WHERE account_id = %s"  # noqa: S608 - ours
                " AND seen_at > now() - %s AND made_at > now() - %s ORDER BY made_at DESC",
                (account_id, IDLE, LONGEST),
            ).fetchall()
        return [Session(**row) for row in rows]

    def end(self, session_id: str) -> None:
        """Sign out."""
        self._execute("DELETE FROM portal.session WHERE session_id = %s", session_id)

    def end_all(self, account_id: str) -> None:
        """Sign out everywhere: the account's epoch has gone on, this only clears the table."""
        self._execute("DELETE FROM portal.session WHERE account_id = %s", account_id)

    def _execute(self, statement: str, *parameters: object) -> None:
        with self._connections.connection() as connection:
            connection.execute(statement.encode(), parameters)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
