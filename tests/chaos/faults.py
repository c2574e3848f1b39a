"""What is done to whom: kill -9 and SIGSTOP of every role, of the broker and of the database."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deploy import local
from deploy.local.processes import running
from deploy.local.services import Fleet
from tests.system.installation import SETTINGS, Installation

SERVERS = ("rabbitmq", "postgres")
KILL, FREEZE = "kill -9", "SIGSTOP"


@dataclass(frozen=True)
class Replicated(Fleet):
    """The usual processes, a second api of the registry, and a standby for each log role."""

    more: tuple[tuple[str, str, str], ...] = field(
        default=(
            ("registry-api-2", "registry", "api"),
            ("registry-log-2", "registry", "log"),
            ("assessment-log-2", "assessment", "log"),
        )
    )

    def members(self) -> Iterator[tuple[str, str, str]]:
        yield from super().members()
        yield from self.more


@dataclass(frozen=True)
class Fault:
    """`frozen_seconds` is how long a frozen process stays so; 0 for a kill."""

    target: str
    kind: str
    frozen_seconds: float = 0.0


def strike(system: Installation, fault: Fault) -> list[int]:
    """Do it; the ids of the processes that a `thaw` must wake."""
    process = running(fault.target, system.place.root)
    assert process is not None, f"{fault.target} does not run"
    if fault.kind == KILL:
        os.kill(process.pid, signal.SIGKILL)
        return []
    pids = [process.pid, *children(process.pid)]
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    return pids


def thaw(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def heal(system: Installation) -> None:
    """What a supervisor does: start again what has died."""
    with pytest.MonkeyPatch.context() as environ:
        for name, value in SETTINGS.items():
            environ.setenv(name, value)
        local.up(system.place.root, lambda _: None, Replicated())


def children(pid: int) -> list[int]:
    """The processes that `pid` has started: PostgreSQL's sessions, for one."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                found.append(int(stat.parent.name))
    return found
