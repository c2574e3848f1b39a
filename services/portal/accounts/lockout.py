"""Failed checks of a password are counted for a login and for an address, whether the login exists
or not.

A failure is forgotten little by little, however busy the address is (a leaky bucket). By real time:
a moved business clock neither locks nor unlocks anybody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.portal.accounts.names import normalised
from services.portal.accounts.sessions import Connections
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.privacy.keyring import Keyring


@dataclass(frozen=True)
class Allowance:
    """`failures` may come at once; that many are forgotten, evenly, in the time of `within`."""

    failures: int
    within: dt.timedelta

    @property
    def one_forgotten_in(self) -> dt.timedelta:
        return self.within / self.failures


OF_LOGIN = Allowance(5, dt.timedelta(hours=24))
"""Before the login is locked, for 15 minutes and doubling from there."""
OF_ADDRESS = Allowance(50, dt.timedelta(hours=4))
"""An office goes out under one address, so more are allowed there."""
_FIRST = dt.timedelta(minutes=15)
_LONGEST_DOUBLINGS = 6
_LOCK_FORGOTTEN_IN = dt.timedelta(hours=24)
"""Each time that so much has passed since the last lock, the next one is shorter by a doubling."""


class Locked(Refused):
    """Refused with SIGN_IN_LOCKED; `seconds` until it is worth trying again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(Reason.SIGN_IN_LOCKED, "too many failures: wait, then try again")
        self.seconds = seconds


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
        Raises Locked.
        """
        of_login = self._keyring.keyed_hash("failure.login", normalised(login), str(epoch))
        of_address = self._keyring.keyed_hash("failure.address", address)
        with self._connections.connection() as connection:
            # What is forgotten anyway; nothing else would ever clear logins that do not exist.
            connection.execute(
                "DELETE FROM portal.failure WHERE last_at < now() - %(long)s"
                " AND (locked_until IS NULL OR locked_until < now() - %(long)s * locks)",
                {"long": max(OF_LOGIN.within, OF_ADDRESS.within, _LOCK_FORGOTTEN_IN)},
            )
        self._refuse_locked(of_login, of_address)
        address_minutes = self._count(of_address, OF_ADDRESS)
        minutes = self._count(of_login, OF_LOGIN)
        return Attempt(of_login, of_address, minutes, address_minutes)

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures of the login; those of the address stay, but for this one."""
        self._take_back(attempt.address, OF_ADDRESS, attempt.locks_address_minutes)
        with self._connections.connection() as connection:
            connection.execute("DELETE FROM portal.failure WHERE subject = %s", (attempt.login,))

    def undecided(self, attempt: Attempt) -> None:
        """The attempt was none, such as a right password whose code is still to come."""
        self._take_back(attempt.address, OF_ADDRESS, attempt.locks_address_minutes)
        self._take_back(attempt.login, OF_LOGIN, attempt.locks_minutes)

    def _refuse_locked(self, *subjects: bytes) -> None:
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT ceil(extract(epoch FROM max(locked_until) - now()))::integer"
                " FROM portal.failure WHERE subject = ANY(%s) AND locked_until > now()",
                (list(subjects),),
            ).fetchone()
        if row is not None and row[0] is not None:
            raise Locked(row[0])

    def _count(self, subject: bytes, allowed: Allowance) -> int | None:
        """One more failure; the minutes for which it locks, None when it does not."""
        with self._connections.connection() as connection, connection.transaction():
            row = connection.execute(
                "INSERT INTO portal.failure AS f (subject, failures) VALUES (%(subject)s, 1)"
                " ON CONFLICT (subject) DO UPDATE SET last_at = now(), failures = 1 + greatest("
                "   0, f.failures - extract(epoch FROM now() - f.last_at) / %(each)s)"
                "  WHERE f.locked_until IS NULL OR f.locked_until <= now()"
                " RETURNING failures, greatest(0, locks - coalesce("
                "   extract(epoch FROM now() - locked_until) / %(lock)s, 0))",
                {
                    "subject": subject,
                    "each": allowed.one_forgotten_in.total_seconds(),
                    "lock": _LOCK_FORGOTTEN_IN.total_seconds(),
                },
            ).fetchone()
            if row is not None and round(row[0]) < allowed.failures:
                return None
            if row is not None:
                locks = round(row[1])
                pause = _FIRST * 2 ** min(locks, _LONGEST_DOUBLINGS)
                connection.execute(
                    "UPDATE portal.failure"
                    " SET failures = 0, locks = %s, locked_until = now() + %s WHERE subject = %s",
                    (locks + 1, pause, subject),
                )
                return int(pause.total_seconds() // 60)
        self._refuse_locked(subject)  # by another attempt, since we looked
        raise Locked(1)  # and free again by now

    def _take_back(self, subject: bytes, allowed: Allowance, locked_minutes: int | None) -> None:
        """As if the attempt had not been, and with it the lock that it caused, if it did."""
        with self._connections.connection() as connection:
            if locked_minutes is None:
                connection.execute(
                    "UPDATE portal.failure SET failures = greatest(0, failures - 1)"
                    " WHERE subject = %s",
                    (subject,),
                )
                return
            connection.execute(
                "UPDATE portal.failure SET failures = %s, locks = greatest(0, locks - 1),"
                "  locked_until = NULL WHERE subject = %s",
                (allowed.failures - 1, subject),
            )
