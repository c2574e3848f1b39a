"""Pools with the settings of a service's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.postgres.connect import settings

Pool = ConnectionPool[psycopg.Connection[TupleRow]]


@contextmanager
def pool(url: str, most: int = 4) -> Iterator[Pool]:
    """A pool of up to `most` connections; its first one is there."""
    kwargs = {"autocommit": True, **settings("bench")}
    opened: Pool = ConnectionPool(url, kwargs=kwargs, min_size=1, max_size=most, open=False)
    with opened:
        opened.wait()
        yield opened
