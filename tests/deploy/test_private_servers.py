"""Private servers: started once, healed after kill -9, apart from their neighbours, stopped whole.

One story over one run folder, because a RabbitMQ node takes seconds to boot.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import kombu
import psycopg
import pytest

from deploy.local import Infrastructure, down, ensure, status, stop
from deploy.local.place import PROJECT, locate
from deploy.local.ports import remembered
from shared.clock import MovableClock
from tests.deploy.conftest import silent
from tests.deploy.helpers import kill_hard, pid_of, processes_of

NAMES = ("postgres", "rabbitmq", "epmd")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, private_only: None) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("private") / "run"
    yield folder
    down(folder, silent, erase=True)


@pytest.fixture
def servers(home: Path) -> Infrastructure:
    return ensure(home, silent)


def test_both_servers_answer_on_loopback_and_nowhere_else(servers: Infrastructure) -> None:
    assert servers.private_postgres
    assert servers.private_rabbitmq
    with psycopg.connect(servers.postgres_url) as connection:
        shown = [
            connection.execute(f"SHOW {name}").fetchone()
            for name in ("listen_addresses", "unix_socket_directories", "fsync", "TimeZone")
        ]
    assert shown == [("127.0.0.1",), ("",), ("on",), ("UTC",)]
    _put(servers, "hello")
    assert _take(servers) == "hello"


def test_every_listening_socket_of_theirs_is_on_loopback(
    servers: Infrastructure, home: Path
) -> None:
    ports = set(remembered(locate(home)).values())
    listening = [(address, port) for address, port in _listening() if port in ports]
    assert len(listening) >= len(ports)
    assert {address for address, _ in listening} <= {"127.0.0.1", "::1"}


def test_a_second_call_leaves_everything_as_it_is(servers: Infrastructure, home: Path) -> None:
    before = [pid_of(name, home) for name in NAMES]
    told: list[str] = []
    assert ensure(home, told.append) == servers
    assert told == []
    assert [pid_of(name, home) for name in NAMES] == before


def test_status_names_process_and_port_of_each(servers: Infrastructure, home: Path) -> None:
    parts = {part["name"]: part for part in status(home)}
    assert parts["postgres"] == {
        "name": "postgres",
        "running": True,
        "ready": True,
        "pid": pid_of("postgres", home),
        "port": urlsplit(servers.postgres_url).port,
        "url": None,
        "detail": f"pid {pid_of('postgres', home)}, 127.0.0.1:"
        f"{urlsplit(servers.postgres_url).port}",
    }
    assert parts["rabbitmq"]["ready"]
    assert not parts["registry-api"]["running"]


@pytest.mark.fault
def test_after_kill_9_of_both_the_next_call_brings_them_back_with_their_data(
    servers: Infrastructure, home: Path
) -> None:
    with psycopg.connect(servers.postgres_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
    _put(servers, "kept")
    kill_hard("postgres", home)
    kill_hard("rabbitmq", home)
    again = ensure(home, silent)
    with psycopg.connect(again.postgres_url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert _take(again) == "kept"


def test_a_neighbour_started_twice_at_once_has_one_set_of_servers_and_shares_nothing(
    servers: Infrastructure, home: Path, run_dir: Path
) -> None:
    command = [sys.executable, "-m", "deploy.local", "infra", "--run-dir", str(run_dir)]
    starters = [
        subprocess.Popen(
            command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    answers = [starter.communicate(timeout=120) for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0], answers
    first, second = (Infrastructure(**json.loads(out)) for out, _ in answers)
    assert first == second
    ours, theirs = remembered(locate(home)), remembered(locate(run_dir))
    assert not set(ours.values()) & set(theirs.values())
    moved = MovableClock(locate(run_dir).clock)
    moved.advance(dt.timedelta(days=9))
    stop(run_dir, silent)
    assert locate(run_dir).clock.exists(), "time does not go back before what was logged"
    locate(run_dir).evidence.mkdir()
    down(run_dir, silent, erase=True)
    assert not locate(run_dir).clock.exists(), "and begins anew with a log that does"
    assert not locate(run_dir).evidence.exists(), "nor are files left that no log knows"
    assert processes_of(run_dir) == []
    assert all(part["ready"] for part in status(home)[:2])


def test_stop_leaves_no_process_behind(servers: Infrastructure, home: Path) -> None:
    assert processes_of(home) != []
    stop(home, silent)
    assert processes_of(home) == []
    assert not any(part["running"] for part in status(home))


def _put(servers: Infrastructure, text: str) -> None:
    # A message is on the broker's disk only once it is confirmed.
    confirmed = {"confirm_publish": True}
    with kombu.Connection(
        servers.amqp_url, connect_timeout=5, transport_options=confirmed
    ) as connection:
        queue = connection.SimpleQueue("kept")
        queue.put(text, delivery_mode="persistent")
        queue.close()


def _take(servers: Infrastructure) -> object:
    with kombu.Connection(servers.amqp_url, connect_timeout=5) as connection:
        queue = connection.SimpleQueue("kept")
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
        return message.payload


def _listening() -> Iterator[tuple[str, int]]:
    """Listening TCP sockets from /proc/net, address and port; see proc(5)."""
    known = {
        "0100007F": "127.0.0.1",
        "0" * 24 + "01000000": "::1",
    }
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == "0A":
                address, port = local.split(":")
                yield known.get(address, address), int(port, 16)
