"""Set-up killed at a bad moment, and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.local import binaries, down, ensure, postgres
from deploy.local.lock import exclusive
from deploy.local.place import PROJECT, Place, prepare
from deploy.local.postgres import PrivatePostgres
from deploy.local.processes import wait_until
from deploy.local.trouble import SetupError
from tests.deploy.conftest import silent
from tests.deploy.helpers import kill_hard, processes_of

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("private_only")]


def test_a_starter_killed_at_each_step_leaves_nothing_that_stops_the_next(run_dir: Path) -> None:
    for reached in (_broker_is_launched, _cluster_is_half_made, _database_is_launched):
        _kill_starter_when(run_dir, reached)
    servers = ensure(run_dir, silent)
    with psycopg.connect(servers.postgres_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.fixture(scope="module")
def shared_run_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("killed") / "run"
    yield folder
    down(folder, silent, erase=True)
    assert processes_of(folder) == []


@pytest.fixture
def place(shared_run_dir: Path, private_only: None) -> Iterator[Place]:
    """A run folder in which PostgreSQL has been made and runs; RabbitMQ is not needed here."""
    place = prepare(shared_run_dir)
    _ensure_postgres(place)
    yield place
    postgres.stop(place, kill=True)


def test_a_half_made_cluster_is_made_anew(place: Place) -> None:
    postgres.stop(place, kill=True)
    data = _data(place)
    data.rename(data.with_name("data.draft"))
    (data.with_name("data.draft") / "PG_VERSION").unlink()
    _ensure_postgres(place)
    assert postgres.answers(postgres.superuser_url(place))


def test_a_pid_file_whose_id_belongs_to_someone_else_by_now_stops_nothing(place: Place) -> None:
    kill_hard("postgres", place.root)
    pid_file = _data(place) / "postmaster.pid"
    _, *rest = pid_file.read_text().splitlines()
    someone = subprocess.Popen(["sleep", "300"], user=pid_file.stat().st_uid)
    try:
        pid_file.write_text("\n".join([str(someone.pid), *rest]) + "\n")
        _ensure_postgres(place)
        assert postgres.answers(postgres.superuser_url(place))
        assert someone.poll() is None
    finally:
        someone.kill()
        someone.wait()


def test_a_port_taken_meanwhile_is_exchanged_for_another(place: Place) -> None:
    before = postgres.superuser_url(place)
    postgres.stop(place)
    with socket.create_server(("127.0.0.1", int(before.rpartition(":")[2].split("/")[0]))):
        _ensure_postgres(place)
        assert postgres.superuser_url(place) != before
        assert postgres.answers(postgres.superuser_url(place))


def test_a_lost_password_is_told_before_anything_is_started(place: Place) -> None:
    postgres.stop(place)
    secret = place.secrets / "postgres.password"
    kept = secret.rename(secret.with_name("kept"))
    with pytest.raises(SetupError, match="down --erase"):
        _ensure_postgres(place)
    kept.rename(secret)


def test_data_outside_a_run_folder_that_was_deleted_is_not_taken_for_the_new_ones(
    place: Place,
) -> None:
    postgres.stop(place, kill=True)
    (place.secrets / "postgres.password").unlink()
    (place.root / "postgres.json").unlink()
    _ensure_postgres(place)
    assert postgres.answers(postgres.superuser_url(place))


def _kill_starter_when(run_dir: Path, reached: Callable[[Place], bool]) -> None:
    place = prepare(run_dir)
    starter = subprocess.Popen(
        [sys.executable, "-m", "deploy.local", "infra", "--run-dir", str(run_dir)],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
    )
    wait_until(lambda: reached(place) or starter.poll() is not None, 60, interval=0.002)
    os.kill(starter.pid, signal.SIGKILL)
    assert starter.wait() == -signal.SIGKILL
    assert reached(place)


def _broker_is_launched(place: Place) -> bool:
    return (place.pids / "rabbitmq.json").exists()


def _cluster_is_half_made(place: Place) -> bool:
    return (place.root / "postgres.json").exists() and any(_data(place).parent.glob("data.draft/*"))


def _database_is_launched(place: Place) -> bool:
    return (place.pids / "postgres.json").exists()


def _data(place: Place) -> Path:
    home = postgres.home_of(place)
    assert home is not None
    return home / "data"


def _ensure_postgres(place: Place) -> None:
    programs = binaries.find_postgres()
    assert programs is not None
    with exclusive(place, silent) as lock:
        PrivatePostgres(place, programs, silent, lock).ensure()
