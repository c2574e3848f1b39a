"""One running installation for all tests of the running system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient
from tests.system.bureau import Bureau
from tests.system.installation import PATIENCE, Installation, installation
from tests.system.sending import Sender
from tests.system.situations import Situation, prepare
from tests.system.watch import LogWatch, watching


@pytest.fixture(scope="package")
def system() -> Iterator[Installation]:
    """Private servers and all service processes, all ready."""
    with installation() as running:
        yield running


@pytest.fixture
def healed(system: Installation) -> Iterator[Installation]:
    """For tests that break things: whatever they leave behind, all is ready again afterwards."""
    yield system
    system.heal()


@pytest.fixture(scope="package")
def client(system: Installation) -> Iterator[ServiceClient]:
    with system.client() as client:
        yield client


@pytest.fixture(scope="package")
def rpc(system: Installation) -> Iterator[RpcClient]:
    """Calls that say whatever the test wants said, valid or not."""
    with RpcClient(system.amqp_url, PATIENCE) as rpc:
        yield rpc


@pytest.fixture(scope="package")
def bureau(system: Installation, client: ServiceClient) -> Bureau:
    """The people of the scheme at work."""
    return Bureau(client, system.clock)


@pytest.fixture(scope="package")
def sender(system: Installation, rpc: RpcClient) -> Sender:
    """Sends messages as they are, whatever is wrong with them."""
    return Sender(rpc, system.issuer)


Stock = dict[dt.date, dict[str, Situation]]


@pytest.fixture(scope="package")
def stock() -> Stock:
    """Situations by the business day that they are of; whoever uses them up clears it."""
    return {}


@pytest.fixture(scope="module")
def situations(bureau: Bureau, stock: Stock) -> dict[str, Situation]:
    """For each command a state of things in which it would be carried out."""
    if bureau.today not in stock:
        prepared = prepare(bureau)  # moves business time on
        stock.clear()
        stock[bureau.today] = prepared
    return stock[bureau.today]


@pytest.fixture(scope="module")
def watch(system: Installation) -> Iterator[LogWatch]:
    with watching(system) as watch:
        yield watch


@pytest.fixture
def log_unchanged(watch: LogWatch, situations: dict[str, Situation]) -> Iterator[None]:
    """Whatever the test sends, nothing of it is in the log, waits for it, or has a key."""
    with watch.unchanged():
        yield
