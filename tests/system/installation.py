"""A whole installation of the tests' own: servers, four service processes, a clock to move."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import orjson
import psycopg
import pytest
from psycopg.rows import TupleRow

from deploy import local
from deploy.local import management, postgres, rabbitmq
from deploy.local.given import AMQP, MANAGEMENT, Given
from deploy.local.infrastructure import Infrastructure, remembered
from deploy.local.place import DEFAULT_RUN_DIR, Place, locate, prepare
from deploy.local.processes import Process, running, wait_until
from deploy.local.urls import with_path
from services.portal.accounts.passwords import COSTS
from shared.access.actor import Issuer
from shared.clock import MovableClock
from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient

PATIENCE = 60.0
"""Seconds a condition may take on a busy machine before the test fails."""

SETTINGS = {"JIANDU_CHECKPOINT_SECONDS": "1", COSTS: "quick"}

Rows = psycopg.Connection[TupleRow]


@dataclass(frozen=True)
class Installation:
    """What runs in one run folder, and the ways to look into it and to hurt it."""

    place: Place
    environment: Mapping[str, str]

    @property
    def amqp_url(self) -> str:
        return self.environment["JIANDU_AMQP_URL"]

    @property
    def clock(self) -> MovableClock:
        return MovableClock(Path(self.environment["JIANDU_CLOCK_FILE"]))

    @property
    def issuer(self) -> Issuer:
        return Issuer.from_file("console", Path(self.environment["JIANDU_CONSOLE_KEY_FILE"]))

    @property
    def servers(self) -> Infrastructure:
        servers = remembered(self.place)
        assert servers is not None
        return servers

    @contextmanager
    def client(self, deadline: float = 20.0) -> Iterator[ServiceClient]:
        """A client for the thread that opens it."""
        with RpcClient(self.amqp_url, deadline) as rpc:
            yield ServiceClient(rpc, self.issuer)

    def up(self) -> None:
        """Heal whatever is down; returns when all is ready."""
        start(self.place.root)

    def heal(self) -> None:
        """As `up`, and at once when nothing is down."""
        if not all(part["ready"] for part in local.status(self.place.root)):
            self.up()

    def process(self, name: str) -> Process:
        process = running(name, self.place.root)
        assert process is not None, f"{name} does not run"
        return process

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        os.kill(self.process(name).pid, signal.SIGKILL)
        assert wait_until(lambda: running(name, self.place.root) is None, PATIENCE)

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """A process stands still, as one that a debugger or a full disk holds."""
        pid = self.process(name).pid
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    @contextmanager
    def frozen_postgres(self) -> Iterator[None]:
        """The database server stands still with all its processes; only of one that is ours."""
        assert self.servers.private_postgres
        pid = self.process(postgres.NAME).pid
        stopped = [pid]
        os.kill(pid, signal.SIGSTOP)  # first, so that it starts no other
        try:
            for child in _children_of(pid):
                os.kill(child, signal.SIGSTOP)
                stopped.append(child)
            yield
        finally:
            for each in reversed(stopped):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGCONT)

    @contextmanager
    def superuser(self, service: str = "registry", keys: bool = False) -> Iterator[Rows]:
        """A session of the database's superuser on a service's database."""
        url = with_path(self.servers.postgres_url, self.database(service, keys))
        with psycopg.connect(url, autocommit=True) as connection:
            yield connection

    def database(self, service: str, keys: bool = False) -> str:
        """The name of a service's database."""
        name = f"JIANDU_{service.upper()}_{'KEYS_' if keys else ''}DATABASE_URL"
        return self.environment[name].rpartition("/")[2]

    def stop_rabbitmq(self) -> None:
        """Stop the broker; one that is not ours loses all connections instead."""
        if self.servers.private_rabbitmq:
            rabbitmq.stop(self.place)
        else:
            self.close_broker_connections()

    def close_broker_connections(self) -> None:
        """Have the broker close every connection of this installation's vhost."""
        url = self.servers.management_url
        assert url is not None
        vhost = self.amqp_url.rpartition("/")[2]
        for connection in orjson.loads(management.call(url, "GET", f"/vhosts/{vhost}/connections")):
            with suppress(management.ManagementError):  # one that is gone by now is closed too
                name = quote(connection["name"], safe="")
                management.call(url, "DELETE", f"/connections/{name}")

    def stop_postgres(self) -> None:
        """Stop the database server; in one that is not ours, end all sessions instead."""
        if self.servers.private_postgres:
            postgres.stop(self.place)
            return
        with self.superuser() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )


def one(connection: Rows, query: str) -> TupleRow:
    """The only row that a query gives."""
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row


def settle(connection: Rows) -> None:
    """Wait until the relay has numbered all that was appended to the log."""
    waiting = "SELECT count(*) FROM eventlog.unsequenced"
    assert wait_until(lambda: one(connection, waiting) == (0,), PATIENCE), "not numbered"


@contextmanager
def installation() -> Iterator[Installation]:
    """A running installation, in a folder that no other test session uses at the same time.

    Stopped and erased at the end, or kept running under JIANDU_KEEP_TEST_INFRA=1.
    """
    with _own_folder() as run_dir, _own_vhost():
        _clear_old_logs(run_dir)
        try:
            yield Installation(locate(run_dir), start(run_dir))
        finally:
            if os.environ.get("JIANDU_KEEP_TEST_INFRA") != "1":
                local.down(run_dir, erase=True)


def start(run_dir: Path) -> dict[str, str]:
    """`deploy.local.up` with checkpoints signed soon."""
    with pytest.MonkeyPatch.context() as environ:
        for name, value in SETTINGS.items():
            environ.setenv(name, value)
        return local.up(run_dir)


def _children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _clear_old_logs(run_dir: Path) -> None:
    """What an earlier session's processes wrote says nothing about today's code."""
    if any(part["running"] for part in local.status(run_dir)):
        return  # kept from the last session, and still writing
    for log in locate(run_dir).logs.iterdir():
        log.unlink()


@contextmanager
def _own_folder() -> Iterator[Path]:
    # The first that no living session holds; the kernel drops a dead session's lock.
    for number in count(1):
        run_dir = DEFAULT_RUN_DIR / ("test-system" if number == 1 else f"test-system-{number}")
        lock = prepare(run_dir).root / "session"
        with lock.open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield run_dir
            return


@contextmanager
def _own_vhost() -> Iterator[None]:
    """On a broker that was given to us, a vhost apart: queues have the same names everywhere."""
    given = Given.of(os.environ)
    if given.amqp_url is None:
        yield
        return
    assert given.management_url is not None, f"set {MANAGEMENT} too: these tests make a vhost"
    name = f"test_{uuid4().hex}"
    management.make_vhost(given.management_url, name, given.amqp_url)
    try:
        with pytest.MonkeyPatch.context() as environ:
            environ.setenv(AMQP, with_path(given.amqp_url, name))
            yield
    finally:
        management.call(given.management_url, "DELETE", f"/vhosts/{name}")
