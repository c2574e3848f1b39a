"""Fixtures of the messaging tests; `amqp_url` and `fresh_vhost` come from tests/conftest.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.messaging.proxy import BrokerProxy


@pytest.fixture
def proxy(fresh_vhost: str) -> Iterator[BrokerProxy]:
    """A way to a fresh vhost that can be frozen and cut."""
    with BrokerProxy(fresh_vhost) as between:
        yield between
