"""Failed checks of a password are counted, whether the login exists or not: for a login at one
address, for a login at all addresses where its holder is a stranger, and for an address.

So nobody is locked out by whoever knows their login alone, which of an officer everybody does: it
takes their own address to lock them there, and where they have signed in before, failures elsewhere
do not count (docs/decisions/013). A failure is forgotten little by little, however busy the address
is (a leaky bucket).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.portal.accounts.failures import Allowance, Counted, Failures
from services.portal.accounts.failures import Locked as Locked
from services.portal.accounts.failures import Wait as Wait
from services.portal.accounts.names import normalised
from services.portal.accounts.sessions import Connections
from shared.privacy.keyring import Keyring

OF_LOGIN_HERE = Allowance(5, dt.timedelta(hours=24))
"""Before a login is locked at one address, for 15 minutes and doubling from there."""
OF_LOGIN = Allowance(50, dt.timedelta(hours=24))
"""Before it is locked at every address that is not familiar: many machines guess at one login."""
OF_ADDRESS = Allowance(50, dt.timedelta(hours=4))
"""An office goes out under one address, so more are allowed there."""
FAMILIAR_FOR = dt.timedelta(days=90)
"""An address from where somebody signed in, since the last time."""


@dataclass(frozen=True)
class Whose:
    """Whose password is tried. Of a login without an account both numbers are 0.

    epoch: the account's; a new password is guessed at anew
    resets: how often an administrator has set the password, so that its holder may be another
    """

    name: str
    epoch: int = 0
    resets: int = 0


@dataclass(frozen=True)
class Attempt:
    """An attempt that is undecided until it is known to have failed, or not.

    of_login, of_address: what it is counted for · familiar: what is familiar once it succeeds
    """

    of_login: tuple[Counted, ...]
    of_address: Counted
    familiar: bytes


class Lockout:
    """What an attempt is counted for, and what becomes of it."""

    def __init__(self, connections: Connections, keyring: Keyring) -> None:
        self._connections, self._keyring = connections, keyring
        self._failures = Failures(connections)

    def begin(self, whose: Whose, address: str) -> Attempt:
        """An attempt at a login, before its password is looked at.

        An administrator who resets the password lets its holder in again, and makes strangers of
        all addresses. The holder, who changes it or signs out everywhere, does not lose theirs.
        Raises Wait.
        """
        self._forget()
        login = normalised(whose.name)
        familiar = self._keyring.keyed_hash("familiar", login, str(whose.resets), address)
        guessed_at = (login, str(whose.epoch))
        here = self._keyring.keyed_hash("failure.here", *guessed_at, address)
        of_login = [Counted(here, OF_LOGIN_HERE)]
        if not self._is_familiar(familiar):
            anywhere = self._keyring.keyed_hash("failure.login", *guessed_at)
            of_login.append(Counted(anywhere, OF_LOGIN))
        return self._begin(of_login, address, familiar)

    def begin_in_session(self, whose: Whose, address: str) -> Attempt:
        """As `begin`, for a password given in a session, whose account is named by its id: whoever
        has the session may be anywhere.
        """
        guessed_at = (whose.name, str(whose.epoch))
        of_account = self._keyring.keyed_hash("failure.session", *guessed_at)
        familiar = self._keyring.keyed_hash("familiar.session", *guessed_at)
        return self._begin([Counted(of_account, OF_LOGIN_HERE)], address, familiar)

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures here; those of the address and elsewhere stay."""
        here, *elsewhere = attempt.of_login
        self._failures.take_back([attempt.of_address, *elsewhere])
        self._failures.clear(here)
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO portal.familiar (subject) VALUES (%s)"
                " ON CONFLICT (subject) DO UPDATE SET seen_at = now()",
                (attempt.familiar,),
            )

    def failed(self, attempt: Attempt) -> int | None:
        """Count it; for how many minutes that locks the login, here or elsewhere."""
        self._failures.failed(attempt.of_address)
        minutes = [self._failures.failed(its) for its in attempt.of_login]
        return max((its for its in minutes if its is not None), default=None)

    def undecided(self, attempt: Attempt) -> None:
        """The attempt was none, such as a right password whose code is still to come."""
        self._failures.take_back([attempt.of_address, *attempt.of_login])

    def _begin(self, of_login: list[Counted], address: str, familiar: bytes) -> Attempt:
        of_address = Counted(self._keyring.keyed_hash("failure.address", address), OF_ADDRESS)
        self._failures.begin([of_address, *of_login])
        return Attempt(tuple(of_login), of_address, familiar)

    def _forget(self) -> None:
        self._failures.forget(max(OF_LOGIN.within, OF_ADDRESS.within))
        with self._connections.connection() as connection:
            connection.execute(
                "DELETE FROM portal.familiar WHERE seen_at < now() - %s", (FAMILIAR_FOR,)
            )

    def _is_familiar(self, subject: bytes) -> bool:
        with self._connections.connection() as connection:
            found = connection.execute(
                "SELECT 1 FROM portal.familiar WHERE subject = %s", (subject,)
            )
            return found.fetchone() is not None
