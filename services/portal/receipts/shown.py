"""Which forms have shown their code: to whoever tells for somebody else, each does so once.

Whoever tells for themselves may send their form again and find the code there; a point or an
officer who came back to the form later could read the case as its reporter.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from services.portal.accounts.sessions import Connections

KEPT = dt.timedelta(days=1)
"""Longer than a form leads to its code (`receipts.FORM_SECONDS`)."""


class ShownCodes:
    """The table of the portal's database. All times are real time."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def is_first(self, carried: str) -> bool:
        """Note that the code which a form carries is shown now; whether it never was before."""
        with self._connections.connection() as connection:
            connection.execute("DELETE FROM portal.shown_code WHERE shown_at < now() - %s", (KEPT,))
            noted = connection.execute(
                "INSERT INTO portal.shown_code (form_hash) VALUES (%s) ON CONFLICT DO NOTHING",
                (hashlib.sha256(carried.encode()).digest(),),
            )
        return noted.rowcount == 1
