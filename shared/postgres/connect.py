"""Connections to PostgreSQL with the limits every process of ours keeps."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import TupleRow

LONGEST_TRANSACTION_MS = 10_000
"""No transaction on a log database lives longer: an old snapshot holds back every vacuum."""


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
    return psycopg.connect(url, autocommit=autocommit, **settings(application, longest_ms))
