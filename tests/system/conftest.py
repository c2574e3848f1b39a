"""One running installation for all tests of the running system."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient
from tests.system.bureau import Bureau
from tests.system.installation import PATIENCE, Installation, installation


@pytest.fixture(scope="session")
def system() -> Iterator[Installation]:
    """Private servers and all service processes, all ready."""
    with installation() as running:
        yield running


@pytest.fixture
def healed(system: Installation) -> Iterator[Installation]:
    """For tests that break things: whatever they leave behind, all is ready again afterwards."""
    yield system
    system.up()


@pytest.fixture(scope="session")
def client(system: Installation) -> Iterator[ServiceClient]:
    with system.client() as client:
        yield client


@pytest.fixture(scope="session")
def rpc(system: Installation) -> Iterator[RpcClient]:
    """Calls that say whatever the test wants said, valid or not."""
    with RpcClient(system.amqp_url, PATIENCE) as rpc:
        yield rpc


@pytest.fixture(scope="session")
def bureau(system: Installation, client: ServiceClient) -> Bureau:
    """The people of the scheme at work."""
    return Bureau(client, system.clock)
