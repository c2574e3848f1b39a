"""Processes known by id and start time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import SetupError, start_process, stop_process
from deploy.local.place import prepare
from deploy.local.processes import log_path, running, wait_until
from tests.deploy.helpers import PATIENCE, processes_of

SLEEPER = [sys.executable, "-c", "import signal; print('here', flush=True); signal.pause()"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('here', flush=True);\nwhile True: signal.pause()",
]


def _says_here(name: str, run_dir: Path) -> bool:
    log = log_path(name, prepare(run_dir))
    return log.exists() and "here" in log.read_text()


def test_a_started_process_has_a_session_of_its_own_and_a_log(run_dir: Path) -> None:
    process = start_process("sleeper", SLEEPER, os.environ, run_dir)
    assert wait_until(lambda: _says_here("sleeper", run_dir), PATIENCE)
    assert os.getsid(process.pid) == process.pid
    assert running("sleeper", run_dir) == process


def test_a_stopped_process_is_gone_and_forgotten(run_dir: Path) -> None:
    start_process("sleeper", SLEEPER, os.environ, run_dir)
    assert stop_process("sleeper", run_dir)
    assert running("sleeper", run_dir) is None
    assert not stop_process("sleeper", run_dir)
    assert processes_of(run_dir) == []


def test_one_that_ignores_the_request_is_killed(run_dir: Path) -> None:
    process = start_process("stubborn", STUBBORN, os.environ, run_dir)
    assert wait_until(lambda: _says_here("stubborn", run_dir), PATIENCE)
    assert stop_process("stubborn", run_dir, signals=(signal.SIGTERM,), grace=0.2)
    assert not Path(f"/proc/{process.pid}").exists()


def test_a_second_start_under_the_same_name_is_refused(run_dir: Path) -> None:
    start_process("sleeper", SLEEPER, os.environ, run_dir)
    with pytest.raises(SetupError, match="runs already"):
        start_process("sleeper", SLEEPER, os.environ, run_dir)


@pytest.mark.parametrize("changed", [{"started": 1}, {"boot": "another boot"}])
def test_a_stale_record_with_a_reused_id_kills_nobody(
    run_dir: Path, changed: dict[str, object]
) -> None:
    start_process("sleeper", SLEEPER, os.environ, run_dir)
    record = prepare(run_dir).pids / "sleeper.json"
    true = json.loads(record.read_text())
    record.write_text(json.dumps({**true, **changed}))
    assert running("sleeper", run_dir) is None
    assert not stop_process("sleeper", run_dir)
    assert Path(f"/proc/{true['pid']}").exists()
    record.write_text(json.dumps(true))  # so that the fixture stops it


def test_a_process_that_ended_by_itself_does_not_run_even_as_a_zombie(run_dir: Path) -> None:
    process = start_process("brief", ["true"], os.environ, run_dir)
    assert wait_until(lambda: running("brief", run_dir) is None, PATIENCE)
    assert process.pid > 0


def test_a_program_that_is_not_there_is_told_in_the_log(run_dir: Path) -> None:
    start_process("absent", ["no-such-program"], os.environ, run_dir)
    log = log_path("absent", prepare(run_dir))
    assert wait_until(lambda: "cannot run no-such-program" in log.read_text(), PATIENCE)


@pytest.mark.fault
def test_a_process_whose_starter_was_killed_is_still_known(run_dir: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from deploy.local import start_process;"
        f"start_process('orphan', {SLEEPER!r}, os.environ, Path({str(run_dir)!r}));"
        "os.kill(os.getpid(), 9)"
    )
    starter = subprocess.run([sys.executable, "-c", program], check=False)
    assert starter.returncode == -signal.SIGKILL
    assert running("orphan", run_dir) is not None
    assert stop_process("orphan", run_dir)
