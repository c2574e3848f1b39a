"""The table of failed checks of a password: counted by subject, locking it, and forgotten.

An attempt is undecided while its password is looked at. It takes one of the places that failures
leave, so that many at once are no more guesses than one after the other, but only what has failed
locks. By real time: a moved business clock neither locks nor unlocks anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.portal.accounts.sessions import Connections
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason


@dataclass(frozen=True)
class Allowance:
    """`failures` may come at once; that many are forgotten, evenly, in the time of `within`."""

    failures: int
    within: dt.timedelta

    @property
    def one_forgotten_in(self) -> dt.timedelta:
        return self.within / self.failures


@dataclass(frozen=True)
class Counted:
    """A subject that attempts are counted for: the keyed hash of whose, and what is allowed."""

    subject: bytes
    allowed: Allowance


_FIRST = dt.timedelta(minutes=15)
_LONGEST_DOUBLINGS = 6
LOCK_FORGOTTEN_IN = dt.timedelta(hours=24)
"""Each time that so much has passed since the last lock, the next one is shorter by a doubling."""
_DECIDED_BY = dt.timedelta(minutes=1)
"""An attempt that is not decided by then was none: whoever looked at it is gone."""
_SOON = 1
"""Seconds after which undecided attempts are decided."""


class Wait(Refused):
    """No password is looked at now; `seconds` until it is worth trying again."""

    def __init__(self, reason: Reason, detail: str, seconds: int) -> None:
        super().__init__(reason, detail)
        self.seconds = seconds


class Locked(Wait):
    """Refused with SIGN_IN_LOCKED: too many have failed."""

    def __init__(self, seconds: int) -> None:
        super().__init__(Reason.SIGN_IN_LOCKED, "too many failures: wait, then try again", seconds)


class Busy(Wait):
    """Refused with SIGN_IN_BUSY: too many are being looked at."""

    def __init__(self) -> None:
        super().__init__(Reason.SIGN_IN_BUSY, "too many at once: try again", _SOON)


class Failures:
    """The failure table of the portal's database."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def begin(self, subjects: Sequence[Counted]) -> None:
        """Take a place of every subject for an attempt. Raises Wait, and has then taken none."""
        self._refuse_locked([its.subject for its in subjects])
        taken: list[Counted] = []
        for its in subjects:
            if not self._begin(its):
                self.take_back(taken)
                self._refuse_locked([its.subject])  # by another attempt, since we looked
                raise Busy
            taken.append(its)

    def failed(self, its: Counted) -> int | None:
        """The attempt has failed; for how many minutes that locks the subject, None when not."""
        self.take_back([its])
        with self._connections.connection() as connection, connection.transaction():
            row = connection.execute(
                "INSERT INTO portal.failure AS f (subject, failures) VALUES (%(subject)s, 1)"
                " ON CONFLICT (subject) DO UPDATE SET last_at = now(), failures = 1 + greatest("
                "   0, f.failures - extract(epoch FROM now() - f.last_at) / %(each)s)"
                "  WHERE f.locked_until IS NULL OR f.locked_until <= now()"
                " RETURNING failures, greatest(0, locks - coalesce("
                "   extract(epoch FROM now() - locked_until) / %(lock)s, 0))",
                {
                    "subject": its.subject,
                    "each": its.allowed.one_forgotten_in.total_seconds(),
                    "lock": LOCK_FORGOTTEN_IN.total_seconds(),
                },
            ).fetchone()
            if row is None or round(row[0]) < its.allowed.failures:
                return None
            locks = round(row[1])
            pause = _FIRST * 2 ** min(locks, _LONGEST_DOUBLINGS)
            connection.execute(
                "UPDATE portal.failure"
                " SET failures = 0, locks = %s, locked_until = now() + %s WHERE subject = %s",
                (locks + 1, pause, its.subject),
            )
            return int(pause.total_seconds() // 60)

    def take_back(self, subjects: Sequence[Counted]) -> None:
        """As if the attempt had not been.

        The youngest goes: an attempt that nobody decides leaves its own, which is forgotten in
        time however many others come and go.
        """
        with self._connections.connection() as connection:
            connection.execute(
                "UPDATE portal.failure"
                " SET undecided = trim_array(undecided, least(1, cardinality(undecided)))"
                " WHERE subject = ANY(%s)",
                ([its.subject for its in subjects],),
            )

    def clear(self, its: Counted) -> None:
        """Forget the subject's failures, and its lock."""
        with self._connections.connection() as connection:
            connection.execute("DELETE FROM portal.failure WHERE subject = %s", (its.subject,))

    def forget(self, longest: dt.timedelta) -> None:
        """What is forgotten anyway; nothing else would ever clear logins that do not exist."""
        with self._connections.connection() as connection:
            connection.execute(
                "DELETE FROM portal.failure WHERE last_at < now() - %(long)s"
                " AND (locked_until IS NULL OR locked_until < now() - %(long)s * locks)",
                {"long": max(longest, LOCK_FORGOTTEN_IN)},
            )

    def _begin(self, its: Counted) -> bool:
        """Whether there was a place that neither a failure nor another attempt has."""
        with self._connections.connection() as connection:
            done = connection.execute(
                "INSERT INTO portal.failure AS f (subject, failures, undecided)"
                " VALUES (%(subject)s, 0, ARRAY[now()])"
                " ON CONFLICT (subject) DO UPDATE SET undecided = array_append(ARRAY("
                "   SELECT begun FROM unnest(f.undecided) AS begun"
                "   WHERE begun >= now() - %(decided)s ORDER BY begun), now())"
                "  WHERE (f.locked_until IS NULL OR f.locked_until <= now())"
                "   AND round(greatest(0, f.failures - extract(epoch FROM now() - f.last_at)"
                "     / %(each)s) + (SELECT count(*) FROM unnest(f.undecided) AS begun"
                "     WHERE begun >= now() - %(decided)s)) < %(most)s"
                " RETURNING subject",
                {
                    "subject": its.subject,
                    "each": its.allowed.one_forgotten_in.total_seconds(),
                    "decided": _DECIDED_BY,
                    "most": its.allowed.failures,
                },
            )
            return done.fetchone() is not None

    def _refuse_locked(self, subjects: list[bytes]) -> None:
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT ceil(extract(epoch FROM max(locked_until) - now()))::integer"
                " FROM portal.failure WHERE subject = ANY(%s) AND locked_until > now()",
                (subjects,),
            ).fetchone()
        if row is not None and row[0] is not None:
            raise Locked(row[0])
