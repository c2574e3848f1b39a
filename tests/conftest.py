"""Real servers for every test that asks: one private PostgreSQL and RabbitMQ for the session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import PurePosixPath
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from psycopg import sql
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from deploy.local import Infrastructure, management
from deploy.local.place import DEFAULT_RUN_DIR
from deploy.local.tenancy import tenant
from deploy.local.urls import with_path
from shared.observability.logs import configure

TEST_RUN_DIR = DEFAULT_RUN_DIR / "test"

# As the services log: structlog's default draws each traceback, slower than most tests.
configure("tests", "pytest")

# An example takes as long as the machine has other things to do.
hypothesis.settings.register_profile("jiandu", deadline=None)
hypothesis.settings.load_profile("jiandu")


LONG_ROOMS = (
    *("portal/browser", "system", "portal/matrix", "portal/edge", "portal/pages"),
    *("portal/api_contract", "examples", "chaos", "deploy", "benchmarks"),
)
"""Few tests and many minutes: begun first, so that no half of the tests waits for the other."""


class ByRoom(LoadScopeScheduling):
    """Gives each room's tests to one worker, since a room starts its servers once.

    A worker stays in the house (the portal's rooms share one installation) while it has rooms left,
    and begins another where nobody works yet.
    xdist's own groups are marked in the node ids, which pytest 9.2 no longer lets a plugin change.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _room(nodeid.partition("::")[0])

    def _assign_work_unit(self, node: WorkerController) -> None:
        at = {its: _house(next(reversed(had))) for its, had in self.assigned_work.items() if had}
        others = {house for its, house in at.items() if its is not node}
        # False sorts before True, and equals keep their order.
        room = min(
            self.workqueue,
            key=lambda its: (_house(its) != at.get(node), _house(its) in others),
        )
        self.workqueue.move_to_end(room, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    return ByRoom(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long rooms first."""
    items.sort(key=lambda item: _turn(_room(item.nodeid.partition("::")[0])))


def _room(path: str) -> str:
    """The folder below tests/; in the portal's, which has an installation for all, the next one."""
    folders = PurePosixPath(path).parts[1:-1]
    return "/".join(folders[: 2 if folders[:1] == ("portal",) else 1])


def _house(room: str) -> str:
    return room.partition("/")[0]


def _turn(room: str) -> int:
    return LONG_ROOMS.index(room) if room in LONG_ROOMS else len(LONG_ROOMS)


@pytest.fixture(scope="session")
def infrastructure() -> Iterator[Infrastructure]:
    """Both servers, started when the first test asks for them.

    They are stopped at the session's end unless another session uses them too, or
    JIANDU_KEEP_TEST_INFRA=1 is set, with which the next session starts at once.
    """
    keep = os.environ.get("JIANDU_KEEP_TEST_INFRA") == "1"
    with tenant(TEST_RUN_DIR, keep=keep) as servers:
        yield servers


@pytest.fixture(scope="session")
def postgres_url(infrastructure: Infrastructure) -> str:
    """A URL of database `postgres` whose user may make databases and roles."""
    return infrastructure.postgres_url


@pytest.fixture(scope="session")
def amqp_url(infrastructure: Infrastructure) -> str:
    """The broker, in the vhost all tests share; see `fresh_vhost` for one of the test's own."""
    return infrastructure.amqp_url


@pytest.fixture
def fresh_database(postgres_url: str) -> Iterator[Callable[[], str]]:
    """Makes an empty database at each call, returns its URL; all are dropped after the test."""
    with ExitStack() as cleanup:

        def make() -> str:
            name = f"test_{uuid4().hex}"
            _execute(postgres_url, sql.SQL("CREATE DATABASE {}"), name)
            cleanup.callback(
                _execute, postgres_url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name
            )
            return with_path(postgres_url, name)

        yield make


@pytest.fixture
def fresh_vhost(infrastructure: Infrastructure) -> Iterator[str]:
    """The broker's URL in an empty vhost of the test's own, deleted afterwards."""
    api = infrastructure.management_url
    if api is None:
        pytest.fail("These tests make vhosts: set JIANDU_RABBITMQ_MANAGEMENT_URL beside the other.")
    name = f"test_{uuid4().hex}"
    management.make_vhost(api, name, infrastructure.amqp_url)
    try:
        yield with_path(infrastructure.amqp_url, name)
    finally:
        management.call(api, "DELETE", f"/vhosts/{name}")


def _execute(url: str, statement: sql.SQL, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name)))
