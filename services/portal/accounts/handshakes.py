"""Sign-ins that are with an OpenID provider just now: what must fit when the browser is back.

Each is good once, for ten minutes, and only in the browser that set out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass, field

from services.portal.accounts.sessions import Connections

LONGEST = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Handshake:
    """Random values that come back from the provider, and the page somebody wanted to see."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    back_to: str


class Handshakes:
    """The handshake table of the portal's database. All times are real time."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def begin(self, back_to: str) -> tuple[str, Handshake]:
        """A new handshake and what the browser keeps in a cookie to prove that it set out."""
        browser = secrets.token_urlsafe(32)
        made = Handshake(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            back_to=back_to,
        )
        with self._connections.connection() as connection:
            connection.execute(
                "DELETE FROM portal.handshake WHERE made_at < now() - %s", (LONGEST,)
            )
            connection.execute(
                "INSERT INTO portal.handshake (browser_hash, state, nonce, verifier, back_to)"
                " VALUES (%s, %s, %s, %s, %s)",
                (_hash(browser), made.state, made.nonce, made.verifier, made.back_to),
            )
        return browser, made

    def take(self, browser: str) -> Handshake | None:
        """The handshake of this browser, which is over with that; None when there is none."""
        with self._connections.connection() as connection:
            row = connection.execute(
                "DELETE FROM portal.handshake WHERE browser_hash = %s AND made_at > now() - %s"
                " RETURNING state, nonce, verifier, back_to",
                (_hash(browser), LONGEST),
            ).fetchone()
        return None if row is None else Handshake(*row)


def _hash(browser: str) -> bytes:
    return hashlib.sha256(browser.encode()).digest()
