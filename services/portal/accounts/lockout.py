"""Failed sign-ins are counted for a login and for an address, whether the login exists or not.

By real time: a moved business clock neither locks nor unlocks anybody.
"""

from __future__ import annotations

import datetime as dt

from services.portal.accounts.names import normalised
from services.portal.accounts.sessions import Connections
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.privacy.keyring import Keyring

FREE_FAILURES = 5
"""Failures for one login before it is locked, for 15 minutes and doubling from there."""
FREE_FAILURES_OF_ADDRESS = 50
"""An office goes out under one address, so more are allowed there."""
_FIRST = dt.timedelta(minutes=15)
_LONGEST_DOUBLINGS = 6
_FORGOTTEN_AFTER = dt.timedelta(hours=24)


class Lockout:
    """The failure table of the portal's database."""

    def __init__(self, connections: Connections, keyring: Keyring) -> None:
        self._connections, self._keyring = connections, keyring

    def refuse_locked(self, login: str, address: str) -> None:
        """Raises Refused with SIGN_IN_LOCKED."""
        with self._connections.connection() as connection:
            locked = connection.execute(
                "SELECT 1 FROM portal.failure WHERE subject = ANY(%s) AND locked_until > now()",
                ([self._of_login(login), self._of_address(address)],),
            ).fetchone()
        if locked is not None:
            raise Refused(Reason.SIGN_IN_LOCKED, "too many failures: wait, then try again")

    def failed(self, login: str, address: str) -> int | None:
        """Count a failure; for how many minutes it locks the login now, None when it does not."""
        self._count(self._of_address(address), FREE_FAILURES_OF_ADDRESS)
        return self._count(self._of_login(login), FREE_FAILURES)

    def succeeded(self, login: str) -> None:
        """Forget the failures of the login; those of the address stay."""
        with self._connections.connection() as connection:
            connection.execute(
                "DELETE FROM portal.failure WHERE subject = %s", (self._of_login(login),)
            )

    def _count(self, subject: bytes, free: int) -> int | None:
        with self._connections.connection() as connection, connection.transaction():
            row = connection.execute(
                "INSERT INTO portal.failure AS f (subject, failures) VALUES (%s, 1)"
                " ON CONFLICT (subject) DO UPDATE SET last_at = now(), failures ="
                "  CASE WHEN f.last_at < now() - %s THEN 1 ELSE f.failures + 1 END"
                " RETURNING failures",
                (subject, _FORGOTTEN_AFTER),
            ).fetchone()
            assert row is not None
            over = int(row[0]) - free
            if over < 0 or over % free:
                return None
            pause = _FIRST * 2 ** min(over // free, _LONGEST_DOUBLINGS)
            connection.execute(
                "UPDATE portal.failure SET locked_until = now() + %s WHERE subject = %s",
                (pause, subject),
            )
        return int(pause.total_seconds() // 60)

    def _of_login(self, login: str) -> bytes:
        return self._keyring.keyed_hash("failure.login", normalised(login))

    def _of_address(self, address: str) -> bytes:
        return self._keyring.keyed_hash("failure.address", address)
