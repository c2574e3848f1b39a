"""Failed checks of a password are counted, whether the login exists or not: for a login at one
address, for a login at all addresses where its holder is a stranger, and for an address.

So nobody is locked out by whoever knows their login alone, which of an officer everybody does: it
takes their own address to lock them there, and where they have signed in before, failures elsewhere
do not count (docs/decisions/013). A failure is forgotten little by little, however busy the address
is (a leaky bucket). By real time: a moved business clock neither locks nor unlocks anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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


OF_LOGIN_HERE = Allowance(5, dt.timedelta(hours=24))
"""Before a login is locked at one address, for 15 minutes and doubling from there."""
OF_LOGIN = Allowance(50, dt.timedelta(hours=24))
"""Before it is locked at every address that is not familiar: many machines guess at one login."""
OF_ADDRESS = Allowance(50, dt.timedelta(hours=4))
"""An office goes out under one address, so more are allowed there."""
_FIRST = dt.timedelta(minutes=15)
_LONGEST_DOUBLINGS = 6
_LOCK_FORGOTTEN_IN = dt.timedelta(hours=24)
"""Each time that so much has passed since the last lock, the next one is shorter by a doubling."""
FAMILIAR_FOR = dt.timedelta(days=90)
"""An address from where somebody signed in, since the last time."""


class Locked(Refused):
    """Refused with SIGN_IN_LOCKED; `seconds` until it is worth trying again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(Reason.SIGN_IN_LOCKED, "too many failures: wait, then try again")
        self.seconds = seconds


@dataclass(frozen=True)
class Counted:
    """One more failure of a subject; `locks_minutes` for how long it locks it, None when not."""

    subject: bytes
    allowed: Allowance
    locks_minutes: int | None


@dataclass(frozen=True)
class Attempt:
    """An attempt that counts as failed until it is known to be none.

    of_login, of_address: what it was counted for · familiar: what is familiar once it succeeds
    """

    of_login: tuple[Counted, ...]
    of_address: Counted
    familiar: bytes

    @property
    def locks_minutes(self) -> int | None:
        """For how long it locks the login, here or elsewhere."""
        return max((its.locks_minutes for its in self.of_login if its.locks_minutes), default=None)


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
        self._forget()
        whose = (normalised(login), str(epoch))
        familiar = self._keyring.keyed_hash("familiar", *whose, address)
        of_login = [(self._keyring.keyed_hash("failure.here", *whose, address), OF_LOGIN_HERE)]
        if not self._is_familiar(familiar):
            of_login.append((self._keyring.keyed_hash("failure.login", *whose), OF_LOGIN))
        return self._begin(of_login, address, familiar)

    def begin_in_session(self, account_id: str, epoch: int, address: str) -> Attempt:
        """As `begin`, for a password given in a session: whoever has it may be anywhere."""
        whose = (account_id, str(epoch))
        of_account = self._keyring.keyed_hash("failure.session", *whose)
        familiar = self._keyring.keyed_hash("familiar.session", *whose)
        return self._begin([(of_account, OF_LOGIN_HERE)], address, familiar)

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures here; those of the address and elsewhere stay, but for this one."""
        here, *elsewhere = attempt.of_login
        self._take_back(attempt.of_address, *elsewhere)
        with self._connections.connection() as connection:
            connection.execute("DELETE FROM portal.failure WHERE subject = %s", (here.subject,))
            connection.execute(
                "INSERT INTO portal.familiar (subject) VALUES (%s)"
                " ON CONFLICT (subject) DO UPDATE SET seen_at = now()",
                (attempt.familiar,),
            )

    def undecided(self, attempt: Attempt) -> None:
        """The attempt was none, such as a right password whose code is still to come."""
        self._take_back(attempt.of_address, *attempt.of_login)

    def _begin(
        self, of_login: Sequence[tuple[bytes, Allowance]], address: str, familiar: bytes
    ) -> Attempt:
        of_address = self._keyring.keyed_hash("failure.address", address)
        self._refuse_locked(of_address, *(subject for subject, _ in of_login))
        counted_address = self._count(of_address, OF_ADDRESS)
        counted = tuple(self._count(subject, allowed) for subject, allowed in of_login)
        return Attempt(counted, counted_address, familiar)

    def _forget(self) -> None:
        """What is forgotten anyway; nothing else would ever clear logins that do not exist."""
        with self._connections.connection() as connection:
            connection.execute(
                "DELETE FROM portal.failure WHERE last_at < now() - %(long)s"
                " AND (locked_until IS NULL OR locked_until < now() - %(long)s * locks)",
                {"long": max(OF_LOGIN.within, OF_ADDRESS.within, _LOCK_FORGOTTEN_IN)},
            )
            connection.execute(
                "DELETE FROM portal.familiar WHERE seen_at < now() - %s", (FAMILIAR_FOR,)
            )

    def _is_familiar(self, subject: bytes) -> bool:
        with self._connections.connection() as connection:
            found = connection.execute(
                "SELECT 1 FROM portal.familiar WHERE subject = %s", (subject,)
            )
            return found.fetchone() is not None

    def _refuse_locked(self, *subjects: bytes) -> None:
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT ceil(extract(epoch FROM max(locked_until) - now()))::integer"
                " FROM portal.failure WHERE subject = ANY(%s) AND locked_until > now()",
                (list(subjects),),
            ).fetchone()
        if row is not None and row[0] is not None:
            raise Locked(row[0])

    def _count(self, subject: bytes, allowed: Allowance) -> Counted:
        """One more failure. Raises Locked when another attempt has locked the subject meanwhile."""
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
                return Counted(subject, allowed, None)
            if row is not None:
                locks = round(row[1])
                pause = _FIRST * 2 ** min(locks, _LONGEST_DOUBLINGS)
                connection.execute(
                    "UPDATE portal.failure"
                    " SET failures = 0, locks = %s, locked_until = now() + %s WHERE subject = %s",
                    (locks + 1, pause, subject),
                )
                return Counted(subject, allowed, int(pause.total_seconds() // 60))
        self._refuse_locked(subject)  # by another attempt, since we looked
        raise Locked(1)  # and free again by now

    def _take_back(self, *counts: Counted) -> None:
        """As if the attempt had not been, and with it the locks that it caused, if it did."""
        with self._connections.connection() as connection:
            for its in counts:
                if its.locks_minutes is None:
                    connection.execute(
                        "UPDATE portal.failure SET failures = greatest(0, failures - 1)"
                        " WHERE subject = %s",
                        (its.subject,),
                    )
                    continue
                connection.execute(
                    "UPDATE portal.failure SET failures = %s, locks = greatest(0, locks - 1),"
                    "  locked_until = NULL WHERE subject = %s",
                    (its.allowed.failures - 1, its.subject),
                )
