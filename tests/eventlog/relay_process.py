"""A relay in a process of its own, to be killed: `python -m tests.eventlog.relay_process URL`."""

from __future__ import annotations

import sys
from threading import Event

from psycopg_pool import ConnectionPool

from shared.eventlog.relay import Relay
from shared.eventlog.store import EventLog
from shared.postgres.connect import settings
from tests.eventlog.making import AClock, Courier


def main(url: str) -> None:
    kwargs = {"autocommit": True, **settings("relay under test")}
    with ConnectionPool(url, kwargs=kwargs, min_size=1, max_size=2) as pool:
        Relay(url, EventLog("registry", pool), AClock(), Courier()).run_numbering(Event())


if __name__ == "__main__":
    main(sys.argv[1])
