"""A request waits for a service that does not answer once, and asks the others all the same."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from services.portal.web.calls import Calls, ServiceAway
from services.portal.web.edge import Edge
from services.portal.web.visitor import NOBODY
from shared.access.actor import Issuer
from shared.contracts.catalogue import CATALOGUE
from shared.messaging.rpc_client import RpcTimeout


class Silent:
    """A service that is asked and does not answer."""

    def __init__(self) -> None:
        self.asked = 0

    def call(
        self, service: str, method: str, /, *args: Any, deadline: float | None = None, **kwargs: Any
    ) -> Any:
        self.asked += 1
        raise RpcTimeout(f"{service} does not answer")


@pytest.fixture
def silent() -> Silent:
    return Silent()


@pytest.fixture
def calls(app: Flask, silent: Silent) -> Calls:
    edge = app.extensions["jiandu"]
    assert isinstance(edge, Edge)
    issuer = Issuer("portal", Ed25519PrivateKey.generate())
    both = {"registry": silent, "assessment": silent}
    return Calls("amqp://", issuer, edge.settings, CATALOGUE, lambda: NOBODY.actor, both)


def _is_away(calls: Calls, service: str, query: str, **payload: Any) -> bool:
    with pytest.raises(ServiceAway) as away:
        calls.query(service, query, payload)
    return away.value.service == service


def test_a_page_waits_for_a_service_once(app: Flask, calls: Calls, silent: Silent) -> None:
    with app.test_request_context("/"):
        for _ in range(5):
            assert _is_away(calls, "registry", "ListBatches")
        assert silent.asked == 1
        assert _is_away(calls, "assessment", "ShowCoverage", division="430200")
        assert silent.asked == 2


def test_the_next_request_asks_again(app: Flask, calls: Calls, silent: Silent) -> None:
    for asked in (1, 2):
        with app.test_request_context("/"):
            assert _is_away(calls, "registry", "ListBatches")
        assert silent.asked == asked
