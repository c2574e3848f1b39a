"""Given servers are checked, missing ones are told with the three ways on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from deploy.local import Infrastructure, SetupError, ensure, status
from deploy.local.binaries import find_postgres, find_rabbitmq
from deploy.local.given import AMQP, MANAGEMENT, POSTGRES, Given
from deploy.local.packages import INSTALL_SCRIPT, Need, obtain
from deploy.local.processes import wait_until
from tests.deploy.conftest import silent
from tests.deploy.helpers import PATIENCE, processes_of

# Port 1 of loopback: nobody listens there, and the answer comes at once.
NOBODY_POSTGRES = "postgresql://someone:secret@127.0.0.1:1/postgres"
NOBODY_AMQP = "amqp://someone:secret@127.0.0.1:1/"
NOBODY_MANAGEMENT = "http://someone:secret@127.0.0.1:1"


@pytest.mark.parametrize(("variable", "url"), [(POSTGRES, NOBODY_POSTGRES), (AMQP, NOBODY_AMQP)])
def test_a_given_server_that_does_not_answer_is_named_and_nothing_is_started(
    variable: str, url: str, run_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(POSTGRES, raising=False)
    monkeypatch.setenv(variable, url)
    with pytest.raises(SetupError) as caught:
        ensure(run_dir, silent)
    assert f"(from {variable}) cannot be used" in str(caught.value)
    assert f"unset {variable}" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert processes_of(run_dir) == []


def test_a_given_management_address_is_checked_too(infrastructure: Infrastructure) -> None:
    given = Given(None, infrastructure.amqp_url, NOBODY_MANAGEMENT)
    with pytest.raises(SetupError, match=MANAGEMENT):
        given.check()


def test_a_management_address_without_a_user_takes_the_brokers() -> None:
    given = Given.of({AMQP: "amqp://me:pass@broker/", MANAGEMENT: "http://broker:15672"})
    assert given.management_url == "http://me:pass@broker:15672"


def test_given_servers_are_used_and_nothing_private_is_started(
    infrastructure: Infrastructure, run_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(POSTGRES, infrastructure.postgres_url)
    monkeypatch.setenv(AMQP, infrastructure.amqp_url)
    servers = ensure(run_dir, silent)
    assert not servers.private_postgres
    assert not servers.private_rabbitmq
    assert processes_of(run_dir) == []
    assert [part["ready"] for part in status(run_dir)[:2]] == [True, True]


def test_without_programs_and_without_the_right_to_install_the_three_ways_are_told(
    tmp_path: Path,
) -> None:
    for find, package in ((find_postgres, "postgresql"), (find_rabbitmq, "rabbitmq-server")):
        need = Need("The server", package, "JIANDU_SOME_URL", partial(find, tmp_path, ""))
        with pytest.raises(SetupError) as caught:
            obtain(need, silent, None)
        text = str(caught.value)
        assert "1. use a server that runs elsewhere: set JIANDU_SOME_URL" in text
        assert f"2. install it yourself: apt-get install {package}" in text
        assert "3. run this as root, or as a user with passwordless sudo" in text


def test_what_is_missing_is_installed_where_that_may_be_done(tmp_path: Path) -> None:
    installed = tmp_path / "15" / "bin"
    need = Need(
        "The server", "some-package", "X", lambda: installed if installed.exists() else None
    )
    # In place of root's shell: a program that notes what it is asked to run, and "installs".
    notes = tmp_path / "notes"
    program = (
        "import pathlib, sys;"
        f"pathlib.Path({str(notes)!r}).write_text(' '.join(sys.argv[1:]));"
        f"pathlib.Path({str(installed)!r}).mkdir(parents=True)"
    )
    told: list[str] = []
    assert obtain(need, told.append, [sys.executable, "-c", program]) == installed
    assert notes.read_text() == f"sh {INSTALL_SCRIPT} / some-package"
    assert told == [
        "The server is not installed: installing the package some-package with apt-get."
    ]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder in place of /, and an apt-get that notes what the settings are while it works."""
    (tmp_path / "usr/sbin").mkdir(parents=True)
    (tmp_path / "etc/postgresql-common").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    apt = tmp_path / "bin/apt-get"
    apt.write_text(
        "#!/bin/sh\n"
        f"cat {tmp_path}/usr/sbin/policy-rc.d {tmp_path}/etc/postgresql-common/*/*"
        f" > {tmp_path}/seen\n"
        f"[ ! -e {tmp_path}/wait ] || exec sleep 300\n"
    )
    apt.chmod(0o755)
    return tmp_path


def _install(machine: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["sh", str(INSTALL_SCRIPT), str(machine), "some-package"],
        env={"PATH": f"{machine}/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        start_new_session=True,
    )


def _left(machine: Path) -> list[str]:
    return [
        str(path.relative_to(machine))
        for room in ("usr", "etc")
        for path in (machine / room).rglob("*")
        if path.is_file() or path.name == "createcluster.d"
    ]


def test_while_packages_are_installed_no_server_may_start_and_no_cluster_is_made(
    machine: Path,
) -> None:
    assert _install(machine).wait(timeout=30) == 0
    seen = (machine / "seen").read_text()
    assert "exit 101" in seen
    assert "create_main_cluster = false" in seen
    assert _left(machine) == []


def test_a_policy_of_the_machines_own_stays(machine: Path) -> None:
    policy = machine / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 0\n")
    assert _install(machine).wait(timeout=30) == 0
    assert policy.read_text() == "#!/bin/sh\nexit 0\n"


@pytest.mark.fault
def test_an_interrupted_installation_puts_the_machines_settings_back(machine: Path) -> None:
    (machine / "wait").touch()
    installing = _install(machine)
    assert wait_until(lambda: (machine / "seen").exists(), PATIENCE)
    os.killpg(installing.pid, signal.SIGTERM)
    assert installing.wait(timeout=30) == 143
    assert _left(machine) == []


@pytest.mark.fault
def test_what_a_killed_installation_left_the_next_one_removes(machine: Path) -> None:
    (machine / "wait").touch()
    installing = _install(machine)
    assert wait_until(lambda: (machine / "seen").exists(), PATIENCE)
    os.killpg(installing.pid, signal.SIGKILL)
    installing.wait(timeout=30)
    assert _left(machine) != []
    (machine / "wait").unlink()
    assert _install(machine).wait(timeout=30) == 0
    assert [path for path in _left(machine) if path.endswith((".conf", "policy-rc.d"))] == []
