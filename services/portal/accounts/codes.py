"""Which one-time codes of an account were used, so that none is used twice."""

from __future__ import annotations

import datetime as dt

from services.portal.accounts import totp
from services.portal.accounts.directory import Directory
from services.portal.accounts.sessions import Connections
from services.portal.domain.account import Account

_STEPS_KEPT = dt.timedelta(days=1)
"""A time step is good for a minute and a half; recovery codes are kept for ever."""


class Codes:
    """The table of used codes of the portal's database."""

    def __init__(self, directory: Directory, connections: Connections) -> None:
        self._directory, self._connections = directory, connections

    def use(self, account: Account, code: str) -> bool:
        """Whether the code is right and was not used before; it is used now."""
        secret = self._directory.clear(account.totp_secret)
        if secret is None:
            return False
        step = totp.step_of(secret, code.replace(" ", ""))
        if step is not None:
            return self._take(account.account_id, f"step:{step}")
        kept = totp.recovery_hash(code, self._directory.clear(account.recovery_hashes) or "")
        return kept is not None and self._take(account.account_id, kept)

    def _take(self, account_id: str, code: str) -> bool:
        with self._connections.connection() as connection:
            used = connection.execute(
                "INSERT INTO portal.used_code (account_id, code) VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING",
                (account_id, code),
            )
            connection.execute(
                "DELETE FROM portal.used_code"
                " WHERE account_id = %s AND used_at < now() - %s AND starts_with(code, 'step:')",
                (account_id, _STEPS_KEPT),
            )
        return used.rowcount == 1
