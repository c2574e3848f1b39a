"""What somebody has typed and not handed in yet, sealed under their account's key."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from services.portal.accounts.sessions import Connections
from shared.clock import Clock
from shared.contracts.message import SealedValue
from shared.privacy.keyring import Erased, Keyring
from shared.privacy.sealing import CannotOpen

KEPT = dt.timedelta(days=90)


class Drafts:
    """The draft table of the portal's database."""

    def __init__(self, connections: Connections, keyring: Keyring, clock: Clock) -> None:
        self._connections, self._keyring, self._clock = connections, keyring, clock

    def get(self, account_id: str, kind: str, about: str) -> dict[str, Any]:
        """The draft of a form about something; empty when there is none."""
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT sealed FROM portal.draft"
                " WHERE account_id = %s AND kind = %s AND about = %s AND seen_at > now() - %s",
                (account_id, kind, about, KEPT),
            ).fetchone()
        if row is None:
            return {}
        sealed = SealedValue(_subject(account_id), _context(kind, about), bytes(row[0]))
        try:
            draft: dict[str, Any] = json.loads(self._keyring.open(sealed))
        except (Erased, CannotOpen):
            return {}
        return draft

    def command_id(self, account_id: str, kind: str, about: str) -> str:
        """Under which command id the draft is handed in: the same until it is dropped.

        So a form that is sent twice, or again after a time-out, is one command. A fresh id when
        there is no draft.
        """
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT command_id FROM portal.draft"
                " WHERE account_id = %s AND kind = %s AND about = %s",
                (account_id, kind, about),
            ).fetchone()
        return str(row[0] if row is not None else uuid.uuid4())

    def put(self, account_id: str, kind: str, about: str, draft: dict[str, Any]) -> None:
        """Keep a draft in place of what was there."""
        sealed = self._keyring.seal(
            _subject(account_id),
            _context(kind, about),
            json.dumps(draft, ensure_ascii=False).encode(),
            self._clock.now(),
        )
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO portal.draft (account_id, kind, about, sealed)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT (account_id, kind, about)"
                " DO UPDATE SET sealed = excluded.sealed, seen_at = now()",
                (account_id, kind, about, sealed),
            )
            connection.execute("DELETE FROM portal.draft WHERE seen_at < now() - %s", (KEPT,))

    def drop(self, account_id: str, kind: str, about: str) -> None:
        """Forget a draft: it was handed in."""
        with self._connections.connection() as connection:
            connection.execute(
                "DELETE FROM portal.draft WHERE account_id = %s AND kind = %s AND about = %s",
                (account_id, kind, about),
            )

    def of(self, account_id: str, kind: str) -> list[str]:
        """What the account has drafts about."""
        with self._connections.connection() as connection:
            rows = connection.execute(
                "SELECT about FROM portal.draft WHERE account_id = %s AND kind = %s"
                " AND seen_at > now() - %s ORDER BY seen_at DESC",
                (account_id, kind, KEPT),
            ).fetchall()
        return [str(row[0]) for row in rows]


def _subject(account_id: str) -> str:
    return f"account:{account_id}"


def _context(kind: str, about: str) -> str:
    return f"draft|{kind}|{about}"
