"""The fixtures of tests/conftest.py, which every other test builds on."""

from __future__ import annotations

from collections.abc import Callable

import kombu
import psycopg


def test_each_call_makes_an_empty_database_of_its_own(fresh_database: Callable[[], str]) -> None:
    first, second = fresh_database(), fresh_database()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE mark ()")
    with psycopg.connect(second) as connection:
        found = connection.execute("SELECT to_regclass('mark')").fetchone()
    assert found == (None,)


def test_a_fresh_vhost_takes_messages_and_gives_them_back(fresh_vhost: str) -> None:
    with kombu.Connection(fresh_vhost, connect_timeout=5) as connection:
        queue = connection.SimpleQueue("mark")
        queue.put("hello")
        assert queue.get(timeout=5).payload == "hello"
