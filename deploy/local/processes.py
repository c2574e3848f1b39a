"""Processes that outlive the command that started them, and are told from their namesakes.

A process is known by its id *and* its start time (and the machine's boot), so an id that the
kernel has given to someone else is never waited for, and never killed.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local import launch
from deploy.local.files import last_lines, read_json
from deploy.local.place import Place, prepare
from deploy.local.trouble import SetupError

_children: dict[int, subprocess.Popen[bytes]] = {}
# Started by this very interpreter: they must be reaped, or they stay as zombies.

_THREADS = 17


@dataclass(frozen=True)
class Process:
    """A process that was started under a name in a run folder."""

    name: str
    pid: int
    started: int
    boot: str
    fingerprint: str
    """Whatever the starter compares to see whether the process must be started anew."""


@dataclass(frozen=True)
class Account:
    """The user a process is to run as."""

    name: str
    uid: int
    gid: int


def wait_until(condition: Callable[[], bool], seconds: float, interval: float = 0.05) -> bool:
    """Ask again and again until `condition` holds; False when it did not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(interval)
    return True


def is_alive(process: Process) -> bool:
    """Whether this very process still runs; a zombie does not.

    A process whose first thread is a zombie while others are left does: one of a killed broker's
    may sit in an fsync, and until it returns the kernel keeps the process's files and ports.
    """
    child = _children.get(process.pid)
    if child is not None and child.poll() is not None:
        _children.pop(process.pid, None)
    try:
        fields = launch.stat_fields(process.pid)
    except (FileNotFoundError, ProcessLookupError):
        return False
    same = int(fields[19]) == process.started and process.boot == launch.boot_id()
    return same and (fields[0] not in "ZX" or int(fields[_THREADS]) > 1)


def recorded(name: str, run_dir: Path) -> Process | None:
    """What the run folder remembers under `name`, alive or not."""
    record = read_json(_record_path(name, run_dir))
    try:
        return Process(
            name=name,
            pid=int(record["pid"]),
            started=int(record["started"]),
            boot=str(record["boot"]),
            fingerprint=str(record.get("fingerprint", "")),
        )
    except (KeyError, ValueError):
        return None


def running(name: str, run_dir: Path) -> Process | None:
    """The process started under `name` if it still runs."""
    process = recorded(name, run_dir)
    return process if process is not None and is_alive(process) else None


def start_process(
    name: str,
    argv: Sequence[str],
    env: Mapping[str, str],
    run_dir: Path,
    *,
    cwd: Path | None = None,
    account: Account | None = None,
    fingerprint: str = "",
    lock: int | None = None,
) -> Process:
    """Start `argv` in a session of its own, so that it survives the terminal; returns at once.

    Its output is appended to `logs/<name>.log`, its record is `pids/<name>.json`. `env` is the
    whole environment. `lock` is the descriptor from `exclusive`, see there. Raises SetupError when
    `name` runs already, or when the process could not even write its record.
    """
    place = prepare(run_dir)
    if running(name, place.root) is not None:
        raise SetupError(f"{name} runs already in {place.root}; stop it first.")
    record = _record_path(name, place.root)
    record.unlink(missing_ok=True)
    command = [
        *(sys.executable, "-I", "-S", launch.__file__, str(record)),
        json.dumps({"name": name, "fingerprint": fingerprint}),
        str(-1 if lock is None else lock),
        *(("-1", "-1") if account is None else (str(account.uid), str(account.gid))),
        *("--", *argv),
    ]
    with log_path(name, place).open("ab") as log:
        child = subprocess.Popen(
            command,
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=() if lock is None else (lock,),
        )
    _children[child.pid] = child
    wait_until(lambda: record.exists() or child.poll() is not None, 30, interval=0.005)
    process = recorded(name, place.root)
    if process is None:
        raise SetupError(
            f"{name} could not be started:\n{last_lines(log_path(name, place), 5)}\n"
            f"Try again; if it stays so, look at {log_path(name, place)}."
        )
    return process


def stop_process(
    name: str,
    run_dir: Path,
    *,
    signals: Iterable[signal.Signals] = (signal.SIGTERM,),
    grace: float = 10.0,
) -> bool:
    """Ask a process to end, by each signal in turn with `grace` seconds after it, then kill it.

    Returns whether there was one to stop. A record whose process is gone is only removed, even
    if its id belongs to someone else now.
    """
    process = running(name, run_dir)
    if process is not None:
        for number in (*signals, signal.SIGKILL):
            if _send(process, number, grace):
                break
    _record_path(name, run_dir).unlink(missing_ok=True)
    return process is not None


def log_path(name: str, place: Place) -> Path:
    """Where the output of process `name` goes."""
    return place.logs / f"{name}.log"


def _send(process: Process, number: signal.Signals, grace: float) -> bool:
    if is_alive(process):
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            return True
        except PermissionError as error:
            raise SetupError(
                f"{process.name} (pid {process.pid}) belongs to another user: "
                "run the same command as that user."
            ) from error
    return wait_until(lambda: not is_alive(process), grace, interval=0.02)


def _record_path(name: str, run_dir: Path) -> Path:
    return run_dir.expanduser().resolve() / "pids" / f"{name}.json"
