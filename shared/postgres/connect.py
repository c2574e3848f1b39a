"""Connections to PostgreSQL with the limits every process of ours keeps.

The server ends what takes too long. One that stands still (a frozen machine, a full disk) ends
nothing, and its kernel goes on acknowledging what is sent: neither keepalives nor
`tcp_user_timeout` notice. So the client, too, waits no longer than the server would have worked.
"""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.rows import Row, TupleRow

LONGEST_TRANSACTION_MS = 10_000
"""No transaction on a log database lives longer: an old snapshot holds back every vacuum."""
SILENCE_SECONDS = 2.0
"""For the server's word that it ended a statement: then it is taken for one that stands still."""

T = TypeVar("T")


class ServerSilent(psycopg.OperationalError):
    """The server said nothing in time; the connection is closed, its outcome not known."""


class BoundedConnection(psycopg.Connection[Row]):
    """A connection on which no answer is waited for longer than `answer_seconds`."""

    answer_seconds = LONGEST_TRANSACTION_MS / 1_000 + SILENCE_SECONDS

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """As its base. Raises ServerSilent; a `timeout` given by psycopg itself is its affair."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answer_seconds)
        except errors._WaitTimeout:
            # What is under way may be answered later: nothing else can be asked on this one.
            self.pgconn.finish()
            raise ServerSilent(f"no answer within {self.answer_seconds} s") from None


def connection_class(longest_ms: int = LONGEST_TRANSACTION_MS) -> type[BoundedConnection[TupleRow]]:
    """Connections for `settings` with the same limit."""
    seconds = longest_ms / 1_000 + SILENCE_SECONDS
    return type("BoundedConnection", (BoundedConnection,), {"answer_seconds": seconds})


def _options(longest_ms: int) -> str:
    return (
        f"-c statement_timeout={longest_ms} "
        f"-c idle_in_transaction_session_timeout={longest_ms} "
        "-c timezone=UTC"
    )


def settings(application: str, longest_ms: int = LONGEST_TRANSACTION_MS) -> dict[str, Any]:
    """Keyword arguments for `psycopg.connect` and for a pool: time limits, keepalives, a name."""
    return {
        "application_name": application,
        "options": _options(longest_ms),
        "connect_timeout": 5,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
    }


def connect(
    url: str,
    application: str,
    *,
    autocommit: bool = True,
    longest_ms: int = LONGEST_TRANSACTION_MS,
) -> psycopg.Connection[TupleRow]:
    """A connection of our own; `autocommit` unless asked otherwise."""
    made = connection_class(longest_ms)
    return made.connect(url, autocommit=autocommit, **settings(application, longest_ms))
