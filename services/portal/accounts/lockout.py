"""Failed sign-ins are counted for a login and for an address, whether the login exists or not.

By real time: a moved business clock neither locks nor unlocks anybody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Attempt:
    """An attempt that counts as failed until it is known to be none.

    locks_minutes, locks_address_minutes: for how long it locks them; None when it does not
    """

    login: bytes
    address: bytes
    locks_minutes: int | None
    locks_address_minutes: int | None


class Lockout:
    """The failure table of the portal's database."""

    def __init__(self, connections: Connections, keyring: Keyring) -> None:
        self._connections, self._keyring = connections, keyring

    def begin(self, login: str, epoch: int, address: str) -> Attempt:
        """Count an attempt before its password is looked at, so that many at once are counted too.

        `epoch` is the account's, 0 where there is none: a new password is guessed at anew, so an
        administrator who resets it also lets its holder in again.
        Raises Refused with SIGN_IN_LOCKED.
        """
        of_login = self._keyring.keyed_hash("failure.login", normalised(login), str(epoch))
        of_address = self._keyring.keyed_hash("failure.address", address)
        with self._connections.connection() as connection:
            locked = connection.execute(
                "SELECT 1 FROM portal.failure WHERE subject = ANY(%s) AND locked_until > now()",
                ([of_login, of_address],),
            ).fetchone()
            # What was forgotten anyway; nothing else would ever clear logins that do not exist.
            connection.execute(
                "DELETE FROM portal.failure WHERE last_at < now() - %s"
                " AND (locked_until IS NULL OR locked_until < now())",
                (_FORGOTTEN_AFTER,),
            )
        if locked is not None:
            raise _locked()
        address_minutes = self._count(of_address, FREE_FAILURES_OF_ADDRESS)
        minutes = self._count(of_login, FREE_FAILURES)
        return Attempt(of_login, of_address, minutes, address_minutes)

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures of the login; those of the address stay, but for this one."""
        self._take_back(attempt.address, unlock=attempt.locks_address_minutes is not None)
        with self._connections.connection() as connection:
            connection.execute("DELETE FROM portal.failure WHERE subject = %s", (attempt.login,))

    def undecided(self, attempt: Attempt) -> None:
        """The attempt was none, such as a right password whose code is still to come."""
        self._take_back(attempt.address, unlock=attempt.locks_address_minutes is not None)
        self._take_back(attempt.login, unlock=attempt.locks_minutes is not None)

    def _count(self, subject: bytes, free: int) -> int | None:
        with self._connections.connection() as connection, connection.transaction():
            row = connection.execute(
                "INSERT INTO portal.failure AS f (subject, failures) VALUES (%s, 1)"
                " ON CONFLICT (subject) DO UPDATE SET last_at = now(), failures = f.failures + 1"
                "  WHERE f.locked_until IS NULL OR f.locked_until <= now()"
                " RETURNING failures",
                (subject,),
            ).fetchone()
            if row is None:
                raise _locked()  # by another attempt, since we looked
            over = int(row[0]) - free
            if over < 0 or over % free:
                return None
            pause = _FIRST * 2 ** min(over // free, _LONGEST_DOUBLINGS)
            connection.execute(
                "UPDATE portal.failure SET locked_until = now() + %s WHERE subject = %s",
                (pause, subject),
            )
        return int(pause.total_seconds() // 60)

    def _take_back(self, subject: bytes, *, unlock: bool) -> None:
        with self._connections.connection() as connection:
            connection.execute(
                "UPDATE portal.failure SET failures = failures - 1,"
                "  locked_until = CASE WHEN %s THEN NULL ELSE locked_until END"
                " WHERE subject = %s AND failures > 0",
                (unlock, subject),
            )


def _locked() -> Refused:
    return Refused(Reason.SIGN_IN_LOCKED, "too many failures: wait, then try again")
